import { fieldsOf, show } from "../core/checks.js";
import { usageError, type YuleError } from "../core/errors.js";

/**
 * An increasing change of scale as plain data. `forward` leads from the data's scale y to the model's scale x.
 *
 * | kind | x = forward(y) | y from |
 * |---|---|---|
 * | `log` | log y | above 0 |
 * | `box-cox` | (sign(y) |y|^λ - 1)/λ, log y for λ = 0 | anywhere for λ > 0, above 0 for λ <= 0 |
 * | `affine` | (y - shift)/scale | anywhere |
 * | `bounded` | log((y - lower)/(upper - y)); with one bound log(y - lower) or -log(upper - y) | between the bounds |
 * | `chain` | the steps in turn, the first one first | where all steps are defined |
 *
 * All are increasing (hence the minus sign of the upper bound), so quantiles map to quantiles.
 */
export type Transform =
  | { readonly kind: "log" }
  | { readonly kind: "box-cox"; readonly lambda: number }
  | { readonly kind: "affine"; readonly shift: number; readonly scale: number }
  | { readonly kind: "bounded"; readonly lower?: number; readonly upper?: number }
  | { readonly kind: "chain"; readonly steps: readonly Transform[] };

/** A transform that is no chain. */
export type Step = Exclude<Transform, { kind: "chain" }>;

/** The steps of a transform in order, chains within chains opened up. */
export function stepsOf(transform: Transform): readonly Step[] {
  return transform.kind === "chain" ? transform.steps.flatMap(stepsOf) : [transform];
}

/**
 * From the data's scale to the model's. Values at or beyond an end of the domain give -Infinity or Infinity, the ends of the
 * model's scale (1/|λ| for Box-Cox with λ < 0); NaN stays NaN.
 *
 * @example forward({ kind: "box-cox", lambda: 0.5 }, 9); // 4
 */
export function forward(transform: Transform, y: number): number {
  switch (transform.kind) {
    case "log":
      return y > 0 ? Math.log(y) : lowest(y);
    case "box-cox":
      return boxCoxForward(y, transform.lambda);
    case "affine":
      return (y - transform.shift) / transform.scale;
    case "bounded":
      return boundedForward(y, transform.lower, transform.upper);
    case "chain":
      return transform.steps.reduce((value, step) => forward(step, value), y);
  }
}

/** -Infinity, but NaN for a missing value. */
function lowest(y: number): number {
  return Number.isNaN(y) ? y : Number.NEGATIVE_INFINITY;
}

/** The Box-Cox transformation of one value, in the form of Bickel and Doksum (1981), as in R's package forecast. */
export function boxCoxForward(y: number, lambda: number): number {
  if (lambda === 1) return y - 1;
  if (y > 0) return lambda === 0 ? Math.log(y) : Math.expm1(lambda * Math.log(y)) / lambda;
  if (lambda <= 0) return lowest(y);
  return y === 0 ? -1 / lambda : -(Math.exp(lambda * Math.log(-y)) + 1) / lambda;
}

function boundedForward(y: number, lower: number | undefined, upper: number | undefined): number {
  if (lower !== undefined && y <= lower) return Number.NEGATIVE_INFINITY;
  if (upper !== undefined && y >= upper) return Number.POSITIVE_INFINITY;
  if (upper === undefined) return Math.log(y - lower!);
  if (lower === undefined) return -Math.log(upper - y);
  return Math.log((y - lower) / (upper - y));
}

/**
 * From the model's scale to the data's, the inverse of {@link forward}.
 *
 * Box-Cox with λ < 0 reaches only x < 1/|λ|; from there on the inverse is Infinity. NaN stays NaN.
 *
 * @example inverse({ kind: "bounded", lower: 0, upper: 10 }, 0); // 5
 */
export function inverse(transform: Transform, x: number): number {
  switch (transform.kind) {
    case "log":
      return Math.exp(x);
    case "box-cox":
      return boxCoxInverse(x, transform.lambda);
    case "affine":
      return transform.shift + transform.scale * x;
    case "bounded":
      return boundedInverse(x, transform.lower, transform.upper);
    case "chain":
      return transform.steps.reduceRight((value, step) => inverse(step, value), x);
  }
}

/** The inverse of {@link boxCoxForward}; Infinity for x >= 1/|λ| when λ < 0. */
export function boxCoxInverse(x: number, lambda: number): number {
  if (lambda === 1) return x + 1;
  if (lambda === 0) return Math.exp(x);
  const product = lambda * x;
  if (product > -1) return Math.exp(Math.log1p(product) / lambda);
  if (Number.isNaN(product)) return product;
  if (lambda < 0) return Number.POSITIVE_INFINITY;
  return product === -1 ? 0 : -Math.exp(Math.log(-1 - product) / lambda);
}

function boundedInverse(x: number, lower: number | undefined, upper: number | undefined): number {
  if (upper === undefined) return lower! + Math.exp(x);
  if (lower === undefined) return upper - Math.exp(-x);
  const small = Math.exp(-Math.abs(x));
  const part = (small / (1 + small)) * (upper - lower);
  return x < 0 ? lower + part : upper - part;
}

