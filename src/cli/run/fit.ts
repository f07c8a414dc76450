import type { Colors } from "../../report/colors.js";
import { probability, significant } from "../../report/numbers.js";
import type { Cell, Table } from "../../report/table.js";
import type { Run } from "../command.js";
import { emit } from "../output.js";
import type { FitResult } from "../tasks/results.js";
import type { Outcome } from "../tasks/task.js";
import { distinct, type Root, rootsOf } from "./roots.js";
import { failedJson, notesJson, reportFailures, succeeded, tellAll } from "./shared.js";
import { saveFitted, workOn } from "./work.js";

type Ok = Extract<Outcome<FitResult>, { status: "ok" }>;

/** Fits and shows what was learned. */
export const runFit: Run = async (context, file) => {
  const { outcomes, showIds } = await workOn("fit", context, file);
  const code = reportFailures(context, outcomes);
  const done = succeeded(outcomes);
  tellAll(
    context,
    done.map(({ id, value }) => ({ id, notes: value.report.notes })),
  );
  await saveFitted(
    context,
    done.map(({ value }) => value.fitted),
  );
  const items = outcomes.map(itemOf);
  await emit(context, {
    json: { fits: items },
    items,
    table: fitTable(done, showIds),
    view: (paint) => fitView(done, paint),
  });
  return code;
};

function itemOf(outcome: Outcome<FitResult>): object {
  if (outcome.status === "failed") return failedJson(outcome);
  const { id, model, status, value } = outcome;
  const { report, ljungBox } = value;
  const { converged, observations, coefficients, sigma2, logLikelihood, aic, aicc, bic } = report;
  const roots = rootsOf(report);
  return {
    id,
    model,
    status,
    converged,
    observations,
    coefficients,
    sigma2,
    logLikelihood,
    aic,
    aicc,
    bic,
    residualChecks: { ljungBox },
    ...(roots.length === 0 ? {} : { roots }),
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

async function fitView(done: readonly Ok[], paint: Colors): Promise<string> {
  const { terminalTable } = await import("../../report/terminal-table.js");
  const blocks = done.map(({ id, model, value }) => {
    const { report, ljungBox } = value;
    const parts = [
      `${paint.bold(id)}, ${paint.cyan(model)}, ${report.observations} values${report.converged ? "" : paint.yellow(", not converged")}\n`,
    ];
    if (report.coefficients.length > 0)
      parts.push(terminalTable(coefficientTable(report.coefficients), paint));
    parts.push(criteria(value, paint));
    const roots = distinct(rootsOf(report));
    if (roots.length > 0) parts.push(terminalTable(rootTable(roots), paint));
    if (ljungBox !== null) parts.push(check(ljungBox, paint));
    return parts.join("\n");
  });
  return `\n${blocks.join("\n\n")}`;
}

function coefficientTable(coefficients: FitResult["report"]["coefficients"]): Table {
  return {
    columns: [
      { name: "coefficient" },
      { name: "estimate", round: "each" },
      { name: "std. error", round: "each" },
      { name: "z", round: 2 },
    ],
    rows: coefficients.map(({ name, estimate, stdError }) => [name, estimate, stdError, estimate / stdError]),
  };
}

function criteria({ report }: FitResult, paint: Colors): string {
  const known = Object.entries({
    "σ²": report.sigma2,
    "log likelihood": report.logLikelihood,
    AIC: report.aic,
    AICc: report.aicc,
    BIC: report.bic,
  }).filter(([, value]) => !Number.isNaN(value));
  return ` ${known.map(([name, value]) => `${paint.dim(name)} ${significant(value, 6)}`).join("   ")}\n`;
}

/** What each root means: a cycle, or a decay. */
function rootTable(roots: readonly Root[]): Table {
  return {
    columns: [{ name: "root" }, { name: "modulus", round: 4 }, { name: "cycle" }],
    rows: roots.map(({ re, im, modulus, period }) => [
      im === 0 ? significant(re, 4) : `${significant(re, 4)} ± ${significant(im, 4)}i`,
      modulus,
      im === 0 ? "real" : `${significant(period, 4)} steps`,
    ]),
  };
}

function check({ statistic, df, pValue }: NonNullable<FitResult["ljungBox"]>, paint: Colors): string {
  const verdict =
    pValue < 0.05
      ? paint.yellow("something is left in the residuals")
      : paint.green("nothing left in the residuals");
  return ` ${paint.dim("Ljung-Box")} Q = ${significant(statistic, 4)} on ${df} df, p = ${probability(pValue)}: ${verdict}\n`;
}
