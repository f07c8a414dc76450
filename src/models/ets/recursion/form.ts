/** The components of an exponential smoothing model in state-space form, ETS(error, trend, season). */
export interface EtsForm {
  readonly error: "A" | "M";
  readonly trend: "N" | "A" | "M";
  readonly damped: boolean;
  readonly season: "N" | "A" | "M";
  /** Steps in a season; 1 where the form has none. */
  readonly period: number;
}

/** The form as text, e.g. `ets(A,Ad,M)[12]`. */
export function formNotation(form: EtsForm): string {
  const season = form.season === "N" ? "" : `[${form.period}]`;
  return `ets(${formLetters(form)})${season}`;
}

/** The three components, e.g. `A,Ad,M`. */
export function formLetters({ error, trend, damped, season }: Omit<EtsForm, "period">): string {
  return `${error},${trend}${damped ? "d" : ""},${season}`;
}

/**
 * Whether states and errors enter linearly, so that every future value is normal with a known variance: an
 * additive error with no multiplicative component.
 */
export function isLinear({ error, trend, season }: EtsForm): boolean {
  return error === "A" && trend !== "M" && season !== "M";
}

/** Whether the form divides by data or states, so that it can only be fitted to positive values. */
export function needsPositive({ error, trend, season }: EtsForm): boolean {
  return error === "M" || trend === "M" || season === "M";
}

/** Smoothing parameters that the form has, in their order. */
export function smoothingNames({ trend, damped, season }: EtsForm): SmoothingName[] {
  const names: SmoothingName[] = ["alpha"];
  if (trend !== "N") names.push("beta");
  if (season !== "N") names.push("gamma");
  if (damped) names.push("phi");
  return names;
}

export type SmoothingName = "alpha" | "beta" | "gamma" | "phi";

/** Free initial states: level, slope, and all seasons but one, which follows from their sum. */
export function freeStates({ trend, season, period }: EtsForm): number {
  return 1 + (trend === "N" ? 0 : 1) + (season === "N" ? 0 : period - 1);
}
