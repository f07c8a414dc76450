import { YuleError } from "../../core/errors.js";
import type { Note } from "../../core/model.js";
import type { Failed } from "../../run/tasks/task.js";
import { type Context, reportNotes } from "../context.js";
import type { BatchResult } from "./batch.js";

/** Most kinds of failures, and series, that are reported one by one. */
const TOLD = 10;

interface Kind {
  readonly first: Failed;
  count: number;
}

/** Failures and notes of many series, of which only the kinds, their firsts and their numbers are kept. */
export class Tally {
  private readonly kinds = new Map<string, Kind>();
  private readonly noted = new Map<string, { note: Note; first: string; count: number }>();

  /** Whether an update had a row that its saved model had not seen. */
  news = false;

  take({ failures, notes, news }: BatchResult): void {
    this.news ||= news;
    for (const failed of failures) {
      const key = `${failed.error.code} ${failed.model}`;
      const kind = this.kinds.get(key);
      if (kind === undefined) this.kinds.set(key, { first: failed, count: 1 });
      else kind.count++;
    }
    for (const { note, first, count } of notes) {
      const known = this.noted.get(note.code);
      if (known === undefined) this.noted.set(note.code, { note, first, count });
      else known.count += count;
    }
  }

  /** The first failure, where everything failed. */
  allFailed(count: number): YuleError {
    const [kind] = this.kinds.values();
    if (kind === undefined) {
      return new YuleError({
        code: "all-failed",
        category: "data",
        message: `All ${count} series and models failed; the stopped run reported the reasons.`,
      });
    }
    const { error } = kind.first;
    if (count === 1) return new YuleError(error);
    return new YuleError({ ...error, hint: `All ${count} series and models failed; this is the first.` });
  }

  /** Tells on stderr what failed, a line a kind, and the notes. */
  tell(context: Context): void {
    for (const { note, first, count } of this.noted.values()) {
      reportNotes(context, count === 1 ? first : `${count} series, the first ${first}`, [note]);
    }
    const kinds = [...this.kinds.values()].sort((a, b) => b.count - a.count);
    for (const { first, count } of kinds.slice(0, TOLD)) {
      const { id, model, error } = first;
      const which = count === 1 ? id : `${count} series, the first ${id}`;
      context.warn(`${which}${model === "" ? "" : `, ${model}`}: failed: ${error.message}`);
    }
    const { failures } = context.settings;
    const total = kinds.reduce((sum, { count }) => sum + count, 0);
    if (total > 1) {
      const where =
        failures === undefined
          ? "--failures FILE writes the reason of each"
          : `${failures} has the reason of each`;
      context.warn(`${total} fits failed; ${where}.`);
    }
  }
}
