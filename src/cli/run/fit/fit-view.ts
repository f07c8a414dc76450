import { probability, significant } from "../../../report/numbers.js";
import type { Cell, Table } from "../../../report/table.js";
import type { Colors } from "../../../report/terminal/colors.js";
import { printable } from "../../../report/terminal/printable.js";
import type { FitResult } from "../../../run/tasks/results.js";
import type { Outcome } from "../../../run/tasks/task.js";
import { distinct, type Root, rootsOf } from "./roots.js";

type Ok = Extract<Outcome<FitResult>, { status: "ok" }>;

/** What was learned, for people: coefficients, criteria, roots and the residual check of each fit. */
export async function fitView(done: readonly Ok[], paint: Colors): Promise<string> {
  const { terminalTable } = await import("../../../report/terminal/table.js");
  const blocks = done.map(({ id, model, value }) => {
    const { report, ljungBox } = value;
    const parts = [
      `${paint.bold(printable(id))}, ${paint.cyan(model)}, ${report.observations} values${report.converged ? "" : paint.yellow(", not converged")}\n`,
    ];
    if (report.coefficients.length > 0)
      parts.push(terminalTable(coefficientTable(report.coefficients), paint));
    const members = membersOf(report);
    if (members.length > 0) parts.push(terminalTable(memberTable(members), paint));
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
      ? paint.yellow("the residuals are autocorrelated")
      : paint.green("no autocorrelation found in the residuals");
  return ` ${paint.dim("Ljung-Box")} Q = ${significant(statistic, 4)} on ${df} df, p ${pValue < 0.0001 ? "" : "= "}${probability(pValue)}: ${verdict}\n`;
}
