import * as v from "valibot";
import { axis, count, finite, LONGEST, wholeFrom } from "../models/saved/shapes.js";

/** The shapes of a model file around estimates and memory, which each process checks itself. */

const MOST_SCORES = 10_000;

const scores = v.pipe(v.array(finite), v.minLength(1), v.maxLength(MOST_SCORES));

const calibration = v.pipe(
  v.object({ at: scores, to: v.pipe(v.array(scores), v.minLength(1)) }),
  v.check(({ at, to }) => to.every((list) => list.length === at.length), "scores are missing"),
  v.check(({ at, to }) => [at, ...to].every(ascends), "scores do not ascend"),
);

function ascends(list: readonly number[]): boolean {
  return list.every((value, i) => i === 0 || value >= list[i - 1]!);
}

/** Nested wrappers and ensembles of ensembles have names of some hundred letters. */
const MOST_LETTERS = 20_000;

export const Header = v.object({
  yule: v.literal("model"),
  format: v.number(),
  notation: v.pipe(v.string(), v.maxLength(MOST_LETTERS)),
  kind: v.pipe(v.string(), v.maxLength(MOST_LETTERS)),
  params: v.unknown(),
  state: v.unknown(),
  report: v.record(v.string(), v.unknown()),
  origin: v.unknown(),
  calibration: v.optional(calibration),
  checksum: v.string(),
});

const days = v.pipe(finite, v.minValue(-1e8), v.maxValue(1e8));
const span = v.pipe(
  v.strictTuple([days, days]),
  v.check(([start, end]) => start < end, "ends before it begins"),
);

/** How an input follows from the times: see core/input-rule.ts. */
const inputRule = v.variant("kind", [
  v.object({
    kind: v.literal("days"),
    spans: v.pipe(v.array(span), v.check(areApart, "overlap")),
    known: v.optional(span),
  }),
  v.object({ kind: v.literal("weekday"), weekday: wholeFrom(1, 7) }),
  v.object({ kind: v.literal("month"), month: wholeFrom(1, 12) }),
  v.object({ kind: v.picklist(["month-end", "trading-days", "leap"]) }),
  v.object({ kind: v.literal("year-wave"), wave: v.picklist(["sin", "cos"]), harmonic: wholeFrom(1, 100) }),
]);

function areApart(spans: [number, number][]): boolean {
  return spans.every(([start], i) => i === 0 || start >= spans[i - 1]![1]);
}

export const OriginShape = v.object({
  id: v.string(),
  period: wholeFrom(1, LONGEST),
  length: count,
  inputNames: v.array(v.string()),
  inputRules: v.optional(v.record(v.string(), inputRule)),
  time: v.nullable(axis),
});

/** NaN where a family has no such quantity. */
const quantity = v.custom<number>((value) => typeof value === "number", "must be a number");

export const ReportShape = v.object({
  observations: count,
  coefficients: v.array(v.object({ name: v.string(), estimate: quantity, stdError: quantity })),
  covariance: v.nullable(v.array(v.array(quantity))),
  sigma2: quantity,
  logLikelihood: quantity,
  aic: quantity,
  aicc: quantity,
  bic: quantity,
  converged: v.boolean(),
  notes: v.array(
    v.object({
      code: v.string(),
      message: v.string(),
      severity: v.picklist(["info", "warning"]),
      details: v.optional(v.record(v.string(), v.unknown())),
    }),
  ),
});
