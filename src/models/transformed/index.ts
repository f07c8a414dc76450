import { usageError } from "../../core/errors.js";
import type { Details, Fitted, Model } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { boxCoxLambda } from "../../diagnostics/box-cox/lambda.js";
import { requireTransform, type Transform } from "../../math/transform.js";
import { defineModel, type Given, makeModel } from "../contract/define.js";
import { number, wordOr } from "../contract/kinds.js";
import { type ChoiceOf, type OptionsOf, option } from "../contract/schema.js";
import { withNote } from "../report.js";
import { clippedKind, clippedProcess } from "./clipped.js";
import { fitClipped, fitTransformed, isAboutSigns, type TransformedFitted } from "./fit.js";
import { innerKind, transformedProcess } from "./process.js";

export type { TransformedDetails, TransformedFitted } from "./fit.js";

/**
 * A model fitted to the logarithm of the data. Forecast means are means (log-normal), quantiles exact.
 *
 * @param model fitted to log y.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `outside-transform` when fitting data that are not all above 0.
 * @example forecast(log(ar({ order: 2 })).fit(passengers), { horizon: 12 });
 */
export function log<D extends Details>(
  model: Model<Fitted<unknown, unknown, D>>,
): Model<TransformedFitted<D>> {
  return makeModel(logModel, {}, [model]) as Model<TransformedFitted<D>>;
}

/** @deprecated Use `log`. */
export const logged = log;

const BOX_COX_OPTIONS = {
  /** A number, `"guerrero"`, `"likelihood"`, or `"auto"` (default). */
  lambda: option(wordOr(["auto", "guerrero", "likelihood"], number()), {
    default: "auto",
    summary: "a number, or how it is chosen; auto: Guerrero's, taken to 0 or 1 when near",
  }),
};

export interface BoxCoxOptions extends OptionsOf<typeof BOX_COX_OPTIONS> {}

/**
 * A model fitted to Box-Cox transformed data, (y^λ − 1)/λ (Box & Cox 1964, p. 214).
 *
 * @param options.lambda a number; `"guerrero"` or `"likelihood"`: chosen by that method, as R's `BoxCox.lambda` does; or `"auto"`
 *   (default): by Guerrero's, taken to 0 (logarithm) or 1 (none) when within 0.1 of it. Where it is chosen, data that are
 *   not all above 0 are left as they are, with a note.
 * @throws YuleError `outside-transform`, `bad-transform`.
 * @example boxCox(ar({ order: 2 }), { lambda: 0.5 }).fit(passengers);
 */
export function boxCox<D extends Details>(
  model: Model<Fitted<unknown, unknown, D>>,
  options: BoxCoxOptions = {},
): Model<TransformedFitted<D>> {
  return makeModel(boxCoxModel, options, [model]) as Model<TransformedFitted<D>>;
}

/** @deprecated Use `boxCox`. */
export const boxCoxed = boxCox;

/** How λ is chosen from the data. */
export type LambdaMethod = "auto" | "guerrero" | "likelihood";

/** λ to four decimals; of `auto`, taken to 0 or 1 when near. */
function chooseLambda(series: Series, method: LambdaMethod) {
  const said = (value: number, message: string) => ({
    value,
    note: { code: "box-cox-lambda", severity: "info" as const, message, details: { lambda: value } },
  });
  if (series.y.some((value) => value <= 0))
    return said(1, `${series.id} has values at or below 0: it was not transformed.`);
  const likelihood = method === "likelihood";
  const raw = boxCoxLambda(series.y, series.period, { method: likelihood ? method : "guerrero" }).lambda;
  const near = method === "auto" ? [0, 1].find((target) => Math.abs(raw - target) <= 0.1) : undefined;
  const value = near ?? Math.round(raw * 1e4) / 1e4;
  const meaning = value === 0 ? " (logarithm)" : value === 1 ? " (no transformation)" : "";
  return said(
    value,
    `Box-Cox lambda ${value}${meaning} for ${series.id}, by ${likelihood ? "likelihood" : "Guerrero's method"} (${raw.toFixed(3)}).`,
  );
}

const BOUNDED_OPTIONS = {
  /** Lower bound. */
  min: option(number(), { unset: "none", summary: "lower bound" }),
  /** Upper bound. */
  max: option(number(), { unset: "none", summary: "upper bound" }),
};

export interface BoundedOptions extends OptionsOf<typeof BOUNDED_OPTIONS> {}

