import * as v from "valibot";
import { isLinear } from "../ets/index.js";
import {
  count,
  finite,
  flawOf,
  floats,
  LONGEST,
  notNegative,
  positive,
  share,
  wholeFrom,
  wrongSizes,
} from "./shapes.js";

const component = v.picklist(["N", "A", "M"]);
/** Admissible smoothing parameters of long seasons go a little beyond 2, never far. */
const smoothing = v.pipe(finite, v.minValue(-10), v.maxValue(10));

const ETS = {
  params: v.object({
    form: v.object({
      error: v.picklist(["A", "M"]),
      trend: component,
      damped: v.boolean(),
      season: component,
      period: wholeFrom(1, LONGEST),
    }),
    smoothing: v.object({ alpha: smoothing, beta: smoothing, gamma: smoothing, phi: share }),
    sigma2: notNegative,
    level: finite,
    slope: finite,
    season: floats,
    floor: notNegative,
  }),
  state: v.object({
    level: finite,
    slope: finite,
    season: floats,
    phase: count,
    covarianceRoot: v.array(floats),
  }),
};

export function etsFlaw(params: unknown, state: unknown): string | null {
  return flawOf(ETS, params, state, ({ form, season }, now) => {
    const seasons = form.season === "N" ? 0 : form.period;
    if (now.phase >= Math.max(1, seasons)) return `state, phase is ${now.phase} of ${seasons}`;
    if (now.covarianceRoot.length > 2 + seasons)
      return "state, the covariance root has more columns than there are states";
    if (now.covarianceRoot.length > 0 && !isLinear(form))
      return "state, only linear forms have a covariance root";
    return wrongSizes({
      season: [season.length, seasons],
      "state season": [now.season.length, seasons],
      ...Object.fromEntries(
        now.covarianceRoot.map((column, k) => [`covariance root ${k}`, [column.length, 2 + seasons]]),
      ),
    });
  });
}

const THETA = {
  params: v.object({
    dynamic: v.boolean(),
    alpha: v.pipe(share, v.gtValue(0)),
    omega: finite,
    level: finite,
    slope: finite,
    sigma2: notNegative,
    origin: count,
    driftVariance: notNegative,
    figure: floats,
    multiplicative: v.boolean(),
  }),
  state: v.object({
    level: finite,
    mean: finite,
    slope: finite,
    drift: finite,
    count,
    covariance: floats,
  }),
};

export function thetaFlaw(params: unknown, state: unknown): string | null {
  return flawOf(THETA, params, state, ({ figure, multiplicative }, { covariance }) => {
    if (figure.length > LONGEST) return `params, the season is longer than ${LONGEST}`;
    if (multiplicative && figure.some((factor) => factor <= 0))
      return "params, a season multiplies by 0 or less";
    return wrongSizes({ covariance: [covariance.length, covariance.length === 0 ? 0 : 16] });
  });
}

const ROBUST = {
  params: v.object({ alpha: share, scale: notNegative, df: positive, initial: finite }),
  state: v.object({ level: finite }),
};

export function robustFlaw(params: unknown, state: unknown): string | null {
  return flawOf(ROBUST, params, state, () => null);
}

const sizes = v.variant("kind", [
  v.object({ kind: v.literal("counts"), dispersion: finite }),
  v.object({
    kind: v.literal("scaled"),
    ratios: v.pipe(
      floats,
      v.check((ratios) => ratios.length > 0, "must not be empty"),
      v.check(
        (ratios) => ratios.every((ratio, i) => ratio >= (i === 0 ? 0 : ratios[i - 1]!)),
        "must ascend from 0",
      ),
    ),
    bandwidth: notNegative,
  }),
]);

const CROSTON = {
  params: v.object({
    variant: v.picklist(["classic", "sba", "sbj", "tsb"]),
    alpha: share,
    beta: share,
    size: notNegative,
    rate: notNegative,
    sizes,
  }),
  state: v.object({ size: notNegative, rate: notNegative, since: count }),
};

export function crostonFlaw(params: unknown, state: unknown): string | null {
  return flawOf(CROSTON, params, state, ({ variant, rate }, now) => {
    const chance = variant === "tsb";
    if (chance && Math.max(rate, now.rate) > 1) return "state, a probability is above 1";
    if (!chance && Math.min(rate, now.rate) < 1) return "state, an interval is shorter than a step";
    return null;
  });
}

const AGGREGATED = {
  params: v.object({
    aggregations: v.pipe(
      v.array(
        v.object({ width: wholeFrom(1, Number.MAX_SAFE_INTEGER), alpha: share, level: finite, skip: count }),
      ),
      v.minLength(1),
    ),
    beta: share,
    chance: share,
    whole: v.boolean(),
    sizes,
  }),
  state: v.object({ levels: floats, sums: floats, chance: share, count }),
};

export function aggregatedFlaw(params: unknown, state: unknown): string | null {
  return flawOf(AGGREGATED, params, state, ({ aggregations }, { levels, sums }) =>
    wrongSizes({
      levels: [levels.length, aggregations.length],
      sums: [sums.length, aggregations.length],
    }),
  );
}
