import { dataError } from "../core/errors.js";
import type { Fitted, Model, Note } from "../core/model.js";
import type { Series } from "../core/series.js";
import { interpolateMissing } from "../diagnostics/interpolate.js";

/** What a missing value means to a fit. */
export type MissingPolicy = "keep" | "interpolate" | "error";

/**
 * A model that treats missing values by a policy.
 *
 * `keep` (the default of every model that can): the likelihood is exact, nothing is filled in. `interpolate`: filled
 * before fitting, by straight lines or, with a season, through the seasonally adjusted series; a note tells it. Models that
 * cannot keep them interpolate. `error`: refused, naming the first.
 *
 * @throws YuleError `missing-values` under `error`, when fitting.
 * @example withMissing(parseModel("ar(2)"), "error").fit(passengers);
 */
export function withMissing(model: Model, policy: MissingPolicy = "keep"): Model {
  if (policy === "keep" && model.missing === "keep") return model;
  return {
    ...model,
    fit(series, options) {
      const holes = missingRows(series);
      if (holes.length === 0) return model.fit(series, options);
      if (policy === "error") throw missingError(series, holes);
      const y = interpolateMissing(series.y, series.period);
      return withNote(model.fit({ ...series, y }, options), interpolatedNote(series, holes, policy, model));
    },
  };
}

function missingRows({ y }: Series): number[] {
  return Array.from(y.keys()).filter((t) => Number.isNaN(y[t]!));
}

function missingError(series: Series, holes: readonly number[]): Error {
  return dataError(
    "missing-values",
    series.id,
    holes.length,
    `${series.id} has ${holes.length} missing values, the first at row ${holes[0]! + 1}; fill them in or use --missing keep.`,
  );
}

function interpolatedNote(
  series: Series,
  holes: readonly number[],
  policy: MissingPolicy,
  model: Model,
): Note {
  const why = policy === "keep" ? `, since ${model.notation} cannot keep them` : "";
  return {
    code: "interpolated",
    severity: "warning",
    message: `${holes.length} missing values of ${series.id} were interpolated before fitting${why}.`,
    details: { count: holes.length, rows: holes.slice(0, 100).map((t) => t + 1) },
  };
}

/** The same fit with one more thing said. */
export function withNote<P, S>(fitted: Fitted<P, S>, note: Note): Fitted<P, S> {
  return { ...fitted, report: { ...fitted.report, notes: [...fitted.report.notes, note] } };
}
