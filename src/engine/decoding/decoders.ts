import { requireDistribution, requireStream } from "../../core/arguments/objects.js";
import { requireInteger, show } from "../../core/checks.js";
import type { Distribution } from "../../core/distribution.js";
import { usageError } from "../../core/errors.js";
import type { Rng } from "../../core/random.js";
import { nucleusDraw, temperedDraw, topDraw } from "../../distributions/decoding/draws.js";
import { mode } from "../../distributions/decoding/mode.js";
import { MOST_OUTCOMES } from "./forms.js";

/** Turns a conditional distribution into the value that is fed back. */
export type Decode = (conditional: Distribution, rng: Rng) => number;

function checked(decode: Decode): Decode {
  return (conditional, rng) => {
    requireDistribution(conditional, "A decoder takes");
    requireStream(rng, "A decoder takes");
    return decode(conditional, rng);
  };
}

/**
 * Ancestral sampling: what is fed back is drawn from the conditional. The default.
 *
 * @returns the decoded value.
 */
export const sampled: Decode = checked((conditional, rng) => conditional.sample(rng));

/**
 * Feeds back the most probable value (the one of highest density): one deterministic path, the point forecast of linear models.
 *
 * @param conditional distribution of the next value.
 * @returns the decoded value.
 */
export const greedy: Decode = (conditional) => {
  requireDistribution(conditional, "greedy takes");
  return mode(conditional);
};

/**
 * Draws with every probability, or density, to the power 1/temperature, renormalised: below 1 nearer the most probable values, above 1
 * farther out. A normal conditional keeps its mean and has `temperature` times its variance.
 *
 * @param temperature at least 0: 0 is `greedy`, 1 plain sampling.
 * @returns a rule for `simulate` and `roll`.
 * @throws YuleError `bad-temperature`.
 * @example simulate(fitted, { horizon: 3, paths: 2, decode: tempered(0.5) }).count; // 2
 */
export function tempered(temperature: number): Decode {
  if (typeof temperature !== "number" || !(temperature >= 0 && temperature < Number.POSITIVE_INFINITY))
    throw refused("temperature", temperature, "a finite number of at least 0");
  if (temperature === 0) return greedy;
  if (temperature === 1) return sampled;
  return checked((conditional, rng) => temperedDraw(conditional, temperature, rng));
}

/**
 * Draws only from the most probable values that hold a share `mass` of the probability: the fewest outcomes of a discrete conditional,
 * the region of highest density of a continuous one.
 *
 * @param mass above 0 and at most 1; 1 is plain sampling.
 * @returns a rule for `simulate` and `roll`.
 * @throws YuleError `bad-mass`.
 * @see A. Holtzman, J. Buys, L. Du, M. Forbes, Y. Choi (2020), "The curious case of neural text degeneration", ICLR.
 * @example simulate(fitted, { horizon: 3, paths: 2, decode: nucleus(0.9) }).count; // 2
 */
export function nucleus(mass: number): Decode {
  if (typeof mass !== "number" || !(mass > 0 && mass <= 1))
    throw refused("mass", mass, "a share above 0 and at most 1");
  if (mass === 1) return sampled;
  return checked((conditional, rng) => nucleusDraw(conditional, mass, rng));
}

/**
 * Draws only from the `count` most probable outcomes of a discrete conditional.
 *
 * @param count whole, 1 to 100,000.
 * @returns a rule for `simulate` and `roll`.
 * @throws YuleError `bad-count`; the decoder throws `no-outcomes` for a conditional with a density.
 * @see A. Fan, M. Lewis, Y. Dauphin (2018), "Hierarchical neural story generation", ACL, 889-898.
 */
export function topK(count: number): Decode {
  const most = requireInteger("count", count, 1, MOST_OUTCOMES);
  return checked((conditional, rng) => topDraw(conditional, most, rng));
}

function refused(name: string, value: unknown, wanted: string): Error {
  return usageError(`bad-${name}`, name, value, `The ${name} must be ${wanted}, not ${show(value)}.`);
}
