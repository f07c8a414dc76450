import { usageError } from "../core/errors.js";
import type { Inputs, Panel } from "../core/series.js";
import { formatFrequency, timeLabel } from "../core/time/calendar.js";
import type { Frequency } from "../core/time/time.js";
import type { Chunks } from "../io/csv/bytes/source.js";
import type { CsvDecisions, CsvOptions, Encoding } from "../io/csv-options.js";
import { chunksOf, openable } from "../io/files.js";
import { readCsvChunks } from "../io/read-csv.js";
import { largestOf, smallestOf } from "../math/extremes.js";
import type { Hierarchy } from "../reconcile/index.js";
import { plural } from "../report/numbers.js";
import { type Context, pathIn, reportNotes } from "./context.js";
import { hierarchyColumns, hierarchyOf } from "./hierarchy.js";
import { requireKnownAhead, withKnownAhead } from "./inputs/known-ahead.js";
import { isPrepared, preparedPanel, requirePreparable } from "./prepare.js";
import type { Shell } from "./shell.js";

/** What was read for a command. */
export interface Data {
  readonly panel: Panel;
  /** Whether the input names its series, or has several. */
  readonly showIds: boolean;
  readonly decisions: CsvDecisions;
  /** The sums asked for, where there are any; then the panel holds them too. */
  readonly hierarchy: Hierarchy | null;
  /** Known future values of the regressors, one entry a series. */
  readonly future: readonly Inputs[] | null;
}

/**
 * Reads the series of a file or of standard input, and reports what was detected.
 *
 * @param defaults what holds where no setting says otherwise.
 * @param usual codes of notes that say nothing new to the command.
 * @throws YuleError `no-input` where there is neither a file nor piped input, and as `readCsv` does.
 */
export async function readData(
  context: Context,
  file: string | undefined,
  defaults: CsvOptions = {},
  usual: readonly string[] = [],
): Promise<Data> {
  const { shell, settings } = context;
  if (file === undefined && shell.stdin.isTTY === true) {
    throw usageError(
      "no-input",
      "FILE",
      null,
      "There is nothing to read: name a CSV file, or - for standard input.",
    );
  }
  requirePreparable(context);
  requireKnownAhead(context);
  const name = file === undefined || file === "-" ? "standard input" : file;
  const chunks =
    begun(context.input) ??
    (name === "standard input" ? standardInput(shell) : chunksOf(pathIn(shell, name)));
  const source =
    settings.future === undefined
      ? undefined
      : { chunks: chunksOf(pathIn(shell, settings.future)), name: settings.future };
  const { panel, skipped, decisions, notes, future } = await readCsvChunks(
    chunks,
    { ...defaults, ...optionsOf(context), name },
    source,
  );
  context.decided(readSentence(decisions));
  context.names.time = decisions.time;
  if (decisions.values.length === 1) context.names.value = decisions.values[0]!;
  const changed = isPrepared(context);
  const auto = settings.period === "auto";
  const whole = auto && !changed ? await withFoundPeriods(context, panel) : panel;
  const unusual = notes.filter(({ code }) => !usual.includes(code));
  const gaps = unusual.find(({ code, minor }) => code === "gaps-filled" && minor !== true);
  context.decided([spanSentence(whole, decisions), ...(gaps === undefined ? [] : [gaps.message])].join(" "));
  const others = unusual.filter((note) => note !== gaps);
  const plain = others.filter(({ severity, minor }) => severity === "info" && minor !== true);
  if (plain.length > 0) context.decided(plain.map(({ message }) => message).join(" "));
  reportNotes(
    context,
    "",
    others.filter((note) => !plain.includes(note)),
  );
  if (skipped.length > 0) context.partial = true;
  context.skipped = skipped;
  const prepared = preparedPanel(context, whole, decisions.aggregated);
  const seasoned = auto && changed ? await withFoundPeriods(context, prepared) : prepared;
  const sums = hierarchyOf(context, seasoned);
  const used = await withKnownAhead(context, sums?.series ?? seasoned);
  return {
    panel: used,
    hierarchy: sums === null ? null : { ...sums, series: used },
    showIds: decisions.id.length > 0 || used.length > 1,
    decisions,
    future: future === null ? null : ofSeries(seasoned, panel, future),
  };
}

/** The future inputs of the series that are used, of those that were read. */
function ofSeries(used: Panel, read: Panel, future: readonly Inputs[]): Inputs[] {
  if (used === read) return [...future];
  const byId = new Map(read.map(({ id }, at) => [id, future[at]!]));
  return used.map(({ id }) => byId.get(id)!);
}

/** The panel with the periods that its values show, instead of those usual for its frequency. */
async function withFoundPeriods(context: Context, panel: Panel): Promise<Panel> {
  const { findPeriod } = await import("../diagnostics/seasonality/find-period.js");
  return panel.map((series) => {
    if (series.y.length < 6) return series;
    const { period, notes } = findPeriod(series.y);
    reportNotes(context, series.id, notes);
    return { ...series, period };
  });
}

/** What was read of the input before, of whatever format. */
function begun(input: (AsyncIterable<Uint8Array> & Pick<Chunks, "open">) | null | undefined): Chunks | null {
  if (input === null || input === undefined) return null;
  return input.open === undefined ? openable(input) : input;
}

