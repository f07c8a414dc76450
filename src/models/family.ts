import type { Model, Process } from "../core/model.js";
import type { InputUse } from "./guard.js";

/** A model notation taken apart: `arima(0,1,1)(0,1,1)[12, …]` has two groups, a season and options. */
export interface ModelCall {
  readonly name: string;
  /** Positional arguments, a list for each pair of parentheses: `[["0","1","1"],["0","1","1"]]`. */
  readonly groups: readonly (readonly string[])[];
  /** The `[m]`, or null when left out: the model then takes the period of the series. */
  readonly season: number | null;
  /** `key=value` options, checked against the family's list before `build` sees them. */
  readonly options: ReadonlyMap<string, string>;
}

/** One option of a family, for checking, for `yule models` and for the docs. */
export interface FamilyOption {
  readonly name: string;
  /** Allowed words, or what kind of value is read. */
  readonly values: readonly string[] | "integer" | "number" | "text";
  readonly default: string;
  readonly summary: string;
  /** What a value must be, in words: `a whole number from 0 to 12`. */
  readonly takes?: string;
  /** Whether it stands without its name in parentheses, or in brackets as a period. Default `option`. */
  readonly place?: "option" | "argument" | "period";
}

/** A family of models as the registry knows it: how it is written, built, and found again in a saved file. */
export interface Family {
  readonly name: string;
  /** One line for `yule models`. */
  readonly summary: string;
  /** Notations that show every form, e.g. `["ar(3)", "ar(auto)", "ar(3, method=burg)"]`. */
  readonly forms: readonly string[];
  readonly options: readonly FamilyOption[];
  /** Whether the family uses regressors, or refuses them itself; others leave them out and say so. */
  readonly inputs?: boolean;
  /** What it does with regressors and with missing values, for lists; `held`: what the model it holds does. */
  readonly treats?: {
    readonly inputs: InputUse | "held";
    readonly missing: Model["missing"] | "held";
  };
  /** Whether `[m]` may be written. */
  readonly seasonal: boolean;
  /** Whether it may be no whole number, as in `[52.18]`. Default false. */
  readonly fractionalPeriod?: boolean;
  /** Every process its fits can have; saved models find theirs by `kind`. */
  readonly processes: readonly Process<unknown, unknown>[];
  /** Finds the process of a kind that wraps another, e.g. `transformed:arima`; `find` looks the inner one up. */
  resolve?(kind: string, find: (kind: string) => Process<unknown, unknown>): Process<unknown, unknown> | null;
  /** Whether `build` checks the options itself. Default: they are checked against the list before. */
  readonly checksOptions?: boolean;
  /**
   * @param parse reads a notation inside this one.
   * @throws YuleError `bad-model` when the positional arguments do not fit.
   */
  build(call: ModelCall, parse: (notation: string) => Model): Model;
}
