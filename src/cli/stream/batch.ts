import type { YuleErrorFields } from "../../core/errors.js";
import type { Note } from "../../core/model.js";
import type { Panel } from "../../core/series.js";
import { save } from "../../io/model-file.js";
import type { Batch } from "../../io/stream/batches.js";
import { CsvBytes } from "../../report/text/csv.js";
import { jsonItem, ndjsonLines } from "../../report/text/json.js";
import { attach, type Detached } from "../../run/tasks/detached.js";
import { perform, type TaskOf } from "../../run/tasks/perform.js";
import type { Failed, Outcome } from "../../run/tasks/task.js";
import { loadFamilies } from "../../select/catalogue.js";
import type { Settings } from "../options/options.js";
import { parquetLines } from "../output/parquet-lines.js";
import { NO_ROWS, readBatch } from "./input/read-batch.js";
import type { Pair } from "./loaded/pairs.js";
import type { StreamPlan } from "./plan.js";
import type { Shape, StreamKind, StreamResults } from "./shape.js";
import { shapeOf } from "./shapes.js";

/** A note and the series that have it. */
export interface Noted {
  readonly note: Note;
  readonly first: string;
  readonly count: number;
}

/** What came of a batch, as it is written. */
export interface BatchResult {
  /** Rows of CSV, lines of NDJSON, or items of JSON with commas between. */
  readonly text: Uint8Array<ArrayBuffer>;
  /** Saved models, one a line. */
  readonly models: Uint8Array<ArrayBuffer>;
  readonly series: number;
  /** Fits that were tried; a series that could not be read counts as one. */
  readonly tried: number;
  readonly failures: readonly Failed[];
  readonly notes: readonly Noted[];
  /** Whether an update had a row that its saved model had not seen; false for other work. */
  readonly news: boolean;
}

/** Reads, fits and writes the series of a batch; the same whatever thread does it. */
export async function performBatch(plan: StreamPlan, batch: Batch): Promise<BatchResult> {
  await loadFamilies(plan.notations);
  const shape = await shapeOf(plan.kind);
  const { panel, unreadable } = batch.bytes.length === 0 ? NO_ROWS : await readBatch(plan, batch);
  const { outcomes, saved, refused, news } = await worked(plan, shape, batch, panel);
  const failed = outcomes.filter((outcome) => outcome.status === "failed");
  const unworked = [...refused, ...unreadable];
  return {
    text: written(plan, shape, inOrder(batch, [...outcomes, ...refused])),
    models: encoded(saved),
    series: batch.series,
    tried: outcomes.length + unworked.length,
    failures: inOrder(batch, [...failed, ...unworked]),
    notes: notesOf(shape, outcomes),
    news,
  };
}

/** Outcomes or failures in the order of their series, whichever part of the work they come from. */
function inOrder<T extends { readonly id: string }>({ starts }: Batch, results: readonly T[]): T[] {
  if (results.length < 2) return [...results];
  const places = new Map(starts.map(({ id }, at) => [id, at]));
  const placeOf = ({ id }: T) =>
    places.get(id) ?? places.get(id.slice(0, id.lastIndexOf("/"))) ?? starts.length;
  return [...results].sort((a, b) => placeOf(a) - placeOf(b));
}

type Any = StreamResults[StreamKind];

interface Worked {
  readonly outcomes: readonly Outcome<Any>[];
  readonly saved: string;
  /** Saved models that could not be taken up. */
  readonly refused: readonly Failed[];
  readonly news: boolean;
}

/** Fits, or takes saved models up, and does what the plan says. */
async function worked(plan: StreamPlan, shape: Shape<Any>, batch: Batch, panel: Panel): Promise<Worked> {
  const { kind } = plan;
  if (kind === "update") {
    const { updateBatch } = await import("./loaded/update-batch.js");
    return { ...(await updateBatch(plan, batch, panel)), refused: [] };
  }
  const loaded = batch.models === undefined ? null : await loadedPairs(plan, batch, panel);
  const pairs = loaded?.pairs ?? freshPairs(plan, shape, panel);
  const settings = shape.settled(plan.settings);
  const outcomes = pairs.map((pair) => perform(taskFor(kind, settings, pair)));
  return { outcomes, saved: savedLines(plan, outcomes), refused: loaded?.failed ?? [], news: false };
}

