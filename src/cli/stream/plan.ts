import type { Model, Note } from "../../core/model.js";
import { formatFrequency } from "../../core/time/calendar.js";
import type { CsvDecisions, CsvOptions } from "../../io/csv-options.js";
import { isLinesName } from "../../io/model-files.js";
import { readLined } from "../../io/read-csv.js";
import { RowScanner, type RowShape } from "../../io/stream/row-scanner.js";
import type { RowsAt } from "../../io/stream/runs.js";
import type { Context } from "../context.js";
import { optionsOf } from "../data.js";
import { modelsOf } from "../families.js";
import type { Settings } from "../options/options.js";
import { notationsOf } from "../options/wrapping.js";
import { formatOf } from "../output/format.js";
import type { Loaded } from "./loaded/plan.js";
import type { StreamKind } from "./shape.js";
import type { Source } from "./source.js";

/** What is done with every series, as plain data that crosses threads. */
export interface StreamPlan {
  readonly kind: StreamKind;
  readonly settings: Settings;
  readonly notations: readonly string[];
  readonly format: "csv" | "json" | "ndjson";
  /** False where saved models go on by themselves, without rows of data. */
  readonly rows?: false;
  /** How the rows of a part of the file are read: as it was decided by the beginning of the file. */
  readonly options: CsvOptions;
  /** The header over the rows of a part, a character a byte. */
  readonly header: string;
  /** The first rows, which show how the others are written, a character a byte. */
  readonly sample: string;
}

/** A file that is worked on series by series. */
export interface Streamed {
  readonly plan: StreamPlan;
  readonly rows: RowsAt;
  readonly decisions: CsvDecisions;
  readonly notes: readonly Note[];
}

const LF = 10;
/** Rows that show how the others are written. */
const SAMPLED = 500;

/** Settings that hold for each series by itself; with any other one everything is read first. */
const EACH: readonly string[] = [
  ...["time", "value", "id", "inputs", "period", "frequency", "missing", "zone", "date-order"],
  ...["decimal", "na", "strip", "skip", "delimiter", "skip-bad-series"],
  ...["model", "transform", "min", "max", "intervals", "horizon", "level", "paths", "decode", "seed", "all"],
  ...["load", "new", "save", "output", "failures", "resume", "sort", "format", "safe-csv"],
  ...["jobs", "quiet", "color"],
];

/** Whether the settings alone allow to work series by series. */
export function mayStream(context: Context): boolean {
  const { settings } = context;
  const format = formatOf(context);
  if (format !== "csv" && format !== "json" && format !== "ndjson") return false;
  for (const name of [settings.save, settings.load])
    if (name !== undefined && !isLinesName(name)) return false;
  return Object.keys(settings).every((name) => EACH.includes(name));
}

/** What is done with saved models that go on from where they stand. */
export function planAlone(kind: StreamKind, context: Context): StreamPlan {
  const format = formatOf(context) as StreamPlan["format"];
  const settings = plain(context.settings);
  return { kind, settings, notations: [], format, rows: false, options: {}, header: "", sample: "" };
}

/**
 * How a file is worked on series by series; null where it is no long table of several series, or a model learns from all series together.
 *
 * @throws YuleError as reading the beginning of the file does, and as the notations do.
 */
export async function planFor(
  kind: StreamKind,
  context: Context,
  source: Source,
  loaded: Pick<Loaded, "reading"> | null,
): Promise<Streamed | null> {
  const { settings } = context;
  const { sample, whole, name } = source;
  if (settings.period === "auto" || !isPlainText(sample)) return null;
  const models = loaded === null ? await modelsOf(notationsOf(settings)) : [];
  if (models.some(({ fitPanel }) => fitPanel !== undefined)) return null;
  const skipBadSeries = settings["skip-bad-series"] === true || settings.failures !== undefined;
  const given = { ...loaded?.reading, ...optionsOf(context), name, skipBadSeries };
  const { result, line } = await readLined([whole ? sample : wholeLines(sample)], given);
  const { decisions, notes } = result;
  if (!isLong(decisions) || (whole && result.panel.length < 2)) return null;
  if (loaded !== null && decisions.values.length > 1) return null;
  const start = offsetOf(sample, line);
  const ids = decisions.id.map((column) => decisions.columns.indexOf(column)).sort((a, b) => a - b);
  const shape = { delimiter: decisions.delimiter.charCodeAt(0), ids };
  return {
    plan: {
      kind,
      settings: plain(settings),
      notations: notationsFrom(models),
      format: formatOf(context) as StreamPlan["format"],
      options: optionsFrom(decisions, given),
      header: headerOf(decisions),
      sample: firstRows(sample.subarray(start), shape),
    },
    rows: { file: name, start, line, shape },
    decisions,
    notes,
  };
}

