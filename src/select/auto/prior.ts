import { type Prior, shortSample } from "../calibrated/index.js";

/** Independent errors that the prior counts as. */
const WEIGHT = 40;
/** How much too narrow the pool's intervals are, times the number of values they were learned from. */
const SHORTFALL = 4;
/** The pool's 80 % interval, wide where members disagree, holds more than 80 % when its 95 % interval holds 95 %. */
const SHAPE = { at: [1.2816, 1.96], to: [0.94 * 1.2816, 1.96] };

/**
 * What is assumed of the pool's intervals before a series' own errors speak: they have to be wider by 1 + (4/n)·h/(h + 1), n
 * values learned from, h steps ahead, as the members take their estimates and forms for known; and the middle narrower by 6 %.
 * Both numbers are what the odd ids of M3 and of the tourism competition ask for (docs/auto.md shows both halves).
 */
export function priorFor(observations: number): Prior {
  return { ...shortSample(observations, SHORTFALL), weight: WEIGHT, shape: SHAPE };
}
