import { requireInteger, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import { writeNotation } from "../../models/notation.js";

/** How orders are chosen; everything has a default. */
export interface AutoArimaOptions {
  /** What is minimised: `"aicc"` (default), `"aic"` or `"bic"`. */
  readonly criterion?: "aicc" | "aic" | "bic";
  /** `"stepwise"` (default): from neighbour to neighbour. `"full"`: every order within `maxOrder`. */
  readonly search?: "stepwise" | "full";
  /** Differences; default: decided by `unitRootTest`. */
  readonly d?: number;
  /** Seasonal differences; default: decided by `seasonalTest`. */
  readonly D?: number;
  /** Highest orders; default p, q 5 and P, Q 2, less for short series. */
  readonly maxP?: number;
  readonly maxQ?: number;
  readonly maxSeasonalP?: number;
  readonly maxSeasonalQ?: number;
  /** Highest p + q + P + Q of a full search. Default 5. */
  readonly maxOrder?: number;
  /** Most differences the tests may ask for; default 2 and 1. */
  readonly maxDifferences?: number;
  readonly maxSeasonalDifferences?: number;
  /** Steps in a season; default: the period of the series. */
  readonly period?: number;
  /** Whether seasonal orders are considered. Default true. */
  readonly seasonal?: boolean;
  /** No differences at all. Default false. */
  readonly stationary?: boolean;
  /** Whether a level other than 0 is considered. Default true. */
  readonly mean?: boolean;
  /** Whether a drift is considered. Default true. */
  readonly drift?: boolean;
  readonly unitRootTest?: "kpss" | "adf" | "pp";
  readonly seasonalTest?: "strength" | "ocsb" | "hegy" | "canova-hansen";
}

export interface AutoArimaChoice {
  readonly criterion: "aicc" | "aic" | "bic";
  readonly search: "stepwise" | "full";
  readonly d: number | null;
  readonly D: number | null;
  readonly maxP: number;
  readonly maxQ: number;
  readonly maxSeasonalP: number;
  readonly maxSeasonalQ: number;
  readonly maxOrder: number;
  readonly maxDifferences: number;
  readonly maxSeasonalDifferences: number;
  readonly period: number | null;
  readonly seasonal: boolean;
  readonly stationary: boolean;
  readonly mean: boolean;
  readonly drift: boolean;
  readonly unitRootTest: "kpss" | "adf" | "pp";
  readonly seasonalTest: "strength" | "ocsb" | "hegy" | "canova-hansen";
}

export const CRITERIA = ["aicc", "aic", "bic"] as const;
export const SEARCHES = ["stepwise", "full"] as const;
export const UNIT_ROOT_TESTS = ["kpss", "adf", "pp"] as const;
export const SEASONAL_TESTS = ["strength", "ocsb", "hegy", "canova-hansen"] as const;

const DEFAULTS: AutoArimaChoice = {
  criterion: "aicc",
  search: "stepwise",
  d: null,
  D: null,
  maxP: 5,
  maxQ: 5,
  maxSeasonalP: 2,
  maxSeasonalQ: 2,
  maxOrder: 5,
  maxDifferences: 2,
  maxSeasonalDifferences: 1,
  period: null,
  seasonal: true,
  stationary: false,
  mean: true,
  drift: true,
  unitRootTest: "kpss",
  seasonalTest: "strength",
};

/** Bounds beyond which a search over orders would not end within reason. */
const BOUNDS = {
  d: 2,
  D: 1,
  maxP: 30,
  maxQ: 30,
  maxSeasonalP: 5,
  maxSeasonalQ: 5,
  maxOrder: 70,
  maxDifferences: 2,
  maxSeasonalDifferences: 1,
} as const;

/** @throws YuleError `bad-<option>`, naming the option. */
export function checkedOptions(options: AutoArimaOptions): AutoArimaChoice {
  const choice = { ...DEFAULTS, ...options };
  for (const [name, highest] of Object.entries(BOUNDS)) {
    const value = choice[name as keyof typeof BOUNDS];
    if (value !== null) requireInteger(name, value, 0, highest);
  }
  if (choice.period !== null) requireInteger("period", choice.period, 1, 100_000);
  requireWord("criterion", choice.criterion, CRITERIA);
  requireWord("search", choice.search, SEARCHES);
  requireWord("unitRootTest", choice.unitRootTest, UNIT_ROOT_TESTS);
  requireWord("seasonalTest", choice.seasonalTest, SEASONAL_TESTS);
  return choice;
}

function requireWord(name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  const code = `bad-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw usageError(
    code,
    name,
    value,
    `The ${name} of auto-arima must be one of ${allowed.join(", ")}, not ${show(value)}.`,
  );
}

/** Notation name of each option, in the order they are written. */
export const OPTION_NAMES: readonly (readonly [keyof AutoArimaChoice, string])[] = [
  ["criterion", "criterion"],
  ["search", "search"],
  ["d", "d"],
  ["D", "D"],
  ["maxP", "max-p"],
  ["maxQ", "max-q"],
  ["maxSeasonalP", "max-P"],
  ["maxSeasonalQ", "max-Q"],
  ["maxOrder", "max-order"],
  ["maxDifferences", "max-d"],
  ["maxSeasonalDifferences", "max-D"],
  ["seasonal", "seasonal"],
  ["stationary", "stationary"],
  ["mean", "mean"],
  ["drift", "drift"],
  ["unitRootTest", "test"],
  ["seasonalTest", "seasonal-test"],
];

/** The canonical notation: options that differ from their defaults. */
export function autoNotation(choice: AutoArimaChoice): string {
  const written: [string, string | number | boolean][] = [];
  for (const [key, name] of OPTION_NAMES) {
    const value = choice[key];
    if (value !== DEFAULTS[key] && value !== null) written.push([name, value]);
  }
  return writeNotation("auto-arima", [], written, choice.period);
}
