import { nearest, requireInteger, show } from "../../../core/checks.js";
import { usageError } from "../../../core/errors.js";
import { writeNotation } from "../../notation.js";

/** How the coefficients are found. */
export type ArimaMethod = "ml" | "css-ml" | "css";

/** What to fit. */
export interface ArimaOptions {
  /** Orders p, d, q of the ordinary part; d differences. */
  readonly order: readonly [number, number, number];
  /** Orders P, D, Q of the seasonal part; default none. */
  readonly seasonal?: readonly [number, number, number];
  /** Steps in a season; default the period of the series. */
  readonly period?: number;
  /** Whether the series moves around a level other than 0. Default: yes without differences; impossible with them. */
  readonly mean?: boolean;
  /** Whether there is a straight line in the row number, the average change per step after one difference. Default no. */
  readonly drift?: boolean;
  /**
   * `"ml"` (default): exact maximum likelihood. `"css"`: conditional sum of squares, for comparison with other programs.
   * `"css-ml"`: maximum likelihood that starts from there as well.
   */
  readonly method?: ArimaMethod;
  /** Coefficients held at given values, by name: `{ ar1: 0.5, ma2: 0 }`. */
  readonly fixed?: Readonly<Record<string, number>>;
  /** Random starting points on top of the chosen ones, for likelihoods with many maxima. Default 0. */
  readonly starts?: number;
}

/** Options with their defaults, checked as far as they can be without data. */
export interface Choice {
  readonly order: readonly [number, number, number];
  readonly seasonal: readonly [number, number, number];
  readonly period: number | null;
  readonly mean: boolean;
  readonly drift: boolean;
  readonly method: ArimaMethod;
  readonly fixed: Readonly<Record<string, number>>;
  readonly starts: number;
}

const HIGHEST_ORDER = 200;
const HIGHEST_SEASONAL = 20;
const MOST_DIFFERENCES = 4;
const LONGEST_PERIOD = 100_000;
const METHODS: readonly ArimaMethod[] = ["ml", "css-ml", "css"];

/** @throws YuleError `bad-order`, `bad-seasonal`, `bad-period`, `bad-mean`, `bad-drift`, `bad-method`, `bad-fixed`, `bad-starts`. */
export function checkedChoice(options: ArimaOptions): Choice {
  const order = triple("order", options.order, HIGHEST_ORDER);
  const seasonal = triple("seasonal", options.seasonal ?? [0, 0, 0], HIGHEST_SEASONAL);
  const period = options.period ?? null;
  if (period !== null) requireInteger("period", period, 1, LONGEST_PERIOD);
  const differences = order[1] + seasonal[1];
  const mean = options.mean ?? differences === 0;
  const drift = options.drift ?? false;
  if (mean && differences > 0) throw meanError(differences);
  if (drift && differences > 1) throw driftError(differences);
  const method = options.method ?? "ml";
  if (!METHODS.includes(method)) {
    throw usageError(
      "bad-method",
      "method",
      method,
      `The method of an ARIMA must be one of ${METHODS.join(", ")}, not ${show(method)}.`,
    );
  }
  const starts = requireInteger("starts", options.starts ?? 0, 0, 1000);
  return { order, seasonal, period, mean, drift, method, fixed: checkedFixed(options.fixed ?? {}), starts };
}

function triple(name: string, orders: unknown, highest: number): readonly [number, number, number] {
  if (!Array.isArray(orders) || orders.length !== 3) {
    throw usageError(
      `bad-${name}`,
      name,
      orders,
      `The ${name} of an ARIMA must be three whole numbers, not ${show(orders)}.`,
    );
  }
  orders.forEach((value, i) => {
    const most = i === 1 ? MOST_DIFFERENCES : highest;
    if (!Number.isInteger(value) || value < 0 || value > most) {
      throw usageError(
        `bad-${name}`,
        name,
        value,
        `The ${name} of an ARIMA is (${orders.join(",")}); its ${["first", "second", "third"][i]} number must be a whole number from 0 to ${most}.`,
      );
    }
  });
  return [orders[0], orders[1], orders[2]];
}

function meanError(differences: number): Error {
  return usageError(
    "bad-mean",
    "mean",
    true,
    `A mean cannot be told from a series differenced ${differences} times: differences remove it; use drift=true for an average change.`,
  );
}

function driftError(differences: number): Error {
  return usageError(
    "bad-drift",
    "drift",
    true,
    `A drift cannot be told from a series differenced ${differences} times: leave drift out, or difference at most once.`,
  );
}

function checkedFixed(fixed: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  for (const [name, value] of Object.entries(fixed)) {
    if (!Number.isFinite(value)) {
      throw usageError(
        "bad-fixed",
        name,
        value,
        `The coefficient ${name} must be held at a finite number, not ${show(value)}.`,
      );
    }
  }
  return fixed;
}

/** @throws YuleError `bad-fixed` where a held coefficient is not one of the model's. */
export function requireKnownNames(fixed: Readonly<Record<string, number>>, names: readonly string[]): void {
  for (const name of Object.keys(fixed)) {
    if (names.includes(name)) continue;
    const guess = names.length === 0 ? "it has none" : `did you mean ${nearest(name, names)}?`;
    throw usageError(
      "bad-fixed",
      name,
      fixed[name],
      `The model has no coefficient ${show(name)} to hold; ${guess}`,
    );
  }
}

/** The canonical notation; the season is written once it is known. */
export function notationOf(choice: Choice, season: number | null = choice.period): string {
  const options: [string, string | number | boolean][] = [];
  const differences = choice.order[1] + choice.seasonal[1];
  if (!choice.mean && differences === 0) options.push(["mean", false]);
  if (choice.drift) options.push(["drift", true]);
  if (choice.method !== "ml") options.push(["method", choice.method]);
  const fixed = Object.entries(choice.fixed).map(([name, value]) => `${name}:${value}`);
  if (fixed.length > 0) options.push(["fixed", fixed.join(";")]);
  if (choice.starts > 0) options.push(["starts", choice.starts]);
  const seasonal = choice.seasonal.some((order) => order > 0);
  const groups = seasonal ? [choice.order, choice.seasonal] : [choice.order];
  return writeNotation("arima", groups, options, seasonal ? season : null);
}
