import { YuleError, type YuleErrorFields } from "../../core/errors.js";
import type { Fitted } from "../../core/model.js";
import type { Panel, Series } from "../../core/series.js";
import { formatFrequency } from "../../core/time/calendar.js";
import { fileOfModels } from "../../io/model-files.js";
import { fieldsOf } from "../../run/outcome.js";
import type { Outcome } from "../../run/tasks/task.js";
import type { Run } from "../command.js";
import type { Context } from "../context.js";
import { readData } from "../data.js";
import { givenInputs } from "../future.js";
import { emit } from "../output/output.js";
import { savePlot } from "../output/plots.js";
import { ClosedPipe } from "../output/print.js";
import { type Lock, locked } from "../places/lock.js";
import { checkWritable, stage } from "../places/write.js";
import { loadFrom } from "./load.js";
import { reportFailures, succeeded } from "./tasks/shared.js";
import { fitNewcomer, newcomersOf } from "./update/newcomers.js";
import { updatePicture } from "./update/picture.js";
import { take, type Updated } from "./update/rows.js";
import { itemOf, nothingNew, updateTable } from "./update/shape.js";

/** A new row a day is what updates are for. */
const USUAL = ["single-value"];

/** Takes new rows into saved models and saves them again, one program at a time. */
export const runUpdate: Run = async (context, name, file) => {
  const target = context.settings.save ?? name!;
  await checkWritable("save", context.shell.cwd, target);
  return locked(context, target, async (lock) => {
    const { streamUpdate } = await import("../stream/loaded/update.js");
    return (
      (await streamUpdate(context, name!, file, target, lock)) ??
      updateFile(context, name!, file, target, lock)
    );
  });
};

async function updateFile(
  context: Context,
  name: string,
  file: string | undefined,
  target: string,
  lock: Lock,
): Promise<number> {
  const models = await loadFrom(context, name);
  const { panel, showIds } = await readData(context, file, defaultsFrom(models), USUAL);
  const { rows, unknown } = matched(models, panel);
  const added = newcomersOf(context, name, models, unknown);
  const outcomes = [
    ...models.map((fitted, at) => moved(context, fitted, rows[at]!)),
    ...(await Promise.all(added.map((series) => fresh(context, models, series)))),
  ];
  const code = reportFailures(context, outcomes);
  const done = succeeded(outcomes);
  if (added.length === 0 && done.every(({ value }) => value.steps.length === 0)) throw nothingNew(name);
  const kept = outcomes.flatMap((outcome, at): Fitted[] =>
    outcome.status === "ok" ? [outcome.value.fitted] : models.slice(at, at + 1),
  );
  const updated = done.map(({ value }) => value);
  await saveWith(context, target, kept, lock, async () => {
    await savePlot(context, () => ({
      title: "Update",
      remarks: [],
      table: updateTable(updated, showIds),
      figures: updated.flatMap((one) => updatePicture(one) ?? []),
    }));
    await emit(context, {
      items: () => outcomes.map(itemOf),
      json: (updates) => ({ updates }),
      table: updateTable(updated, showIds),
    });
  });
  return code;
}

/**
 * Saves the models once their result is out: what is on the disk before is all but the name. Where the result cannot be
 * written the models stay as they were, so that the same update can be run again.
 */
async function saveWith(
  context: Context,
  target: string,
  models: readonly Fitted[],
  lock: Lock,
  tell: () => Promise<void>,
): Promise<void> {
  lock.requireHeld();
  const staged = stage("save", context.shell.cwd, target, fileOfModels(target, models));
  let closed: ClosedPipe | null = null;
  try {
    await tell();
  } catch (error) {
    if (!(error instanceof ClosedPipe)) {
      staged.discard();
      throw error;
    }
    closed = error;
  }
  try {
    lock.requireHeld();
  } catch (error) {
    staged.discard();
    throw error;
  }
  staged.commit();
  const count = models.length === 1 ? "the fitted model" : `${models.length} fitted models`;
  context.decided(`Saved ${count} to ${target}.`);
  if (closed !== null) throw closed;
}

/** New rows may be too few to show their frequency; the model knows it. */
function defaultsFrom(models: readonly Fitted[]) {
  const { time, period } = models[0]!.origin;
  const inputs = givenInputs(models);
  return {
    period,
    ...(inputs.length === 0 ? {} : { inputs }),
    ...(time === null ? {} : { frequency: formatFrequency(time.frequency) }),
  };
}

/** The rows of each model's own series, null where there are none; a lone series serves lone models. */
function matched(models: readonly Fitted[], panel: Panel): { rows: (Series | null)[]; unknown: Series[] } {
  const ids = new Set(models.map(({ origin }) => origin.id));
  const byId = new Map(panel.map((series) => [series.id, series]));
  const [only] = panel;
  const lone = panel.length === 1 && ids.size === 1 ? only! : null;
  const rows = models.map(({ origin }) => byId.get(origin.id) ?? lone);
  return { rows, unknown: lone === null ? panel.filter(({ id }) => !ids.has(id)) : [] };
}

function moved(context: Context, fitted: Fitted, series: Series | null): Outcome<Updated> {
  const named = { id: fitted.origin.id, model: fitted.notation };
  try {
    const value = series === null ? { fitted, steps: [], expected: [], notes: [] } : take(fitted, series);
    for (const { severity, message } of value.notes) {
      const sentence = `${fitted.origin.id}: ${message}`;
      if (severity === "info") context.decided(sentence);
      else context.warn(sentence);
    }
    return { status: "ok", ...named, value };
  } catch (error) {
    return { status: "failed", ...named, error: expected(error) };
  }
}

async function fresh(context: Context, models: readonly Fitted[], series: Series): Promise<Outcome<Updated>> {
  try {
    const fitted = await fitNewcomer(context, models, series);
    context.decided(`${series.id}: ${fitted.notation} fitted to ${series.y.length} rows.`);
    return {
      status: "ok",
      id: series.id,
      model: fitted.notation,
      value: { fitted, steps: [], expected: [], notes: [] },
    };
  } catch (error) {
    return { status: "failed", id: series.id, model: models[0]!.notation, error: expected(error) };
  }
}

function expected(error: unknown): YuleErrorFields {
  if (error instanceof YuleError) return fieldsOf(error);
  throw error;
}