/**
 * A model whose forecasts keep within bounds: points, intervals and paths alike.
 *
 * Data strictly inside are fitted on a scaled logit, log((y − min)/(max − y)), or the logarithm of the distance when there
 * is one bound; data that touch a bound, and those of models made for values above 0, are fitted as they are, and what
 * would cross a bound is taken to it (with a note).
 *
 * @param model any model; fitted on the transformed scale, or as it is where data touch a bound.
 * @param options see `BoundedOptions` for ranges and defaults. Required.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-bounds` for bounds that are no bounds; `outside-bounds` when data lie beyond them.
 * @example bounded(ar({ order: 2 }), { min: 0, max: 100 }).fit(humidity);
 */
export function bounded<D extends Details>(
  model: Model<Fitted<unknown, unknown, D>>,
  options: BoundedOptions,
): Model<TransformedFitted<D>> {
  return makeModel(boundedModel, options, [model]) as Model<TransformedFitted<D>>;
}

/** @throws YuleError `bad-bounds`. */
function requireAscending({ min, max }: ChoiceOf<typeof BOUNDED_OPTIONS>): void {
  if ((min !== null || max !== null) && !(min !== null && max !== null && min >= max)) return;
  const found = `min ${min ?? "none"} and max ${max ?? "none"}`;
  const message = `Give at least one bound, the lower one below the upper one, not ${found}.`;
  throw usageError("bad-bounds", "min", min ?? undefined, message);
}

function fitBounded(series: Series, { choice, models, options, written }: Given<typeof BOUNDED_OPTIONS>) {
  const [model] = models as readonly [Model];
  const { min, max } = choice;
  const lower = min ?? Number.NEGATIVE_INFINITY;
  const upper = max ?? Number.POSITIVE_INFINITY;
  const transform: Transform = {
    kind: "bounded",
    ...(min === null ? {} : { lower: min }),
    ...(max === null ? {} : { upper: max }),
  };
  const notation = (inner: string) => written({}, [inner]);
  requireInside(series, lower, upper);
  const asItIs = (reason: string) => fitClipped(model, { lower, upper }, series, notation, reason, options);
  if (series.y.some((value) => value === lower || value === upper))
    return asItIs("has values at its bounds, where the transformation is infinite");
  try {
    return fitTransformed(model, transform, series, notation, options);
  } catch (error) {
    if (!isAboutSigns(error)) throw error;
    return asItIs(`was not transformed, because ${model.notation} does not take values below 0`);
  }
}

function requireInside(series: Series, lower: number, upper: number): void {
  const at = series.y.findIndex((value) => value < lower || value > upper);
  if (at < 0) return;
  throw usageError(
    "outside-bounds",
    series.id,
    series.y[at],
    `Row ${at + 1} of ${series.id} is ${series.y[at]}, outside the bounds ${lower} to ${upper}; widen them.`,
  );
}

export const logModel = defineModel({
  name: "log",
  summary: "any model on the logarithm of the data",
  forms: ["log(naive)"],
  options: {},
  holds: "one",
  inputs: "uses",
  resolve(kind, find) {
    const inner = innerKind(kind);
    return inner === null ? null : (transformedProcess(find(inner)) as ReturnType<typeof find>);
  },
  fit: (series, { models: [model], options, written }) =>
    fitTransformed(model!, { kind: "log" }, series, (inner) => written({}, [inner]), options),
});

export const boxCoxModel = defineModel({
  name: "box-cox",
  summary: "any model on Box-Cox transformed data",
  forms: ["box-cox(naive)", "box-cox(naive, lambda=0.5)", "box-cox(naive, lambda=likelihood)"],
  options: BOX_COX_OPTIONS,
  holds: "one",
  inputs: "uses",
  check({ lambda }) {
    if (typeof lambda === "number") requireTransform({ kind: "box-cox", lambda });
  },
  fit(series, { choice: { lambda: chosen }, models: [model], options, written }) {
    const { value: lambda, note } =
      typeof chosen === "number" ? { value: chosen, note: null } : chooseLambda(series, chosen);
    const notation = (inner: string) => written({ lambda }, [inner]);
    const fitted = fitTransformed(model!, { kind: "box-cox", lambda }, series, notation, options);
    return note === null ? fitted : withNote(fitted, note);
  },
});

export const boundedModel = defineModel({
  name: "bounded",
  summary: "any model, kept within bounds",
  forms: ["bounded(naive, min=0)", "bounded(naive, min=0, max=100)"],
  options: BOUNDED_OPTIONS,
  holds: "one",
  inputs: "uses",
  resolve(kind, find) {
    const inner = clippedKind(kind);
    return inner === null ? null : (clippedProcess(find(inner)) as ReturnType<typeof find>);
  },
  check: requireAscending,
  fit: fitBounded,
});