export function standardInput(shell: Shell): AsyncIterable<Uint8Array> {
  return shell.stdin === process.stdin ? chunksOf("-") : openable(bytesOf(shell.stdin));
}

async function* bytesOf(stream: Shell["stdin"]): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}

/** What the settings say of how to read. */
export function optionsOf({ settings }: Pick<Context, "settings">): CsvOptions {
  const { time, value, id, inputs, zone, decimal, na, strip, where, skip, sheet, delimiter, encoding } =
    settings;
  const order = settings["date-order"];
  const skipBad = settings["skip-bad-series"] ?? (settings.failures === undefined ? undefined : true);
  const columns = hierarchyColumns(settings);
  return {
    ...(time === undefined ? {} : { time: time === "none" ? null : time }),
    ...(value === undefined ? {} : { value }),
    ...(id === undefined ? {} : { id: id.join() === "none" ? null : id }),
    ...(columns === null ? {} : { id: columns }),
    ...(inputs === undefined ? {} : { inputs }),
    ...readingStep(settings),
    ...(zone === undefined ? {} : { zone }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(na === undefined ? {} : { na }),
    ...(where === undefined ? {} : { where }),
    ...(strip === undefined ? {} : { strip }),
    ...(skip === undefined ? {} : { skip }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(skipBad === undefined ? {} : { skipBadSeries: skipBad }),
    ...(order === undefined ? {} : { dateOrder: order }),
    ...(encoding === undefined ? {} : { encoding: encoding as Encoding }),
    ...(delimiter === undefined ? {} : { delimiter: delimiter === "tab" ? "\t" : delimiter }),
  };
}

/** With --aggregate, --frequency is the step to aggregate to; the step of the rows is found. */
function readingStep({ aggregate: by, frequency, period, partial }: Context["settings"]): CsvOptions {
  const season = typeof period === "number" ? { period } : {};
  if (by === undefined) return { ...season, ...(frequency === undefined ? {} : { frequency }) };
  return {
    ...season,
    aggregate: { by, frequency: frequency ?? "", ...(partial === undefined ? {} : { partial }) },
  };
}

/** `times in ds, values in y, series named by id (the same as --time ds --value y --id id)`. */
export function readingOf(decisions: CsvDecisions): string {
  const { time, values, id, inputs, unused, flags } = decisions;
  const parts = [
    time === null ? "no times" : `times in ${time}`,
    `values in ${values.length > 8 ? `${values.slice(0, 3).join(", ")} to ${values.at(-1)}` : values.join(", ")}`,
    ...writing(decisions),
    ...(id.length === 0 ? [] : [`series named by ${id.join(", ")}`]),
    ...(inputs.length === 0 ? [] : [`inputs ${inputs.join(", ")}`]),
    ...(unused.length === 0 ? [] : [`${unused.join(", ")} not used`]),
  ];
  const same = flags === "" ? "" : ` (the same as ${flags})`;
  return `${parts.join(", ")}${same}`;
}

/** `Read 144 rows of air.csv: times in ds, values in y (the same as --time ds --value y).` */
function readSentence(decisions: CsvDecisions): string {
  return `Read ${decisions.rows} rows of ${decisions.file}: ${readingOf(decisions)}.`;
}

/** How numbers are written, where it is not the plain way. */
function writing({ decimal, thousands }: CsvDecisions): string[] {
  if (decimal === "." && thousands === null) return [];
  const example = `1${thousands ?? ""}234${decimal}5`;
  return [`numbers written as ${example}`];
}

/** `Monthly (M), 1949-01-01 to 1960-12-01, 144 values, period 12.` */
function spanSentence(panel: Panel, { frequency }: CsvDecisions): string {
  const step = stepText(frequency);
  const periods = [...new Set(panel.map(({ period }) => period))];
  const season = periods.join() === "1" ? "no season" : `period ${periods.join(", ")}`;
  if (panel.length !== 1) {
    const lengths = panel.map(({ y }) => y.length);
    const [least, most] = [smallestOf(lengths), largestOf(lengths)];
    const values = least === most ? plural(most, "value") : `${least} to ${most} values`;
    return `${step}, ${panel.length} series of ${values}, ${season}.`;
  }
  const { time, y } = panel[0]!;
  const span = time === null ? "" : ` ${timeLabel(time, 0)} to ${timeLabel(time, y.length - 1)},`;
  return `${step},${span} ${plural(y.length, "value")}, ${season}.`;
}

/** `Monthly (M)`. */
export function stepText(frequency: Frequency | null): string {
  return frequency === null || frequency.unit === "index"
    ? "Counted rows"
    : `${frequencyText(frequency)} (${formatFrequency(frequency)})`;
}

/** A step of time in words: `Monthly`, `Every 30 minutes`. */
function frequencyText({ unit, count }: Frequency): string {
  const word = unit.replace("-", " ");
  if (count !== 1) return `Every ${count} ${word}s`;
  const adverbs: Readonly<Record<string, string>> = { day: "Daily", "business day": "Business days" };
  return adverbs[word] ?? `${word[0]!.toUpperCase()}${word.slice(1)}ly`;
}
