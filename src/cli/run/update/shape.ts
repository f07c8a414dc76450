import { dataError, type YuleError } from "../../../core/errors.js";
import type { Cell, Column, Table } from "../../../report/table.js";
import type { Outcome } from "../../../run/tasks/task.js";
import type { Shape } from "../../stream/shape.js";
import { failedJson } from "../tasks/shared.js";
import type { Updated } from "./rows.js";

/** How updates are written series by series. */
export const UPDATE_SHAPE: Shape<Updated> = {
  list: "updates",
  settled: (settings) => settings,
  item: itemOf,
  table: (done) =>
    updateTable(
      done.map(({ value }) => value),
      true,
    ),
  notes: ({ notes }) => notes,
};

export function nothingNew(name: string): YuleError {
  return dataError(
    "no-new-rows",
    name,
    0,
    `The models of ${name} already include every row; nothing was changed.`,
  );
}

export function itemOf(outcome: Outcome<Updated>): object {
  if (outcome.status === "failed") return failedJson(outcome);
  const { fitted, steps } = outcome.value;
  const { notation, origin } = fitted;
  return { id: origin.id, model: notation, status: "ok", observations: origin.length, steps };
}

export function updateTable(updated: readonly Updated[], showIds: boolean): Table {
  const shared = ["y", "mean", "residual"].map((name): Column => ({ name, round: "shared" }));
  const names = [...(showIds ? ["unique_id"] : []), "ds", "model"].map((name) => ({ name }));
  const rows = updated.flatMap(({ fitted, steps }) =>
    steps.map(({ ds, y, mean, residual, standardized }): Cell[] => [
      ...(showIds ? [fitted.origin.id] : []),
      ds,
      fitted.notation,
      y,
      mean,
      residual,
      standardized,
    ]),
  );
  return { columns: [...names, ...shared, { name: "standardized", round: "each" }], rows };
}
