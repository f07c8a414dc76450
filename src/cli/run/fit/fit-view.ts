import { probability, significant } from "../../../report/numbers.js";
import type { Cell, Column, Table } from "../../../report/table.js";
import type { Colors } from "../../../report/terminal/colors.js";
import { printable } from "../../../report/terminal/printable.js";
import { flowed, wrapped } from "../../../report/terminal/wrap.js";
import type { FitResult } from "../../../run/tasks/results.js";
import type { Outcome } from "../../../run/tasks/task.js";
import { distinct, type Root, rootsOf } from "./roots.js";

/** More fits than this are shown one line each. */
const MANY = 6;

type Ok = Extract<Outcome<FitResult>, { status: "ok" }>;

/** What was learned, for people: coefficients, criteria, roots and the residual check of each fit. */
export async function fitView(
  done: readonly Ok[],
  paint: Colors,
  width: number,
  all: boolean,
): Promise<string> {
  if (done.length > MANY && !all) return fitOverview(done, paint, width);
  const { terminalTable } = await import("../../../report/terminal/table.js");
  const blocks = done.map(({ id, model, value }) => {
    const { report, ljungBox } = value;
    const parts = [
      `${wrapped(`${printable(id)}, ${printable(model)}, ${report.observations} values${report.converged ? "" : ", not converged"}`, width)}\n`,
    ];
    if (report.coefficients.length > 0)
      parts.push(terminalTable(coefficientTable(report.coefficients), paint, width));
    const members = membersOf(report);
    if (members.length > 0) parts.push(terminalTable(memberTable(members), paint, width));
    parts.push(criteria(value, paint, width));
    const roots = distinct(rootsOf(report));
    if (roots.length > 0) parts.push(terminalTable(rootTable(roots), paint, width));
    if (ljungBox !== null) parts.push(check(ljungBox, paint, width));
    return parts.join("\n");
  });
  return `\n${blocks.join("\n\n")}`;
}

function coefficientTable(coefficients: FitResult["report"]["coefficients"]): Table {
  return {
    columns: [
      { name: "coefficient" },
      { name: "estimate", round: "each" },
      { name: "std. error", round: "each", drop: 1 },
      { name: "z", round: 2, drop: 2 },
    ],
    rows: coefficients.map(({ name, estimate, stdError }) => [name, estimate, stdError, estimate / stdError]),
  };
}

/** What a combination is made of, and how much each counts. */
function membersOf({ details }: FitResult["report"]): Cell[][] {
  const members = Array.isArray(details.members) ? (details.members as Record<string, unknown>[]) : [];
  return members.flatMap(({ model, weight }): Cell[][] =>
    typeof model === "string" && typeof weight === "number" ? [[model, weight]] : [],
  );
}

function memberTable(rows: Table["rows"]): Table {
  return { columns: [{ name: "member" }, { name: "weight", round: 3 }], rows };
}

function criteria({ report }: FitResult, paint: Colors, width: number): string {
  const known = Object.entries({
    "σ²": report.sigma2,
    "log likelihood": report.logLikelihood,
    AIC: report.aic,
    AICc: report.aicc,
    BIC: report.bic,
  }).filter(([, value]) => !Number.isNaN(value));
  const items = known.map(([name, value]) => [name, significant(value, 6)] as const);
  const lines = flowed(items, ([name, value]) => name.length + 1 + value.length, width - 1);
  return `${lines.map((line) => ` ${line.map(([name, value]) => `${paint.dim(name)} ${value}`).join("   ")}`).join("\n")}\n`;
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

function check(
  { statistic, df, pValue }: NonNullable<FitResult["ljungBox"]>,
  paint: Colors,
  width: number,
): string {
  const found = pValue < 0.05;
  const verdict = found ? "the residuals are autocorrelated" : "no autocorrelation found in the residuals";
  const text = ` Ljung-Box Q = ${significant(statistic, 4)} on ${df} df, p ${pValue < 0.0001 ? "" : "= "}${probability(pValue)}: ${verdict}`;
  return `${found ? paint.yellow(wrapped(text, width)) : wrapped(text, width)}\n`;
}

/** Many fits: one line each, the most autocorrelated residuals first. */
async function fitOverview(done: readonly Ok[], paint: Colors, width: number): Promise<string> {
  const { overviewText } = await import("../../output/panel-view.js");
  const columns: Column[] = [
    { name: "series" },
    { name: "model", drop: 1 },
    { name: "values", drop: 3 },
    { name: "σ²", round: "each", drop: 2 },
    { name: "Ljung-Box p" },
  ];
  const lines = done.map(({ id, model, value: { report, ljungBox } }) => ({
    cells: [
      id,
      model,
      report.observations,
      report.sigma2,
      ljungBox === null ? "" : probability(ljungBox.pValue),
    ],
    badness: report.converged ? 1 - (ljungBox?.pValue ?? 1) : 2,
  }));
  const order = "fits that did not converge first, then by residual autocorrelation";
  return overviewText(columns, lines, order, paint, width);
}