/**
 * dy/dx, the derivative of {@link inverse} at x: what a small error on the model's scale is worth on the data's.
 *
 * @example inverseDerivative({ kind: "log" }, Math.log(7)); // 7
 */
export function inverseDerivative(transform: Transform, x: number): number {
  let product = 1;
  let value = x;
  for (const step of stepsOf(transform).toReversed()) {
    value = inverse(step, value);
    product *= Math.exp(-stepLogDerivative(step, value));
  }
  return product;
}

/** log dx/dy at y inside the domain: what a transformed density is to be corrected by. */
export function forwardLogDerivative(transform: Transform, y: number): number {
  let sum = 0;
  let value = y;
  for (const step of stepsOf(transform)) {
    sum += stepLogDerivative(step, value);
    value = forward(step, value);
  }
  return sum;
}

function stepLogDerivative(step: Step, y: number): number {
  switch (step.kind) {
    case "log":
      return -Math.log(y);
    case "box-cox":
      return step.lambda === 1 ? 0 : (step.lambda - 1) * Math.log(Math.abs(y));
    case "affine":
      return -Math.log(step.scale);
    case "bounded": {
      const { lower, upper } = step;
      if (upper === undefined) return -Math.log(y - lower!);
      if (lower === undefined) return -Math.log(upper - y);
      return Math.log((upper - lower) / (upper - y)) - Math.log(y - lower);
    }
  }
}

/** The model's scale ends here: 1/|λ| for Box-Cox with λ < 0 (carried through the steps that follow), else Infinity. */
export function upperEdge(transform: Transform): number {
  let edge = Number.POSITIVE_INFINITY;
  for (const step of stepsOf(transform)) {
    edge = forward(step, edge);
    if (step.kind === "box-cox" && step.lambda < 0) edge = Math.min(edge, -1 / step.lambda);
  }
  return edge;
}

/** Where on the model's scale {@link inverse} is not smooth: -1/λ for Box-Cox with λ > 0, where y passes 0. */
export function kinksOf(transform: Transform): readonly number[] {
  let kinks: number[] = [];
  for (const step of stepsOf(transform)) {
    kinks = kinks.map((x) => forward(step, x));
    if (step.kind === "box-cox" && step.lambda > 0 && step.lambda !== 1) kinks.push(-1 / step.lambda);
  }
  return kinks.filter(Number.isFinite);
}

/** The open interval of values that `transform` can take in. */
export function domainOf(transform: Transform): { readonly lower: number; readonly upper: number } {
  let lower = Number.NEGATIVE_INFINITY;
  let upper = Number.POSITIVE_INFINITY;
  for (const step of stepsOf(transform).toReversed()) {
    const own = stepDomain(step);
    lower = Math.max(inverse(step, lower), own.lower);
    upper = Math.min(inverse(step, upper), own.upper);
  }
  return { lower, upper };
}

function stepDomain(step: Step): { lower: number; upper: number } {
  const positive = step.kind === "log" || (step.kind === "box-cox" && step.lambda <= 0);
  const bounds: { readonly lower?: number; readonly upper?: number } = step.kind === "bounded" ? step : {};
  return {
    lower: positive ? 0 : (bounds.lower ?? Number.NEGATIVE_INFINITY),
    upper: bounds.upper ?? Number.POSITIVE_INFINITY,
  };
}

/** @throws YuleError `bad-transform` for a λ or shift that is not finite, a scale not above 0, bounds that are no bounds. */
export function requireTransform(transform: Transform): void {
  if (typeof fieldsOf(transform).kind !== "string")
    throw badTransform(
      "transform",
      transform,
      `A transformation is an object such as { kind: "log" }, not ${show(transform)}.`,
    );
  for (const step of stepsOf(transform)) requireStep(step);
}

function requireStep(step: Step): void {
  if (step.kind === "box-cox" && !Number.isFinite(step.lambda)) {
    throw badTransform("lambda", step.lambda, `Lambda must be a finite number, not ${show(step.lambda)}.`);
  }
  if (step.kind === "affine") {
    const { shift, scale } = step;
    if (!Number.isFinite(shift))
      throw badTransform("shift", shift, `The shift must be finite, not ${show(shift)}.`);
    if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) {
      throw badTransform("scale", scale, `The scale must be finite and above 0, not ${show(scale)}.`);
    }
  }
  if (step.kind === "bounded") requireBounds(step.lower, step.upper);
}

function requireBounds(lower: number | undefined, upper: number | undefined): void {
  if (lower === undefined && upper === undefined) {
    throw badTransform(
      "bounds",
      undefined,
      "A bounded transform needs a lower bound, an upper bound or both.",
    );
  }
  const low = lower ?? Number.NEGATIVE_INFINITY;
  const high = upper ?? Number.POSITIVE_INFINITY;
  const finite = Number.isFinite(lower ?? 0) && Number.isFinite(upper ?? 0);
  if (!(finite && low < high)) {
    throw badTransform(
      "bounds",
      [lower, upper],
      `The bounds must be finite and ascend, not ${lower} and ${upper}.`,
    );
  }
}

function badTransform(name: string, value: unknown, message: string): YuleError {
  return usageError("bad-transform", name, value, message);
}
