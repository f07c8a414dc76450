import { type Prior, shortSample } from "../calibrated/index.js";

/** Independent errors that the prior counts as. */
const WEIGHT = 40;
/** How much too narrow the pool's intervals are, times the number of values they were learned from. */
const SHORTFALL = 5;
/**
 * Of fewer values members' own intervals are those of Student's t with few degrees of freedom. They are widened as those of this many
 * values, and hardly further at 95 % than at 80 %: a factor of scores would multiply their far quantiles many times over.
 */
const SHORT = 5;
/** The pool's 80 % interval, wide where members disagree, holds more than 80 % when its 95 % interval holds 95 %. */
const SHAPE = { at: [1.2816, 1.96], to: [0.94 * 1.2816, 1.96] };

const SHORT_SHAPE = { at: SHAPE.at, to: [0.94 * 1.2816, 1.42] };

/** The weights were chosen by the same past errors that widths are learned from, which look too small by about this. */
const INFLATION = 1.02;

/**
 * What is assumed of the combination's intervals before a series' own errors speak: they have to be wider by
 * 1 + (5/n)·h/(h + 1), n values learned from at least 5, h steps ahead, as the members ignore the uncertainty of their estimates and forms;
 * the middle is narrower by 6 %; and all widths grow by 2 %. Chosen on the odd ids of M3 and of the tourism competition
 * (docs/models/combinations/auto.md shows both halves).
 */
export function priorFor(observations: number): Prior {
  return {
    ...shortSample(Math.max(observations, SHORT), SHORTFALL),
    weight: WEIGHT,
    shape: observations < SHORT ? SHORT_SHAPE : SHAPE,
    inflation: INFLATION,
  };
}
