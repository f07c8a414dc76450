import { dataError, YuleError } from "../../core/errors.js";
import type { Details, FitOptions, FitReport, Fitted, Model } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { transformed } from "../../distributions/derived/transformed.js";
import { replay } from "../../engine/replay.js";
import { domainOf, type Transform } from "../../math/transform.js";
import { withMissing } from "../missing.js";
import { clippedProcess } from "./clipped.js";
import { transformedLogLikelihood, transformedProcess, transformSeries } from "./process.js";

/** Fits `model` on the transformed scale and brings everything it says back to the data's scale. */
export function fitTransformed(
  model: Model,
  transform: Transform,
  series: Series,
  notation: (inner: string) => string,
  options?: FitOptions,
): Fitted {
  requireWithin(series, transform);
  const inner = fitOnScale(model, transform, series, options);
  const params = { transform, inner: inner.params };
  requireMovable(inner, transform);
  const logLikelihood = transformedLogLikelihood(inner.process, params, series);
  return {
    ...inner,
    notation: notation(inner.notation),
    process: transformedProcess(inner.process),
    params,
    report: onDataScale(inner.report, logLikelihood, transform),
    history: series,
  };
}

/** @throws YuleError `bad-base` where the model's distributions have no place on another scale. */
function requireMovable({ process, params, state, origin }: Fitted, transform: Transform): void {
  transformed(process.conditional(params, state, new Float64Array(origin.inputNames.length)), transform);
}

/** What a model says that was made for values above 0 and got others. */
const SIGNS: ReadonlySet<string> = new Set(["not-positive", "negative-demand"]);

/** Whether a model refused a series for the signs of its values. */
export function isAboutSigns(error: unknown): error is YuleError {
  return error instanceof YuleError && SIGNS.has(error.code);
}

/** @throws YuleError of the model, saying where values below 0 come from that the data do not have. */
function fitOnScale(model: Model, transform: Transform, series: Series, options?: FitOptions): Fitted {
  try {
    return withMissing(model).fit(transformSeries(series, transform), { ...options, transformed: true });
  } catch (error) {
    if (!isAboutSigns(error)) throw error;
    const message = `On the ${transform.kind} scale t${error.message.slice(1)}`;
    throw dataError(error.code, error.argument ?? "series", error.value, message);
  }
}

/** Fits `model` as it is and takes what would cross a bound to the bound. */
export function fitClipped(
  model: Model,
  bounds: { readonly lower: number; readonly upper: number },
  series: Series,
  notation: (inner: string) => string,
  reason: string,
  options?: FitOptions,
): Fitted {
  const inner = withMissing(model).fit(series, options);
  const params = { ...bounds, inner: inner.params };
  const process = clippedProcess(inner.process);
  const { logLikelihood, state } = replay(process, params, series);
  return {
    ...inner,
    notation: notation(inner.notation),
    process,
    params,
    state,
    report: {
      ...onDataScale(inner.report, logLikelihood, null),
      notes: [
        ...inner.report.notes,
        {
          code: "clipped",
          severity: "info",
          message: `${series.id} ${reason}: values beyond a bound are set to it.`,
        },
      ],
    },
    history: series,
  };
}

/** What `report.details` of a model on another scale has beside those of the model in it. */
export type TransformedDetails = {
  /** Null where the model was fitted to the data as they are. */
  readonly transform: Transform | null;
  /** Likelihood and criteria of the model itself, on its scale. */
  readonly onModelScale: Pick<FitReport, "logLikelihood" | "aic" | "aicc" | "bic">;
};

/** A model on another scale, around one with details D. */
export type TransformedFitted<D extends Details = Details> = Fitted<unknown, unknown, D & TransformedDetails>;

/** Criteria of the likelihood on the data's scale, comparable between transformations; the model's own are kept in details. */
function onDataScale(report: FitReport, logLikelihood: number, transform: Transform | null): FitReport {
  const { aic, aicc, bic, logLikelihood: own } = report;
  const shift = 2 * (own - logLikelihood);
  return {
    ...report,
    logLikelihood,
    aic: aic + shift,
    aicc: aicc + shift,
    bic: bic + shift,
    details: { ...report.details, transform, onModelScale: { logLikelihood: own, aic, aicc, bic } },
  };
}

/** @throws YuleError `outside-transform` naming the first value that has no finite transform. */
function requireWithin(series: Series, transform: Transform): void {
  const { lower, upper } = domainOf(transform);
  const at = series.y.findIndex((value) => value <= lower || value >= upper);
  if (at < 0) return;
  const side = series.y[at]! <= lower ? `above ${lower}` : `below ${upper}`;
  throw dataError(
    "outside-transform",
    series.id,
    series.y[at],
    `Row ${at + 1} of ${series.id} is ${series.y[at]}, but the ${transform.kind} transformation needs values ${side}; use another transformation, or none.`,
  );
}
