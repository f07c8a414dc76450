import type { Coefficient, Fitted, Note } from "../../core/model.js";
import { square } from "../../math/power.js";
import { withReport } from "../../models/report.js";

interface Member {
  readonly weight: number;
  readonly coefficients: readonly Coefficient[];
}

/** Effects that a note names; all are in the report. */
const NAMED = 12;

/**
 * A combination with the effects of its inputs: for each the weighted mean of the estimates β_k of the members that have it, and the
 * standard error Σ w_k √(s_k² + (β_k − β̄)²), which counts that members disagree and takes their errors as the same.
 *
 * @see S. T. Buckland, K. P. Burnham, N. H. Augustin (1997), Biometrics 53, 603-618, equation 9.
 */
export function withEffects(fitted: Fitted, inputs: readonly string[]): Fitted {
  if (inputs.length === 0) return fitted;
  const members = (fitted.report.details.members ?? []) as readonly Member[];
  const effects = inputs.flatMap((name) => effectOf(name, members) ?? []);
  const without = inputs.filter((name) => !effects.some((effect) => effect.name === name));
  const { report } = fitted;
  return withReport(fitted, {
    coefficients: [...report.coefficients, ...effects],
    notes: [...report.notes, effectsNote(effects, without)],
  });
}

function effectOf(name: string, members: readonly Member[]): Coefficient | null {
  const own = members.flatMap(({ weight, coefficients }) => {
    const found = coefficients.find((one) => one.name === name);
    return found === undefined ? [] : [{ ...found, weight }];
  });
  const total = own.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0)) return null;
  const mean = own.reduce((sum, { weight, estimate }) => sum + weight * estimate, 0) / total;
  const error = own.reduce(
    (sum, { weight, estimate, stdError }) =>
      sum + weight * Math.sqrt(square(stdError) + square(estimate - mean)),
    0,
  );
  return { name, estimate: mean, stdError: error / total };
}

function effectsNote(effects: readonly Coefficient[], without: readonly string[]): Note {
  const ranked = [...effects].sort((a, b) => clarity(b) - clarity(a));
  const texts = ranked
    .slice(0, NAMED)
    .map(({ name, estimate, stdError }) => `${name} ${short(estimate)} (${short(stdError)})`);
  const more = ranked.length > NAMED ? ` and ${ranked.length - NAMED} more (yule fit lists all)` : "";
  const told =
    effects.length === 0
      ? "auto: no effect of the inputs could be estimated"
      : `auto: effects of the inputs with standard errors: ${texts.join(", ")}${more}`;
  const left =
    without.length === 0 ? "" : `; without effect in any member: ${without.slice(0, NAMED).join(", ")}`;
  return {
    code: "input-effects",
    severity: "info",
    message: `${told}${left}.`,
    details: { effects, without },
  };
}

function clarity({ estimate, stdError }: Coefficient): number {
  return Math.abs(estimate) / stdError || 0;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
