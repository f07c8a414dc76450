import { requireModel } from "../../core/arguments/objects.js";
import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { usageError } from "../../core/errors.js";
import type { Model } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { boxCoxLambda } from "../../diagnostics/box-cox/lambda.js";
import { requireTransform, type Transform } from "../../math/transform.js";
import type { Family, ModelCall } from "../family.js";
import { inputModel } from "../guard.js";
import { badModel, writeNotation } from "../notation.js";
import { withNote } from "../report.js";
import { clippedKind, clippedProcess } from "./clipped.js";
import { fitClipped, fitTransformed, isAboutSigns } from "./fit.js";
import { innerKind, transformedProcess } from "./process.js";

/**
 * A model fitted to the logarithm of the data. Forecast means are means (log-normal), quantiles exact.
 *
 * @throws YuleError `outside-transform` when fitting data that are not all above 0.
 * @example forecast(logged(ar({ order: 2 })).fit(passengers), { horizon: 12 });
 */
export function logged(model: Model): Model {
  requireModel(model, "logged takes");
  const notation = (inner: string) => `log(${inner})`;
  return inputModel({
    notation: notation(model.notation),
    missing: "keep",
    fit: (series, options) => fitTransformed(model, { kind: "log" }, series, notation, options),
  });
}

const BOX_COXED_OPTIONS: OptionTable<{ readonly lambda?: number | LambdaMethod }> = {
  lambda: { numberOr: ["auto", "guerrero", "likelihood"] },
};

/**
 * A model fitted to Box-Cox transformed data, (y^λ − 1)/λ (Box & Cox 1964, p. 214).
 *
 * @param options.lambda a number; `"guerrero"` or `"likelihood"`: chosen by that method, as R's `BoxCox.lambda` does; or `"auto"`
 *   (default): by Guerrero's, taken to 0 (logarithm) or 1 (none) when within 0.1 of it. Where it is chosen, data that are
 *   not all above 0 are left as they are, with a note.
 * @throws YuleError `outside-transform`, `bad-transform`.
 * @example boxCoxed(ar({ order: 2 }), { lambda: 0.5 }).fit(passengers);
 */
export function boxCoxed(model: Model, options: { readonly lambda?: number | LambdaMethod } = {}): Model {
  requireModel(model, "boxCoxed takes");
  requireOptions("boxCoxed", options, BOX_COXED_OPTIONS);
  const { lambda = "auto" } = options;
  if (typeof lambda === "number") requireTransform({ kind: "box-cox", lambda });
  const notation = (value: number | string) => (inner: string) => `box-cox(${inner}, lambda=${value})`;
  return inputModel({
    notation: notation(lambda)(model.notation),
    missing: "keep",
    fit(series, options) {
      const { value, note } =
        typeof lambda === "number" ? { value: lambda, note: null } : chooseLambda(series, lambda);
      const fitted = fitTransformed(
        model,
        { kind: "box-cox", lambda: value },
        series,
        notation(value),
        options,
      );
      return note === null ? fitted : withNote(fitted, note);
    },
  });
}

/** How λ is chosen from the data. */
export type LambdaMethod = "auto" | "guerrero" | "likelihood";

const METHODS: readonly string[] = ["auto", "guerrero", "likelihood"];

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

const BOUNDED_OPTIONS: OptionTable<{ readonly min?: number; readonly max?: number }> = {
  min: "number",
  max: "number",
};

/**
 * A model whose forecasts keep within bounds: points, intervals and paths alike.
 *
 * Data strictly inside are fitted on a scaled logit, log((y − min)/(max − y)), or the logarithm of the distance when there
 * is one bound; data that touch a bound, and those of models made for values above 0, are fitted as they are, and what
 * would cross a bound is taken to it (with a note).
 *
 * @throws YuleError `bad-bounds` for bounds that are no bounds; `outside-bounds` when data lie beyond them.
 * @example bounded(ar({ order: 2 }), { min: 0, max: 100 }).fit(humidity);
 */
