import { parse } from "csv-parse/sync";
import { show } from "../../core/checks.js";
import type { YuleError } from "../../core/errors.js";
import { readTime, type TimeReading } from "../../core/time/forms/index.js";
import { type DateOrder, readOne } from "../../core/time/time-text.js";
import type { CalendarEvent } from "../../prepare/calendar/events.js";
import { writtenSpan } from "../../prepare/written-span.js";
import { decodeText, guessEncoding } from "../csv/bytes/encoding.js";
import { fileError, listing } from "../csv/errors.js";

/** Names of the columns, the usual ones of calendars and other tools. */
const NAMES = {
  date: ["date", "ds", "day", "start", "from", "begin", "datum", "time"],
  name: ["name", "event", "holiday", "label", "title", "promotion"],
  until: ["until", "end", "to", "last", "bis"],
} as const;

type Role = keyof typeof NAMES;

/**
 * Reads events from a CSV with the columns date, name and, where an event lasts, until (its last day).
 *
 * @throws YuleError `bad-events` naming file, row and column.
 */
export async function readEvents(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  dateOrder?: DateOrder,
): Promise<CalendarEvent[]> {
  const rows = rowsOf(await textOf(chunks, file), file);
  const [head] = rows;
  if (head === undefined) throw bad({ file }, "it has no rows; write date,name and then one row an event.");
  const titled = isoOf(head.cells[0] ?? "", dateOrder) === null;
  const roles = titled ? rolesOf(head.cells, file) : { date: 0, name: 1, until: 2 };
  const body = titled ? rows.slice(1) : rows;
  if (body.length === 0) throw bad({ file }, "it has no events below the header.");
  return body.map(({ cells, line }): CalendarEvent => {
    const at = (role: Role) => (cells[roles[role]] ?? "").trim();
    const time = (role: Role) => {
      const iso = isoOf(at(role), dateOrder);
      if (iso !== null) return iso;
      throw bad(
        { file, row: line, column: role },
        `${show(at(role))} is no date that can be read in one way only; write it as 2024-03-15.`,
      );
    };
    const name = at("name");
    if (name === "") throw bad({ file, row: line, column: "name" }, "the event has no name.");
    return { name, date: time("date"), ...(at("until") === "" ? {} : { until: time("until") }) };
  });
}

async function textOf(chunks: AsyncIterable<Uint8Array>, file: string): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk.slice());
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  const { encoding, mark } = guessEncoding(bytes, file);
  const body = bytes.subarray(mark);
  return encoding === "utf-8" ? decodeText(body) : new TextDecoder(encoding).decode(body);
}

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

function rowsOf(text: string, file: string): Row[] {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const delimiter = [";", "\t", "|"].find((mark) => first.includes(mark)) ?? ",";
  try {
    const records = parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true, info: true });
    return (records as unknown as { record: string[]; info: { lines: number } }[]).map(
      ({ record, info }) => ({
        cells: record,
        line: info.lines,
      }),
    );
  } catch (cause) {
    throw bad({ file }, `it is no CSV with the columns date, name and until: ${(cause as Error).message}.`);
  }
}

function rolesOf(cells: readonly string[], file: string): Record<Role, number> {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const find = (role: Role) => names.findIndex((name) => (NAMES[role] as readonly string[]).includes(name));
  const roles = { date: find("date"), name: find("name"), until: find("until") };
  for (const role of ["date", "name"] as const) {
    if (roles[role] >= 0) continue;
    throw bad(
      { file, row: 1 },
      `there is no column ${role} among ${listing(cells)}; name the columns date, name and until.`,
    );
  }
  return roles;
}

/** A written time as ISO text of its own fineness, or null. */
function isoOf(text: string, dateOrder: DateOrder | undefined): string | null {
  const trimmed = text.trim();
  if (writtenSpan(trimmed) !== null) return trimmed.replace(" ", "T");
  const reading =
    dateOrder === undefined
      ? readOne(trimmed)
      : (readTime(trimmed).find(({ form }) => form === dateOrder) ?? readOne(trimmed));
  return reading === null ? null : isoText(reading);
}

function isoText({ year, month, day, clock, grain, shortYear }: TimeReading): string | null {
  if (shortYear) return null;
  const pad = (value: number, digits = 2) => String(value).padStart(digits, "0");
  const yearText = pad(year, 4);
  if (grain === "year") return yearText;
  if (grain === "month") return `${yearText}-${pad(month)}`;
  const minutes = Math.floor(clock / 60_000);
  const time = clock === 0 ? "" : `T${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  return `${yearText}-${pad(month)}-${pad(day)}${time}`;
}

function bad(place: Parameters<typeof fileError>[1], sentence: string): YuleError {
  return fileError("bad-events", place, null, sentence);
}
