import { dataError } from "../../core/errors.js";
import type { FitOptions, FitReport, Fitted, Model } from "../../core/model.js";
import type { Series } from "../../core/series.js";
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
  const inner = withMissing(model).fit(transformSeries(series, transform), options);
  const params = { transform, inner: inner.params };
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

/** Fits `model` as it is and takes what would cross a bound to the bound. */
export function fitClipped(
  model: Model,
  bounds: { readonly lower: number; readonly upper: number },
  series: Series,
  notation: (inner: string) => string,
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
          message: `${series.id} touches its bounds, so no change of scale is finite: values that would cross a bound are taken to it.`,
        },
      ],
    },
    history: series,
  };
}

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
