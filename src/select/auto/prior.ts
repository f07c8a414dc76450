import { type Prior, shortSample } from "../calibrated/index.js";

/** Independent errors that the prior counts as. */
const WEIGHT = 40;
/** How much too narrow the pool's intervals are, times the number of values they were learned from. */
const SHORTFALL = 5;
/** Of fewer values members' own intervals, Student's t with few degrees of freedom, are as wide as these need. */
const SHORT = 4;
/** The pool's 80 % interval, wide where members disagree, holds more than 80 % when its 95 % interval holds 95 %. */
const SHAPE = { at: [1.2816, 1.96], to: [0.94 * 1.2816, 1.96] };

/** The weights were chosen by the same past errors that widths are learned from, which look too small by about this. */
const INFLATION = 1.05;

/**
 * What is assumed of the combination's intervals before a series' own errors speak: they have to be wider by
 * 1 + (5/n)·h/(h + 1), n values learned from, at least 4, h steps ahead, as the members ignore the uncertainty of their estimates and forms;
 * the middle is narrower by 6 %; and all widths grow by 5 %. Chosen on the odd ids of M3 and of the tourism competition
 * (docs/auto.md shows both halves).
 */
export function priorFor(observations: number): Prior {
  return {
    ...shortSample(Math.max(observations, SHORT), SHORTFALL),
    weight: WEIGHT,
    shape: SHAPE,
    inflation: INFLATION,
  };
}
