import type { YuleErrorFields } from "../../../core/errors.js";
import { YuleError } from "../../../core/errors.js";
import type { FitReport, Note } from "../../../core/model.js";
import { significant } from "../../../report/numbers.js";
import { fieldsOf } from "../../../run/outcome.js";
import type { Failed, Outcome } from "../../../run/tasks/task.js";
import { type Context, reportNotes } from "../../context.js";
import { EXIT, errorJson } from "../../failure.js";
import { failuresHeader, failuresText } from "../../output/failures.js";
import { stage } from "../../places/write.js";

/** The successful outcomes. */
export function succeeded<T>(outcomes: readonly Outcome<T>[]): Extract<Outcome<T>, { status: "ok" }>[] {
  return outcomes.filter((outcome) => outcome.status === "ok");
}

/** Failures that are told one by one; of more, the first of each kind and how many there are. */
const TOLD = 10;

/**
 * Reports failed outcomes on stderr and gives the exit code of a run with them.
 *
 * @throws YuleError where nothing succeeded, or where a model failed on every series by how it was asked for.
 */
export function reportFailures<T>(context: Context, outcomes: readonly Outcome<T>[]): number {
  const failed = outcomes.filter((outcome) => outcome.status === "failed");
  writeFailures(context, failed);
  const first = failed[0];
  if (first === undefined) return EXIT.success;
  const misused = misusedOf(outcomes, failed);
  if (misused !== undefined) throw new YuleError(misused.error);
  if (failed.length === outcomes.length) throw allFailed(first, failed.length);
  if (failed.length <= TOLD)
    for (const { id, model, error } of failed) context.warn(`${named(id, model)}: failed: ${error.message}`);
  else tellKinds(context, failed);
  return EXIT.partial;
}

/** Writes the failed series, those that could not be read among them, where --failures asks for it. */
function writeFailures({ settings, shell, skipped = [] }: Context, failed: readonly Failed[]): void {
  const name = settings.failures;
  if (name === undefined) return;
  const unreadable = skipped.map(({ id, error }): Failed => {
    return { status: "failed", id, model: "", error: fieldsOf(error, id) };
  });
  const all = [...unreadable, ...failed];
  const text = all.length === 0 ? "" : failuresText(name, all);
  stage("failures", shell.cwd, name, failuresHeader(name) + text).commit();
}

/** A usage error that a model met on every series: there what was asked for is wrong, not one of the series. */
function misusedOf(outcomes: readonly Outcome<unknown>[], failed: readonly Failed[]): Failed | undefined {
  const series = new Set(outcomes.map(({ id }) => id)).size;
  const misused = grouped(
    failed.filter(({ error }) => error.category === "usage"),
    ({ model }) => model,
  );
  return misused.find((group) => new Set(group.map(({ id }) => id)).size === series)?.[0];
}

/** One line a kind of failure: how many series, the first of them, and its sentence. */
function tellKinds(context: Context, failed: readonly Failed[]): void {
  const kinds = grouped(failed, ({ model, error }) => `${error.code} ${model}`);
  kinds.sort((a, b) => b.length - a.length);
  for (const group of kinds.slice(0, TOLD)) {
    const { id, model, error } = group[0]!;
    const which = group.length === 1 ? id : `${group.length} series, the first ${id}`;
    context.warn(`${named(which, model)}: failed: ${error.message}`);
  }
  const rest = kinds.slice(TOLD).reduce((sum, { length }) => sum + length, 0);
  const others = rest === 0 ? "" : `, ${rest} of them in other ways`;
  context.warn(`${failed.length} fits failed${others}; --failures FILE writes the reason of each.`);
}

/** A series with its model, where one was found for it. */
function named(which: string, model: string): string {
  return model === "" ? which : `${which}, ${model}`;
}

function grouped<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

function allFailed({ error }: Failed, count: number): YuleError {
  if (count === 1) return new YuleError(error);
  return new YuleError({ ...error, hint: `All ${count} series and models failed; this is the first.` });
}

/** A failed outcome as an item of JSON results. */
export function failedJson({ id, model, error }: Failed): object {
  return { id, model, status: "failed", ...errorJson(new YuleError(error as YuleErrorFields)) };
}

/** Reports the notes of every result, those that many series share once. */
export function reportAll(
  context: Context,
  done: readonly { readonly id: string; readonly value: { readonly notes: readonly Note[] } }[],
): void {
  const several = new Set(done.map(({ id }) => id)).size > 1;
  if (!several) {
    const seen = new Map(done.flatMap(({ value }) => value.notes).map((note) => [note.message, note]));
    reportNotes(context, "", [...seen.values()]);
    return;
  }
  const byCode = new Map<string, { note: Note; ids: Set<string> }>();
  for (const { id, value } of done) {
    for (const note of value.notes) {
      const group = byCode.get(note.code) ?? { note, ids: new Set() };
      group.ids.add(id);
      byCode.set(note.code, group);
    }
  }
  for (const { note, ids } of byCode.values()) {
    const [first] = ids;
    const about = ids.size === 1 ? first! : `${ids.size} series, the first ${first}`;
    reportNotes(context, about, [note]);
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