export function bounded(model: Model, options: { readonly min?: number; readonly max?: number }): Model {
  requireModel(model, "bounded takes");
  requireOptions("bounded", options, BOUNDED_OPTIONS);
  const { min, max } = options;
  const lower = min ?? Number.NEGATIVE_INFINITY;
  const upper = max ?? Number.POSITIVE_INFINITY;
  if ((min === undefined && max === undefined) || !(lower < upper)) {
    throw usageError(
      "bad-bounds",
      "min",
      min,
      `The bounds must ascend and one at least be given, not min ${min} and max ${max}.`,
    );
  }
  const transform: Transform = {
    kind: "bounded",
    ...(min === undefined ? {} : { lower: min }),
    ...(max === undefined ? {} : { upper: max }),
  };
  const written = [
    ["min", min],
    ["max", max],
  ].flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
  const notation = (inner: string) => `bounded(${[inner, ...written].join(", ")})`;
  return inputModel({
    notation: notation(model.notation),
    missing: "keep",
    fit(series, options) {
      requireInside(series, lower, upper);
      const asItIs = (reason: string) =>
        fitClipped(model, { lower, upper }, series, notation, reason, options);
      if (series.y.some((value) => value === lower || value === upper))
        return asItIs("touches its bounds, so no change of scale is finite");
      try {
        return fitTransformed(model, transform, series, notation, options);
      } catch (error) {
        if (!isAboutSigns(error)) throw error;
        return asItIs(`is forecast as it is, since ${model.notation} has no use for values below 0`);
      }
    },
  });
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

function onlyModel(call: ModelCall, parse: (notation: string) => Model): Model {
  const inner = call.groups.flat();
  if (inner.length !== 1 || call.groups.length > 1) {
    throw badModel(writeNotation(call.name, call.groups), `must hold one model, as in ${call.name}(ar(2))`);
  }
  return parse(inner[0]!);
}

export const logFamily: Family = {
  name: "log",
  summary: "any model on the logarithm of the data",
  forms: ["log(naive)"],
  options: [],
  inputs: true,
  seasonal: false,
  processes: [],
  resolve(kind, find) {
    const inner = innerKind(kind);
    return inner === null ? null : (transformedProcess(find(inner)) as ReturnType<typeof find>);
  },
  build: (call, parse) => logged(onlyModel(call, parse)),
};

export const boxCoxFamily: Family = {
  name: "box-cox",
  summary: "any model on Box-Cox transformed data",
  forms: ["box-cox(naive)", "box-cox(naive, lambda=0.5)", "box-cox(naive, lambda=likelihood)"],
  options: [
    {
      name: "lambda",
      values: "text",
      default: "auto",
      summary: "a number, guerrero, likelihood, or auto: Guerrero's, taken to 0 or 1 when near",
    },
  ],
  inputs: true,
  seasonal: false,
  processes: [],
  build(call, parse) {
    const text = call.options.get("lambda") ?? "auto";
    const lambda = METHODS.includes(text) ? (text as LambdaMethod) : Number(text);
    if (Number.isNaN(lambda))
      throw usageError(
        "bad-option",
        "lambda",
        text,
        `The option lambda takes a number, auto, guerrero or likelihood, not ${text}.`,
      );
    return boxCoxed(onlyModel(call, parse), { lambda });
  },
};

export const boundedFamily: Family = {
  name: "bounded",
  summary: "any model, kept within bounds",
  forms: ["bounded(naive, min=0)", "bounded(naive, min=0, max=100)"],
  options: [
    { name: "min", values: "number", default: "none", summary: "lower bound" },
    { name: "max", values: "number", default: "none", summary: "upper bound" },
  ],
  inputs: true,
  seasonal: false,
  processes: [],
  resolve(kind, find) {
    const inner = clippedKind(kind);
    return inner === null ? null : (clippedProcess(find(inner)) as ReturnType<typeof find>);
  },
  build(call, parse) {
    const read = (name: "min" | "max") =>
      call.options.has(name) ? { [name]: Number(call.options.get(name)) } : {};
    return bounded(onlyModel(call, parse), { ...read("min"), ...read("max") });
  },
};
