import type { YuleErrorFields } from "../../core/errors.js";
import type { Series } from "../../core/series.js";
import type { Decoding } from "../../engine/decoding/notation.js";
import type { FutureInputs } from "../../engine/inputs.js";
import type { Fold } from "../../evaluate/folds.js";
import type { MissingPolicy } from "../../models/missing.js";
import type { Detached } from "./detached.js";

/** The model of a task: to be fitted, or fitted before. */
export type TaskModel =
  | { readonly notation: string; readonly missing: MissingPolicy }
  /** `refit`: the memory is made anew from the series of the task. */
  | { readonly fitted: Detached; readonly refit: boolean }
  /** The training of a panel could not take the series. */
  | { readonly refused: YuleErrorFields; readonly asked: string };

/** What is to be done with one series, as plain data that crosses threads. */
export interface Task {
  readonly kind: "forecast" | "fit" | "estimate" | "simulate" | "backtest" | "anomalies";
  /** Null where a loaded model goes on from where it stands. */
  readonly series: Series | null;
  readonly model: TaskModel;
  readonly horizon: number | null;
  readonly levels: readonly number[];
  readonly paths: number | null;
  readonly seed: number;
  readonly future: FutureInputs | null;
  /** Simulations only: how values are chosen at each step; absent: drawn. */
  readonly decode?: Decoding;
  /** Simulations only: the model that proposes values. */
  readonly draft?: TaskModel;
  /** Whether the fitted model is part of the result: to be saved, or to be explained. */
  readonly keep: boolean;
  /** Forecasts only: what the probability is asked of, e.g. `sum>1000`. */
  readonly events?: readonly string[];
  /** Forecasts only: whether one-step predictions of the series are part of the result. */
  readonly history?: boolean;
  /** Backtests only: where to forecast from. */
  readonly rolling?: Rolling;
}

export interface Rolling {
  readonly folds: readonly Fold[];
  readonly gap: number;
  readonly refit: number;
  readonly inputs: "known" | "withheld";
}

/** What came of a task. */
export type Outcome<T> =
  | { readonly status: "ok"; readonly id: string; readonly model: string; readonly value: T }
  | {
      readonly status: "failed";
      readonly id: string;
      readonly model: string;
      readonly error: YuleErrorFields;
    };

/** A failed outcome among others. */
export type Failed = Extract<Outcome<unknown>, { status: "failed" }>;
