import * as v from "valibot";
import type { ArParams, ArState } from "../ar/index.js";
import type { ArimaParams, LagState } from "../arima/index.js";
import {
  count,
  finite,
  flawOf,
  floats,
  floatsOrNone,
  LONGEST,
  notNegative,
  numbers,
  wholeFrom,
  wrongSizes,
} from "./shapes.js";

const AR = {
  params: v.object({
    ar: floats,
    center: finite,
    intercept: finite,
    sigma2: notNegative,
    start: v.picklist(["stationary", "diffuse"]),
  }),
  state: v.object({
    values: floats,
    covariance: v.nullable(floats),
    unbounded: v.nullable(floats),
    pending: count,
  }),
};

export function arFlaw(params: unknown, state: unknown): string | null {
  return flawOf<ArParams, ArState>(
    AR,
    params,
    state,
    ({ ar }, { values, covariance, unbounded, pending }) => {
      const p = ar.length;
      if (pending > p) return `state, pending is ${pending}, more than the order`;
      return wrongSizes({
        values: [values.length, p],
        covariance: [covariance?.length ?? p * p, p * p],
        unbounded: [unbounded?.length ?? p * p, p * p],
      });
    },
  );
}

/** Lags of a polynomial, differences of a kind: what no fit exceeds by far. */
const order = wholeFrom(0, 1000);
const differences = wholeFrom(0, 5);
const orders = v.tuple([order, differences, order]);

const ARIMA = {
  params: v.object({
    order: orders,
    seasonal: orders,
    period: wholeFrom(1, LONGEST),
    ar: numbers,
    ma: numbers,
    sar: numbers,
    sma: numbers,
    mean: v.nullable(finite),
    drift: v.nullable(finite),
    inputs: numbers,
    sigma2: notNegative,
  }),
  state: v.object({
    lags: v.object({
      columns: v.literal(1),
      mean: floats,
      stage: v.picklist(["collecting", "general", "innovations", "exact"]),
      first: count,
      factor: floats,
      rank: count,
      covariance: floats,
      diffuse: floats,
      diffuseRank: count,
      known: count,
      opening: floatsOrNone,
    }),
    row: count,
  }),
};

export function arimaFlaw(params: unknown, state: unknown, inputs: number): string | null {
  return flawOf<ArimaParams, { lags: LagState; row: number }>(ARIMA, params, state, (found, { lags }) => {
    const [p, d, q] = found.order;
    const [P, D, Q] = found.seasonal;
    const differenced = d + D * found.period;
    const innovations = q + Q * found.period;
    const rows = differenced + p + P * found.period + innovations;
    const { stage, first, rank, diffuseRank } = lags;
    if (first > rows || rank > rows || diffuseRank > rows) return "state, a rank is larger than the memory";
    const collecting = stage === "collecting";
    if (collecting && lags.opening.length >= Math.max(1, differenced))
      return "state, the opening is too long";
    return wrongSizes({
      ar: [found.ar.length, p],
      ma: [found.ma.length, q],
      sar: [found.sar.length, P],
      sma: [found.sma.length, Q],
      inputs: [found.inputs.length, inputs],
      mean: [lags.mean.length, rows],
      factor: [lags.factor.length, stage === "general" ? (rows - first) * rank : 0],
      covariance: [lags.covariance.length, stage === "innovations" ? innovations * innovations : 0],
      diffuse: [lags.diffuse.length, rows * diffuseRank],
      opening: [collecting ? 0 : lags.opening.length, 0],
    });
  });
}

const WALK = {
  params: v.object({ lag: wholeFrom(1, LONGEST), drift: v.boolean(), sigma2: notNegative }),
  state: v.object({
    phase: count,
    last: floatsOrNone,
    gap: v.pipe(
      floats,
      v.check((gaps) => gaps.every((gap) => gap >= 0), "must not be negative"),
    ),
    first: v.union([finite, v.nan()]),
    span: count,
  }),
};

export function walkFlaw(params: unknown, state: unknown): string | null {
  return flawOf(WALK, params, state, ({ lag, drift }, { phase, last, gap, first, span }) => {
    if (phase >= lag) return `state, phase is ${phase} of ${lag}`;
    if (drift && lag !== 1) return "params, a drift needs the lag 1";
    if (drift && span > 0 && !Number.isFinite(first + last[0]!)) return "state, a drift has no ends";
    return wrongSizes({ last: [last.length, lag], gap: [gap.length, lag] });
  });
}

const MEAN = { params: v.null(), state: v.object({ count, mean: finite, squares: notNegative }) };

export function meanFlaw(params: unknown, state: unknown): string | null {
  return flawOf(MEAN, params, state, () => null);
}