function freshPairs({ notations, settings }: StreamPlan, shape: Shape<Any>, panel: Panel): Pair[] {
  const { missing = "keep" } = shape.settled(settings);
  return panel.flatMap((series) => notations.map((notation) => ({ series, model: { notation, missing } })));
}

async function loadedPairs({ settings, rows }: StreamPlan, batch: Batch, panel: Panel) {
  const { pairsOf } = await import("./loaded/pairs.js");
  return pairsOf(batch, rows === false ? null : panel, settings.load ?? "the file of models");
}

function taskFor<K extends Exclude<StreamKind, "update">>(
  kind: K,
  settings: Settings,
  { series, model }: Pair,
): TaskOf<K> {
  return {
    kind,
    series,
    model,
    horizon: settings.horizon ?? null,
    levels: settings.level ?? [80, 95],
    paths: settings.paths ?? null,
    seed: settings.seed ?? 1,
    future: null,
    ...(settings.decode === undefined ? {} : { decode: settings.decode }),
    keep: settings.save !== undefined,
  };
}

/** The result of a batch of one series that nothing came of. */
export async function failedBatch(
  plan: StreamPlan,
  batch: Batch,
  error: YuleErrorFields,
): Promise<BatchResult> {
  const shape = await shapeOf(plan.kind);
  const { id } = batch.starts[0]!;
  const notations = batch.models === undefined ? plan.notations : [""];
  const failures = notations.map((model): Failed => ({ status: "failed", id, model, error }));
  const text = written(plan, shape, failures);
  return { text, models: encoded(""), series: 1, tried: failures.length, failures, notes: [], news: false };
}

/** A result with its fitted model, where it is to be saved. */
interface Kept {
  readonly fitted: Detached | null;
}

/** Rows of CSV by the thread's one writer, whose memory is used again. */
const rows = { safe: new CsvBytes(true), plain: new CsvBytes() };

function written(
  { format, settings: given }: StreamPlan,
  shape: Shape<Any>,
  outcomes: readonly Outcome<Any>[],
): Uint8Array<ArrayBuffer> {
  const settings = shape.settled(given);
  if (format === "csv" || format === "parquet") {
    const done = outcomes.filter((outcome) => outcome.status === "ok");
    if (format === "parquet") return encoded([...parquetLines(shape.table(done, settings))].join(""));
    const csv = settings["safe-csv"] === true ? rows.safe : rows.plain;
    csv.add(shape.table(done, settings));
    return csv.take();
  }
  const items = outcomes.map((outcome) => shape.item(outcome, settings));
  if (format === "ndjson") return encoded([...ndjsonLines(items)].join(""));
  return encoded(items.map((item) => `    ${jsonItem(item, "    ")}`).join(",\n"));
}

function savedLines({ settings }: StreamPlan, outcomes: readonly Outcome<Kept>[]): string {
  if (settings.save === undefined) return "";
  let text = "";
  for (const outcome of outcomes) {
    const fitted = outcome.status === "ok" ? outcome.value.fitted : null;
    if (fitted !== null) text += `${save(attach(fitted))}\n`;
  }
  return text;
}

function notesOf(shape: Shape<Any>, outcomes: readonly Outcome<Any>[]): Noted[] {
  const byCode = new Map<string, { note: Note; first: string; last: string; count: number }>();
  for (const outcome of outcomes) {
    if (outcome.status === "failed") continue;
    const { id } = outcome;
    for (const note of shape.notes(outcome.value)) {
      const known = byCode.get(note.code);
      if (known === undefined) byCode.set(note.code, { note, first: id, last: id, count: 1 });
      else if (known.last !== id) {
        known.last = id;
        known.count++;
      }
    }
  }
  return [...byCode.values()].map(({ note, first, count }) => ({ note, first, count }));
}

function encoded(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
