import type { Note } from "../../core/model.js";
import type { Table } from "../../report/table.js";
import type { TaskResults } from "../../run/tasks/perform.js";
import type { Outcome } from "../../run/tasks/task.js";
import type { Settings } from "../options/options.js";
import type { Updated } from "../run/update/rows.js";

/** What each kind of work that is done series by series yields. */
export interface StreamResults extends Omit<TaskResults, "backtest" | "estimate"> {
  readonly update: Updated;
}

export type StreamKind = keyof StreamResults;

type Ok<T> = Extract<Outcome<T>, { status: "ok" }>;

/** How results of a kind are written. */
export interface Shape<T> {
  /** The name of their list in JSON. */
  readonly list: string;
  /** The settings with what holds for the command where nothing was said. */
  readonly settled: (settings: Settings) => Settings;
  readonly item: (outcome: Outcome<T>, settings: Settings) => object;
  /** Rows of CSV of series that are named. */
  readonly table: (done: readonly Ok<T>[], settings: Settings) => Table;
  readonly notes: (value: T) => readonly Note[];
}
