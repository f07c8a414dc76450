import type { Note } from "../../../core/model.js";
import type { Panel, Series } from "../../../core/series.js";
import { load, save } from "../../../io/model-file.js";
import type { Batch } from "../../../io/stream/batches.js";
import { fieldsOf } from "../../../run/outcome.js";
import { fittedOf } from "../../../run/tasks/fitted-of.js";
import type { Outcome } from "../../../run/tasks/task.js";
import { loadFamilies } from "../../../select/catalogue.js";
import { modelByItself, WITHOUT_HIGH_EFFORT } from "../../run/update/by-itself.js";
import { take, type Updated } from "../../run/update/rows.js";
import type { StreamPlan } from "../plan.js";

/** What came of the models of a batch, and all of them as they are to be saved. */
export interface UpdatedBatch {
  readonly outcomes: Outcome<Updated>[];
  readonly saved: string;
  /** Whether a model had a row that it had not seen. */
  readonly news: boolean;
}

/**
 * Moves the models of a batch over the new rows of their series; a series without a model gets one. A model that fails stays as it
 * was.
 */
export async function updateBatch(
  { settings, notations }: StreamPlan,
  { starts, models }: Batch,
  panel: Panel,
): Promise<UpdatedBatch> {
  const rows = new Map(panel.map((series) => [series.id, series]));
  const outcomes: Outcome<Updated>[] = [];
  let saved = "";
  for (const [at, { id }] of starts.entries()) {
    const series = rows.get(id) ?? null;
    const texts = models![at]!;
    await loadFamilies(texts === "" ? [...notations] : [texts]);
    for (const text of texts.split("\n")) {
      const outcome =
        text === "" ? added(series!, notations[0]!, settings.seed ?? 1) : moved(id, text, series);
      outcomes.push(outcome);
      if (outcome.status === "ok") saved += `${series === null ? text : save(outcome.value.fitted)}\n`;
      else if (text !== "") saved += `${text}\n`;
    }
  }
  const news = outcomes.some((outcome) => outcome.status === "ok" && outcome.value.steps.length > 0);
  return { outcomes, saved, news };
}

function moved(id: string, text: string, series: Series | null): Outcome<Updated> {
  let model = "";
  try {
    const fitted = load(text, id);
    model = fitted.notation;
    const value = series === null ? { fitted, steps: [], expected: [], notes: [] } : take(fitted, series);
    return { status: "ok", id, model, value };
  } catch (error) {
    return { status: "failed", id, model, error: fieldsOf(error, id) };
  }
}

function added(series: Series, asked: string, seed: number): Outcome<Updated> {
  const { id } = series;
  const notation = modelByItself(asked);
  try {
    const fitted = fittedOf({ model: { notation, missing: "keep" }, series, seed, horizon: null });
    const notes = [newNote(fitted.notation, notation !== asked)];
    return { status: "ok", id, model: fitted.notation, value: { fitted, steps: [], expected: [], notes } };
  } catch (error) {
    return { status: "failed", id, model: notation, error: fieldsOf(error, id) };
  }
}

function newNote(notation: string, less: boolean): Note {
  return {
    code: "model-added",
    severity: less ? "warning" : "info",
    message: `There was no model yet; ${notation} was fitted${less ? `: ${WITHOUT_HIGH_EFFORT}` : ""}.`,
  };
}
