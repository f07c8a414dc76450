import { requireModel } from "../core/arguments/objects.js";
import { show } from "../core/checks.js";
import { dataError, usageError, YuleError } from "../core/errors.js";
import type { Fitted, Model, Note } from "../core/model.js";
import { requireSeries, type Series } from "../core/series.js";
import { interpolateMissing } from "../diagnostics/interpolate.js";
import { inputModel } from "./guard.js";
import { withNote } from "./report.js";

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
 * @throws YuleError `missing-values` under `error`, when fitting.
 * @example withMissing(parseModel("ar(2)"), "error").fit(passengers);
 */
export function withMissing(model: Model, policy: MissingPolicy = "keep"): Model {
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
  const { fitPanel, refusal } = model;
  return inputModel({
    ...model,
    fit(series, options) {
      const { whole, tell } = treated(series, policy, model);
      return tell(model.fit(whole, options));
    },
    ...(fitPanel === undefined
      ? {}
      : {
          async fitPanel(panel, options) {
            const all = panel.map((series) => treated(series, policy, model));
            const fits = await fitPanel(
              all.map(({ whole }) => whole),
              options,
            );
            return fits.map((fitted, at) => all[at]!.tell(fitted));
          },
        }),
    ...(refusal === undefined
      ? {}
      : {
          refusal(series) {
            try {
              return refusal(treated(series, policy, model).whole);
            } catch (error) {
              if (error instanceof YuleError) return error;
              throw error;
            }
          },
        }),
  });
}

/** A series as the policy wants it, and what to say of its fit. @throws YuleError `missing-values` under `error`. */
function treated(series: Series, policy: MissingPolicy, model: Model) {
  requireSeries(series, `The model ${model.notation} is fitted to`);
  const holes = missingRows(series);
  if (holes.length === 0) return { whole: series, tell: (fitted: Fitted) => fitted };
  if (policy === "error") throw missingError(series, holes);
  const note = interpolatedNote(series, holes, policy, model);
  const whole: Series = { ...series, y: filled(series) };
  return { whole, tell: (fitted: Fitted) => withNote(fitted, note) };
}

/** Interpolated; not below 0 where no observed value is, since a season taken out and put back may lead there. */
function filled({ y, period }: Series): Float64Array {
  const lowest = y.some((value) => value < 0) ? Number.NEGATIVE_INFINITY : 0;
  return interpolateMissing(y, period).map((value) => Math.max(lowest, value));
}

function missingRows({ y }: Series): number[] {
  return Array.from(y.keys()).filter((t) => Number.isNaN(y[t]!));
}

function missingError(series: Series, holes: readonly number[]): YuleError {
  const count = `${holes.length} missing value${holes.length === 1 ? "" : "s"}`;
  return dataError(
    "missing-values",
    series.id,
    holes.length,
    `${series.id} has ${count}, the first at row ${holes[0]! + 1}; fill them in or keep them (--missing keep).`,
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
