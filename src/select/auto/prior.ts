import { type Prior, shortSample } from "../calibrated/index.js";

/** Weight of the prior, as a number of independent errors. */
const WEIGHT = 40;
/** c in the factor 1 + (c/n)·h/(h + 1) by which the combination's intervals are too narrow, n values. */
const SHORTFALL = 5;
/**
 * With fewer values members' own intervals are Student-t with few degrees of freedom. They are widened as if n were
 * this number, at 95 % hardly more than at 80 %: multiplying normal scores would widen their far quantiles many
 * times.
 */
const SHORT = 5;
/** When the combination's 95 % interval has coverage 95 %, its 80 % interval has more than 80 %, because members disagree. */
const SHAPE = { at: [1.2816, 1.96], to: [0.94 * 1.2816, 1.96] };

const SHORT_SHAPE = { at: SHAPE.at, to: [0.94 * 1.2816, 1.42] };

/** Inflation of widths: weights were estimated from the same past errors, which are therefore too small by about this factor. */
const INFLATION = 1.02;

/**
 * The prior of the interval widths of the combination: they are widened by
 * 1 + (5/n)·h/(h + 1), n the number of values (at least 5), h the step ahead, because members ignore the uncertainty of estimates and forms;
 * the middle is narrower by 6 %; and all widths grow by 2 %. Chosen on the odd ids of M3 and of the tourism competition
 * (docs/measurements/accuracy.md shows both halves).
 *
 * Where positions of the season are always 0, the members' errors there are too. Their variances, averaged over all
 * positions, are then too small by the share of the others, so widths are divided by its square root.
 *
 * @param open share of the positions of the season that are not always 0.
 */
export function priorFor(observations: number, open = 1): Prior {
  const { factor } = shortSample(Math.max(observations, SHORT), SHORTFALL);
  return {
    factor: (step) => factor(step) / Math.sqrt(open),
    weight: WEIGHT,
    shape: observations < SHORT ? SHORT_SHAPE : SHAPE,
    inflation: INFLATION,
  };
}