function notationsFrom(models: readonly Model[]): string[] {
  return models.map(({ notation }) => notation);
}

/** Text with line feeds, in an encoding that extends ASCII, that is no JSON and no packed file. */
function isPlainText(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => byte > 32 && ![0xef, 0xbb, 0xbf].includes(byte));
  const opens = first === undefined || [91, 123].includes(first);
  const head = Buffer.from(bytes.subarray(0, 4)).toString("latin1");
  return !opens && !/^(PK|PAR1)/.test(head) && bytes.includes(10) && !bytes.includes(0);
}

/** A table with a column of ids, whose columns are told apart by their names. */
function isLong(decisions: CsvDecisions): boolean {
  const { id, time, columns, aggregated, encoding } = decisions;
  const apart = new Set(columns).size === columns.length && columns.every((name) => !name.includes(","));
  const wide = time === "the header" && !columns.includes(time);
  return (
    id.length > 0 &&
    id.every((name) => columns.includes(name)) &&
    apart &&
    !wide &&
    !aggregated &&
    (encoding === "utf-8" || (encoding === "windows-1252" && columns.every(isLatin)))
  );
}

/** Whether a text has only characters that Windows-1252 writes as their own numbers. */
function isLatin(text: string): boolean {
  return /^[\x20-\x7e\xa0-\xff]*$/.test(text);
}

/** The decisions about the beginning of a file as options for its parts. */
function optionsFrom(decisions: CsvDecisions, given: CsvOptions): CsvOptions {
  const { time, values, id, inputs, decimal, dateOrder, frequency, period, delimiter, encoding } = decisions;
  const { skip: _, aggregate: __, ...rest } = given;
  return {
    ...rest,
    time,
    value: values.length === 1 ? values[0]! : values,
    id: id.length === 1 ? id[0]! : id,
    inputs,
    decimal,
    period,
    delimiter,
    encoding,
    header: true,
    ...(dateOrder === null ? {} : { dateOrder }),
    ...(frequency === null || frequency.unit === "index" ? {} : { frequency: formatFrequency(frequency) }),
  };
}

function headerOf({ columns, delimiter, encoding }: CsvDecisions): string {
  const names = columns.map((name) => `"${name.replaceAll('"', '""')}"`).join(delimiter);
  return encoding === "utf-8" ? Buffer.from(`${names}\n`).toString("latin1") : `${names}\n`;
}

/** The first rows of data, whole ones, as many as their columns are told by. */
function firstRows(bytes: Uint8Array, shape: RowShape): string {
  const scanner = new RowScanner(shape);
  const last = bytes.lastIndexOf(LF);
  let at = 0;
  for (let row = 0; row < SAMPLED && at < last; row++) {
    if (!scanner.next(bytes, at, last, false)) break;
    at = scanner.end;
  }
  return Buffer.from(at === 0 ? bytes : bytes.subarray(0, at)).toString("latin1");
}

/** Settings as data that can be sent to a thread. */
function plain(settings: Settings): Settings {
  return JSON.parse(JSON.stringify(settings)) as Settings;
}

function wholeLines(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.lastIndexOf(10) + 1);
}

/** Where a line of the file begins. */
function offsetOf(bytes: Uint8Array, line: number): number {
  let at = 0;
  for (let passed = 1; passed < line; passed++) at = bytes.indexOf(10, at) + 1;
  return at;
}
