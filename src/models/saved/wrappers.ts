import * as v from "valibot";
import { requireTransform, type Transform } from "../../math/transform.js";
import type { Harmonics } from "../decomposed/index.js";
import { count, finite, flawIn, floats, LONGEST, positive, wholeFrom } from "./shapes.js";

/** What is wrong with estimates and memory, in words, or null; `inputs` counts the regressors. */
export type FlawOf = (params: unknown, state: unknown, inputs: number) => string | null;

const step = v.variant("kind", [
  v.object({ kind: v.literal("log") }),
  v.object({
    kind: v.literal("box-cox"),
    lambda: v.pipe(
      finite,
      v.minValue(-100),
      v.maxValue(100),
      v.check((lambda) => lambda === 0 || Math.abs(lambda) > 1e-100, "is neither 0 nor away from it"),
    ),
  }),
  v.object({ kind: v.literal("affine"), shift: finite, scale: positive }),
  v.object({ kind: v.literal("bounded"), lower: v.optional(finite), upper: v.optional(finite) }),
]);
const transform = v.union([step, v.object({ kind: v.literal("chain"), steps: v.array(step) })]);
const transformed = v.object({ transform, inner: v.unknown() });

export function transformedFlaw(inner: FlawOf): FlawOf {
  return (params, state, inputs) => {
    const flaw = flawIn(transformed, params);
    if (flaw !== null) return `params, ${flaw}`;
    const found = params as { transform: Transform; inner: unknown };
    try {
      requireTransform(found.transform);
    } catch (error) {
      return `params, transform: ${(error as Error).message}`;
    }
    return inner(found.inner, state, inputs);
  };
}

const bound = v.pipe(
  v.number(),
  v.check((value) => !Number.isNaN(value), "must be a number"),
);
const clipped = v.pipe(
  v.object({ lower: bound, upper: bound, inner: v.unknown() }),
  v.check(({ lower, upper }) => lower < upper, "the lower bound must lie below the upper"),
);

export function clippedFlaw(inner: FlawOf): FlawOf {
  return (params, state, inputs) => {
    const flaw = flawIn(clipped, params);
    return flaw === null ? inner(innerOf(params), state, inputs) : `params, ${flaw}`;
  };
}

const counted = v.object({ inner: v.unknown(), count });

const cycle = v.pipe(
  v.object({ period: wholeFrom(1, LONGEST), values: floats }),
  v.check(
    ({ period, values }) => values.length === period,
    "a cycle must have a value for each of its steps",
  ),
);
const seasonal = v.object({ path: floats, cycles: v.array(cycle), inner: v.unknown() });

export function seasonalFlaw(inner: FlawOf): FlawOf {
  return (params, state, inputs) =>
    flawIn(seasonal, params) ?? flawIn(counted, state) ?? inner(innerOf(params), innerOf(state), inputs);
}

const harmonics = v.pipe(
  v.object({
    period: v.pipe(finite, v.gtValue(1), v.maxValue(LONGEST)),
    count: wholeFrom(0, LONGEST),
  }),
  v.check(({ period, count }) => 2 * count <= period, "there are more waves than half the period"),
);
const fourier = v.object({ harmonics: v.array(harmonics), inner: v.unknown() });

/** `waves` counts the inputs that harmonics add. */
export function fourierFlaw(inner: FlawOf, waves: (found: readonly Harmonics[]) => number): FlawOf {
  return (params, state, inputs) => {
    const flaw = flawIn(fourier, params) ?? flawIn(counted, state);
    if (flaw !== null) return flaw;
    const { harmonics: found } = params as { readonly harmonics: readonly Harmonics[] };
    return inner(innerOf(params), innerOf(state), inputs + waves(found));
  };
}

function innerOf(value: unknown): unknown {
  return (value as { inner: unknown }).inner;
}
