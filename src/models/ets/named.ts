import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import type { Model } from "../../core/model.js";
import { plainModel } from "../guard.js";
import { writeNotation } from "../notation.js";
import { type ChosenEts, checked, type EtsOptions, fitChosen, formFor } from "./ets.js";

type Shared = Pick<EtsOptions, "alpha" | "bounds" | "initial">;

export interface SesOptions extends Shared {}

export interface HoltOptions extends Shared, Pick<EtsOptions, "beta" | "phi"> {
  /** Whether the slope is damped. Default false. */
  readonly damped?: boolean;
  /** Whether the trend multiplies, with relative errors. Default false. */
  readonly exponential?: boolean;
}

export interface HoltWintersOptions extends Shared, Pick<EtsOptions, "beta" | "gamma" | "phi" | "period"> {
  /** `"additive"` (default) or `"multiplicative"`, with relative errors. */
  readonly seasonal?: "additive" | "multiplicative";
  /** Whether the slope is damped. Default false. */
  readonly damped?: boolean;
}

const SES_OPTIONS: OptionTable<SesOptions> = {
  alpha: "number",
  bounds: ["both", "usual", "admissible"],
  initial: ["optimal", "simple"],
};

/**
 * Simple exponential smoothing, ets(A,N,N): a level that moves by α of each error.
 *
 * @throws YuleError as `ets` does.
 * @example forecast(ses().fit(nile), { horizon: 10 });
 */
export function ses(options: SesOptions = {}): Model {
  requireOptions("ses", options, SES_OPTIONS);
  return named("ses", [], { ...options, error: "A", trend: "N", season: "N" });
}

const HOLT_OPTIONS: OptionTable<HoltOptions> = {
  damped: "boolean",
  exponential: "boolean",
  alpha: "number",
  bounds: ["both", "usual", "admissible"],
  initial: ["optimal", "simple"],
  beta: "number",
  phi: "number",
};

/**
 * Holt's method, ets(A,A,N): level and slope; damped ets(A,Ad,N), exponential ets(M,M,N).
 *
 * @throws YuleError as `ets` does.
 * @see C. C. Holt (1957), reprinted in International Journal of Forecasting 20 (2004), 5-10.
 * @example forecast(holt({ damped: true }).fit(usage), { horizon: 10 });
 */
export function holt(options: HoltOptions = {}): Model {
  requireOptions("holt", options, HOLT_OPTIONS);
  const { damped = false, exponential = false, ...rest } = options;
  const flags: Flag[] = [];
  if (damped) flags.push(["damped", true]);
  if (exponential) flags.push(["exponential", true]);
  const base = exponential ? "M" : "A";
  return named("holt", flags, { ...rest, error: base, trend: damped ? `${base}d` : base, season: "N" });
}

const HOLT_WINTERS_OPTIONS: OptionTable<HoltWintersOptions> = {
  seasonal: ["additive", "multiplicative"],
  damped: "boolean",
  alpha: "number",
  bounds: ["both", "usual", "admissible"],
  initial: ["optimal", "simple"],
  period: "number",
  beta: "number",
  phi: "number",
  gamma: "number",
};

/**
 * Holt and Winters' method: level, slope and season; ets(A,A,A), or ets(M,A,M) when multiplicative.
 *
 * @throws YuleError as `ets` does.
 * @see P. R. Winters, Management Science 6 (1960), 324-342.
 * @example forecast(holtWinters({ seasonal: "multiplicative" }).fit(passengers), { horizon: 24 });
 */
export function holtWinters(options: HoltWintersOptions = {}): Model {
  requireOptions("holtWinters", options, HOLT_WINTERS_OPTIONS);
  const { damped = false, seasonal = "additive", ...rest } = options;
  const flags: Flag[] = [];
  if (seasonal === "multiplicative") flags.push(["seasonal", seasonal]);
  if (damped) flags.push(["damped", true]);
  const base = seasonal === "multiplicative" ? "M" : "A";
  return named("holt-winters", flags, {
    ...rest,
    error: base,
    trend: damped ? "Ad" : "A",
    season: base,
  });
}

type Flag = [string, string | number | boolean];

/** An ets model under another name. */
function named(name: string, flags: readonly Flag[], options: EtsOptions): Model {
  const chosen = checked(options);
  const notation = (period: number | null) => writeNotation(name, [], [...flags, ...set(chosen)], period);
  return plainModel({
    notation: notation(chosen.period),
    missing: "keep",
    fit(series) {
      const form = formFor(chosen, series, notation(chosen.period));
      return fitChosen(form, chosen, series, notation(form.season === "N" ? null : form.period));
    },
  });
}

function set({ fixed, bounds, initial }: ChosenEts): Flag[] {
  const flags: Flag[] = Object.entries(fixed);
  if (bounds !== "both") flags.push(["bounds", bounds]);
  if (initial !== "optimal") flags.push(["initial", initial]);
  return flags;
}
