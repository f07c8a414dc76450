import { requireModel } from "../core/arguments/objects.js";
import { show } from "../core/checks.js";
import { dataError, usageError, type YuleError } from "../core/errors.js";
import type { Model, Note } from "../core/model.js";
import type { Series } from "../core/series.js";
import { interpolateMissing } from "../diagnostics/interpolate.js";
import { beforeFits, type Treated } from "./guard.js";

/** What a missing value means to a fit. */
export type MissingPolicy = "keep" | "interpolate" | "error";

const POLICIES: readonly MissingPolicy[] = ["keep", "interpolate", "error"];

/**
 * A model that treats missing values by a policy, in `fit` and, where the model has it, in `fitPanel`.
 *
 * `keep` (the default of every model that can): the likelihood is exact, nothing is filled in. `interpolate`: filled
 * before fitting, by straight lines or, with a season, through the seasonally adjusted series, never below 0 where the data
 * are not; a note tells it. Models that cannot keep them interpolate. `error`: refused, naming the first.
 *
 * @param model any model; `keep` needs one that accepts missing values.
 * @param policy `"keep"` (default), `"interpolate"` or `"error"`.
 * @returns the model with the policy.
 * @throws YuleError `missing-values` under `error`, when fitting.
 * @example withMissing(parseModel("ar(2)"), "error").fit(passengers);
 */
export function withMissing<M extends Model>(model: M, policy: MissingPolicy = "keep"): M {
  requireModel(model, "withMissing takes");
  if (!POLICIES.includes(policy)) {
    throw usageError(
      "bad-missing",
      "policy",
      policy,
      `The policy for missing values must be one of ${POLICIES.join(", ")}, not ${show(policy)}.`,
    );
  }
  if (policy === "keep" && model.missing === "keep") return model;
  return beforeFits(model, (series) => treated(series, policy, model));
}

/** A series as the policy wants it, and what to say of its fit. @throws YuleError `missing-values` under `error`. */
function treated(series: Series, policy: MissingPolicy, model: Model): Treated {
  const missing = missingRows(series);
  if (missing.length === 0) return { series, notes: [] };
  if (policy === "error") throw missingError(series, missing);
  return {
    series: { ...series, y: filled(series) },
    notes: [interpolatedNote(series, missing, policy, model)],
  };
}

/** Fills the gaps of beginnings of one series, each beginning once, however many models are fitted to it. */
export function fillingOnce(): (series: Series) => Series {
  const known = new Map<number, Float64Array>();
  return (series) => {
    if (!series.y.some((value) => Number.isNaN(value))) return series;
    const y = known.get(series.y.length) ?? filled(series);
    known.set(series.y.length, y);
    return { ...series, y };
  };
}

/** Interpolated; not below 0 where no observed value is, since a season taken out and put back may lead there. */
function filled({ y, period }: Series): Float64Array {
  const lowest = y.some((value) => value < 0) ? Number.NEGATIVE_INFINITY : 0;
  return interpolateMissing(y, period).map((value) => Math.max(lowest, value));
}

function missingRows({ y }: Series): number[] {
  return Array.from(y.keys()).filter((t) => Number.isNaN(y[t]!));
}

function missingError(series: Series, missing: readonly number[]): YuleError {
  const count = `${missing.length} missing value${missing.length === 1 ? "" : "s"}`;
  return dataError(
    "missing-values",
    series.id,
    missing.length,
    `${series.id} has ${count}, the first at row ${missing[0]! + 1}; fill them in or keep them (--missing keep).`,
  );
}

function interpolatedNote(
  series: Series,
  missing: readonly number[],
  policy: MissingPolicy,
  model: Model,
): Note {
  const why = policy === "keep" ? `, since ${model.notation} cannot keep them` : "";
  return {
    code: "interpolated",
    severity: "warning",
    message: `${missing.length} missing values of ${series.id} were interpolated before fitting${why}.`,
    details: { count: missing.length, rows: missing.slice(0, 100).map((t) => t + 1) },
  };
}
