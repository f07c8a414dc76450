import { following } from "../../core/alignment.js";
import { formatFrequency, timeLabel } from "../../core/calendar.js";
import { dataError } from "../../core/errors.js";
import type { Fitted, Origin } from "../../core/model.js";
import { inputRow, type Series } from "../../core/series.js";
import { update } from "../../engine/update.js";
import type { Cell, Column, Table } from "../../report/table.js";
import type { Run } from "../command.js";
import type { Context } from "../context.js";
import { readData } from "../data.js";
import { emit } from "../output.js";
import { detach } from "../tasks/detached.js";
import { loadFrom, saveFitted } from "./work.js";

/** One new row: what came, and what the model had expected. */
interface Step {
  readonly ds: string;
  readonly y: number;
  readonly mean: number;
  readonly residual: number;
  /** The residual in standard deviations of the one-step forecast. */
  readonly standardized: number;
}

interface Updated {
  readonly fitted: Fitted;
  readonly steps: readonly Step[];
}

/** Takes new rows into saved models and saves them again. */
export const runUpdate: Run = async (context, name, file) => {
  const models = await loadFrom(context, name!);
  const data = await readData(context, file, defaultsFrom(models));
  const updated = models.map((fitted) => {
    const series = rowsFor(fitted.origin, data.panel, models);
    return series === null ? { fitted, steps: [] } : take(context, fitted, series);
  });
  if (updated.every(({ steps }) => steps.length === 0)) {
    throw dataError(
      "no-new-rows",
      name!,
      0,
      `There is no row for the models of ${name} that they have not seen; nothing was changed.`,
    );
  }
  const settings = { ...context.settings, save: context.settings.save ?? name! };
  await saveFitted(
    { ...context, settings },
    updated.map(({ fitted }) => detach(fitted)),
  );
  const items = updated.map(itemOf);
  await emit(context, { json: { updates: items }, items, table: updateTable(updated, data.showIds) });
  return 0;
};

/** New rows may be too few to show their frequency; the model knows it. */
function defaultsFrom(models: readonly Fitted[]) {
  const { time, period } = models[0]!.origin;
  const inputs = [...new Set(models.flatMap(({ origin }) => origin.inputNames))];
  return {
    period,
    ...(inputs.length === 0 ? {} : { inputs }),
    ...(time === null ? {} : { frequency: formatFrequency(time.frequency) }),
  };
}

/** The rows of a model's own series; a lone series serves lone models. */
function rowsFor({ id }: Origin, panel: readonly Series[], models: readonly Fitted[]): Series | null {
  const own = panel.find((series) => series.id === id);
  const lone = panel.length === 1 && new Set(models.map(({ origin }) => origin.id)).size === 1;
  return own ?? (lone ? panel[0]! : null);
}

function take(context: Context, model: Fitted, series: Series): Updated {
  const { seen, gap } = following(model.origin, series);
  const { id } = model.origin;
  if (seen > 0)
    context.decided(
      `${id}: ${Math.min(seen, series.y.length)} rows that ${model.notation} has seen already were left out.`,
    );
  if (gap > 0)
    context.warn(
      `${id}: ${gap} ${gap === 1 ? "step is" : "steps are"} missing before the first new row and count as missing values.`,
    );
  let fitted = model;
  const steps: Step[] = [];
  for (let t = -gap; t < series.y.length; t++) {
    if (t >= 0 && t < seen) continue;
    const y = t < 0 ? Number.NaN : series.y[t]!;
    const step = t < 0 ? null : expectation(fitted, series, t);
    if (step !== null) steps.push(step);
    fitted = update(fitted, [y], inputsAt(fitted.origin, series, t));
  }
  return { fitted, steps };
}

function inputsAt({ inputNames }: Origin, { inputs }: Series, t: number): Record<string, number[]> {
  return Object.fromEntries(
    inputNames.map((name) => [name, [inputs.columns[inputs.names.indexOf(name)]?.[t] ?? Number.NaN]]),
  );
}

function expectation({ process, params, state, origin }: Fitted, series: Series, t: number): Step {
  const columns = origin.inputNames.map((name) => series.inputs.columns[series.inputs.names.indexOf(name)]!);
  const { mean, variance } = process.conditional(
    params,
    state,
    inputRow({ names: origin.inputNames, columns }, t),
  );
  const residual = series.y[t]! - mean;
  const ds = series.time === null ? String(origin.length + 1) : timeLabel(series.time, t);
  return { ds, y: series.y[t]!, mean, residual, standardized: residual / Math.sqrt(variance) };
}

function itemOf({ fitted, steps }: Updated): object {
  const { notation, origin } = fitted;
  return { id: origin.id, model: notation, status: "ok", observations: origin.length, steps };
}

function updateTable(updated: readonly Updated[], showIds: boolean): Table {
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
