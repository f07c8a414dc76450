import type { Panel } from "../../../core/series.js";
import { replayed } from "../../../engine/residuals.js";
import type { Figure } from "../../../report/pictures/figure.js";
import { pictureOf } from "../../../report/pictures/picture-of.js";
import type { Cell, Table } from "../../../report/table.js";
import { attach } from "../../../run/tasks/detached.js";
import type { FitResult } from "../../../run/tasks/results.js";
import type { Outcome } from "../../../run/tasks/task.js";
import type { Run } from "../../command.js";
import { residualFigures } from "../../output/figures.js";
import { emit } from "../../output/output.js";
import { savePlot } from "../../output/plots.js";
import type { Shape } from "../../stream/shape.js";
import { failedJson, notesJson, reportAll, reportFailures, succeeded } from "../tasks/shared.js";
import { runTasks, saveFitted } from "../tasks/work.js";
import { fitView } from "./fit-view.js";
import { saveResiduals } from "./residuals-file.js";
import { rootsOf } from "./roots.js";

type Ok = Extract<Outcome<FitResult>, { status: "ok" }>;

/** How fits are written series by series. */
export const FIT_SHAPE: Shape<FitResult> = {
  list: "fits",
  settled: (settings) => settings,
  item: (outcome) => itemOf(outcome),
  table: (done) => fitTable(done, true),
  notes: ({ report }) => report.notes,
};

/** Fits and shows what was learned. */
export const runFit: Run = async (context, file) => {
  const { outcomes, showIds, panel } = await runTasks("fit", context, file);
  const code = reportFailures(context, outcomes);
  const done = succeeded(outcomes);
  reportAll(
    context,
    done.map(({ id, value }) => ({ id, value: value.report })),
  );
  await saveFitted(context, done);
  await saveResiduals(context, done, panel!, showIds);
  const table = fitTable(done, showIds);
  await savePlot(context, () => ({
    title: "Fit",
    remarks: done.map(({ id, model }) => `${id}: ${model} and its one-step predictions`),
    table,
    figures: fitFigures(done, panel!),
  }));
  await emit(context, {
    items: () => outcomes.map(itemOf),
    json: (fits) => ({ fits }),
    table,
    view: (paint, width) => fitView(done, paint, width, context.settings.all === true),
  });
  return code;
};

/** Each series with what its models predicted one step ahead, and the residuals of each. */
function fitFigures(done: readonly Ok[], panel: Panel): Figure[] {
  const known = panel.filter(({ id }) => done.some((outcome) => outcome.id === id));
  return known.flatMap((series) => {
    const own = done.filter(({ id }) => id === series.id);
    const fits = own.map(({ model, value }) => ({ model, past: replayed(attach(value.fitted), series) }));
    const curves = fits.map(({ model, past }) => ({
      name: `${model}, one step ahead`,
      from: 0,
      mean: past.fitted,
      bands: [],
    }));
    const predicted = { ...pictureOf(series.id, series, []), curves };
    return [predicted, ...fits.flatMap(({ model, past }) => residualFigures(series, past.residuals, model))];
  });
}

function itemOf(outcome: Outcome<FitResult>): object {
  if (outcome.status === "failed") return failedJson(outcome);
  const { id, model, status, value } = outcome;
  const { report, ljungBox } = value;
  const { converged, observations, coefficients, covariance, sigma2, logLikelihood, aic, aicc, bic } = report;
  const roots = rootsOf(report);
  return {
    id,
    model,
    status,
    converged,
    observations,
    coefficients,
    covariance,
    sigma2,
    logLikelihood,
    aic,
    aicc,
    bic,
    residualChecks: { ljungBox },
    ...(roots.length === 0 ? {} : { roots }),
    details: report.details,
    notes: notesJson(report.notes),
  };
}

/** One row a quantity, so that every model fits into the same columns. */
function fitTable(done: readonly Ok[], showIds: boolean): Table {
  const rows = done.flatMap(({ id, model, value }) =>
    quantities(value).map(([term, estimate, stdError]): Cell[] => [
      ...(showIds ? [id] : []),
      model,
      term,
      estimate,
      stdError,
    ]),
  );
  const names = [...(showIds ? ["unique_id"] : []), "model", "term"];
  return {
    columns: [
      ...names.map((name) => ({ name })),
      { name: "estimate", round: "each" },
      { name: "std_error", round: "each" },
    ],
    rows,
  };
}

function quantities({ report, ljungBox }: FitResult): [string, number, number | null][] {
  const { coefficients, sigma2, logLikelihood, aic, aicc, bic, observations } = report;
  return [
    ...coefficients.map(({ name, estimate, stdError }): [string, number, number | null] => [
      name,
      estimate,
      stdError,
    ]),
    ["sigma2", sigma2, null],
    ["logLikelihood", logLikelihood, null],
    ["aic", aic, null],
    ["aicc", aicc, null],
    ["bic", bic, null],
    ["observations", observations, null],
    ...(ljungBox === null
      ? []
      : [
          ["ljungBox.statistic", ljungBox.statistic, null] as [string, number, null],
          ["ljungBox.df", ljungBox.df, null] as [string, number, null],
          ["ljungBox.pValue", ljungBox.pValue, null] as [string, number, null],
        ]),
  ];
}
