import { YuleError } from "../../../src/core/errors.js";
import type { Series } from "../../../src/core/series.js";
import { formatFrequency, timeAt } from "../../../src/core/time/calendar.js";
import { parseCsv } from "../../../src/io/csv/parse-csv.js";
import { isoDay, isoTime, type Variant } from "./kit.js";

/** What differs from what a forecaster expects of a file; empty where nothing does. */
export async function differences({ text, options = {}, read, refused }: Variant): Promise<string[]> {
  try {
    const { panel, notes } = await parseCsv(text, options);
    if (refused !== undefined) return [`not refused, but read as ${panel.map(summary).join("; ")}`];
    const missing = read!.notes?.filter((code) => !notes.some((note) => note.code === code)) ?? [];
    return [
      ...missing.map((code) => `no note ${code} among ${notes.map((note) => note.code).join()}`),
      ...ofPanel(panel, read!),
    ];
  } catch (error) {
    if (!(error instanceof YuleError)) throw error;
    if (read !== undefined) return [`refused: ${error.code}: ${error.message}`];
    const code =
      typeof refused!.code === "string" ? error.code === refused!.code : refused!.code.test(error.code);
    return [
      ...(code ? [] : [`code ${error.code}: ${error.message}`]),
      ...(refused!.says.test(error.message) ? [] : [`says ${error.message}`]),
    ];
  }
}

function summary({ id, y, time }: Series): string {
  if (time === null) return `${id}: ${y.length} counted rows`;
  return `${id}: ${y.length} ${formatFrequency(time.frequency)} from ${labelAt(time, 0)} to ${labelAt(time, y.length - 1)}`;
}

function labelAt(time: NonNullable<Series["time"]>, step: number): string {
  if (time.style === "index") return String(Number(time.start) + step * time.frequency.count);
  const { local } = timeAt(time, step);
  const date = new Date(local);
  return local % 86_400_000 === 0 ? isoDay(date) : isoTime(date);
}

type Read = NonNullable<Variant["read"]>;

function ofPanel(panel: readonly Series[], read: Read): string[] {
  const ids = panel.map(({ id }) => id);
  if (read.ids !== undefined ? ids.join() !== read.ids.join() : ids.length !== 1)
    return [`series ${ids.join()}`];
  return panel.flatMap((series, at) => ofSeries(series, read, at));
}

function ofSeries(series: Series, read: Read, at: number): string[] {
  const { y, time } = series;
  const found: string[] = [];
  if (time === null) return ["no times"];
  const step = formatFrequency(time.frequency);
  const [first, last] = [labelAt(time, 0), labelAt(time, y.length - 1)];
  const wanted = [read.first, read.last].map((label) =>
    label.endsWith("T00:00:00") ? label.slice(0, 10) : label,
  );
  if (step !== read.step || y.length !== read.steps || first !== wanted[0] || last !== wanted[1])
    found.push(
      `${y.length} ${step} from ${first} to ${last}, not ${read.steps} ${read.step} from ${wanted.join(" to ")}`,
    );
  if (read.zone !== undefined && time.zone !== read.zone) found.push(`zone ${time.zone}`);
  const gaps = new Set(read.missing ?? []);
  const value = read.value ?? ((row: number) => 10 + row);
  const wrong = y.findIndex((v, row) =>
    gaps.has(row) ? !Number.isNaN(v) : Math.abs(v - value(row) - 1000 * at) > 1e-9,
  );
  if (wrong >= 0) found.push(`value ${wrong} is ${y[wrong]}`);
  return found;
}
