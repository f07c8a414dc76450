import type { YuleErrorFields } from "../../core/errors.js";
import { YuleError } from "../../core/errors.js";
import type { FitReport, Note } from "../../core/model.js";
import { significant } from "../../report/numbers.js";
import { type Context, tellNotes } from "../context.js";
import { EXIT, errorJson } from "../failure.js";
import type { Failed, Outcome } from "../tasks/task.js";

/** The successful outcomes. */
export function succeeded<T>(outcomes: readonly Outcome<T>[]): Extract<Outcome<T>, { status: "ok" }>[] {
  return outcomes.filter((outcome) => outcome.status === "ok");
}

/**
 * Reports failed outcomes on stderr and gives the exit code of a run with them.
 *
 * @throws YuleError the first error where it is a matter of usage, or where nothing succeeded.
 */
export function reportFailures<T>(context: Context, outcomes: readonly Outcome<T>[]): number {
  const failed = outcomes.filter((outcome) => outcome.status === "failed");
  const first = failed[0];
  if (first === undefined) return EXIT.success;
  const usage = failed.find(({ error }) => error.category === "usage");
  if (usage !== undefined) throw new YuleError(usage.error);
  if (failed.length === outcomes.length) throw allFailed(first, failed.length);
  for (const { id, model, error } of failed) context.warn(`${id}, ${model}: failed: ${error.message}`);
  return EXIT.partial;
}

function allFailed({ error }: Failed, count: number): YuleError {
  if (count === 1) return new YuleError(error);
  return new YuleError({ ...error, hint: `All ${count} series and models failed; this is the first.` });
}

/** A failed outcome as an item of JSON results. */
export function failedJson({ id, model, error }: Failed): object {
  return { id, model, status: "failed", ...errorJson(new YuleError(error as YuleErrorFields)) };
}

/** Tells the notes of every result, those that many series share once. */
export function tellAll(
  context: Context,
  results: readonly { readonly id: string; readonly notes: readonly Note[] }[],
): void {
  const several = new Set(results.map(({ id }) => id)).size > 1;
  if (!several) {
    const seen = new Map(results.flatMap(({ notes }) => notes).map((note) => [note.message, note]));
    tellNotes(context, "", [...seen.values()]);
    return;
  }
  const byCode = new Map<string, { note: Note; ids: Set<string> }>();
  for (const { id, notes } of results) {
    for (const note of notes) {
      const group = byCode.get(note.code) ?? { note, ids: new Set() };
      group.ids.add(id);
      byCode.set(note.code, group);
    }
  }
  for (const { note, ids } of byCode.values()) {
    const [first] = ids;
    const about = ids.size === 1 ? first! : `${ids.size} series, the first ${first}`;
    tellNotes(context, about, [note]);
  }
}

/** Notes as JSON results carry them. */
export function notesJson(notes: readonly Note[]): object[] {
  return notes.map(({ code, message, severity, details }) => ({
    code,
    message,
    severity,
    ...(details === undefined ? {} : { details }),
  }));
}

/** What a search for a model tried, for --verbose: one line a candidate. */
export function searchLines({ details }: FitReport): string[] {
  return Object.entries(details)
    .filter(([key]) => /search/i.test(key))
    .flatMap(([key, found]) => linesOf(key, found));
}

/** A list of records takes a line each, a record a line for itself and one for each record in it. */
function linesOf(key: string, value: unknown): string[] {
  if (isRecords(value)) return value.map((row) => `  ${key}: ${fieldsText(row)}`);
  if (!isRecord(value)) return [`  ${key}: ${fieldsText(value)}`];
  const inner = Object.entries(value).filter(([, item]) => isRecord(item) || isRecords(item));
  const own = Object.entries(value).filter(([, item]) => !isRecord(item) && !isRecords(item));
  const first = own.length > 0 ? [`  ${key}: ${fieldsText(Object.fromEntries(own))}`] : [];
  return [...first, ...inner.flatMap(([name, item]) => linesOf(name, item))];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isRecords(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}

function fieldsText(value: unknown): string {
  if (typeof value === "number") return significant(value, 7);
  if (Array.isArray(value)) {
    const orders = value.length <= 3 && value.every((item) => Number.isInteger(item));
    return orders ? `(${value.join(",")})` : value.map(fieldsText).join(" ");
  }
  if (!isRecord(value)) return String(value);
  return Object.entries(value)
    .map(([name, item]) => `${name} ${fieldsText(item)}`)
    .join(", ");
}
