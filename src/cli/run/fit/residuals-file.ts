import type { Panel } from "../../../core/series.js";
import { timeLabel } from "../../../core/time/calendar.js";
import { replay } from "../../../engine/replay.js";
import { alignInputs } from "../../../engine/update.js";
import { type Cell, madeRows, type Table } from "../../../report/table.js";
import { attach } from "../../../run/tasks/detached.js";
import type { FitResult } from "../../../run/tasks/results.js";
import type { Outcome } from "../../../run/tasks/task.js";
import type { Context } from "../../context.js";
import { writeRows } from "../../output/output.js";

type Ok = Extract<Outcome<FitResult>, { status: "ok" }>;

/** Writes fitted values, residuals and standardised residuals of every fit, where --fitted asks for them. */
export async function saveResiduals(
  context: Context,
  done: readonly Ok[],
  panel: Panel,
  showIds: boolean,
): Promise<void> {
  const name = context.settings.fitted;
  if (name === undefined) return;
  await writeRows(context, "fitted", name, residualTable(done, panel, showIds));
  context.decided(`Wrote fitted values and residuals to ${name}.`);
}

function residualTable(done: readonly Ok[], panel: Panel, showIds: boolean): Table {
  const names = ["ds", "model", "y", "fitted", "residual", "standardized"];
  const known = new Map(panel.map((series) => [series.id, series]));
  const rows = function* (): Generator<Cell[]> {
    for (const { id, model, value } of done) {
      const series = known.get(id)!;
      const { process, params, ...rest } = attach(value.fitted);
      const aligned = alignInputs({ process, params, ...rest }, series);
      const { fitted, residuals, standardized } = replay(process, params, aligned);
      for (let t = 0; t < series.y.length; t++) {
        const ds = series.time === null ? String(t + 1) : timeLabel(series.time, t);
        const row: Cell[] = [ds, model, series.y[t]!, fitted[t]!, residuals[t]!, standardized[t]!];
        yield showIds ? [id, ...row] : row;
      }
    }
  };
  return {
    columns: [...(showIds ? ["unique_id"] : []), ...names].map((name) => ({ name })),
    rows: madeRows(rows),
  };
}
