import type { Note } from "../../../../core/model.js";
import type { Frequency } from "../../../../core/time/time.js";
import { formatTime } from "../../../../core/time/time-style.js";
import { fileError } from "../../errors.js";
import type { Table } from "../../table.js";
import type { TimeColumn } from "../time-column.js";
import type { Unplaced } from "../times.js";
import { type DecimalYears, decimalYears } from "./decimal-years.js";
import type { WholeCells } from "./whole-cells.js";
import { INDEX_FORM, type WholeForm, wholeForms } from "./whole-times.js";

/** What the numbers of a column of times can stand for, the usual readings first and a count last. */
export function wholeCandidates(column: TimeColumn, table: Table, frequency: Frequency | null): Unplaced[] {
  const cells = column.whole!;
  if (cells.scale !== 1) return [fineTimes(cells)];
  const values = cells.raw.view();
  const broken = values.findIndex((value) => !Number.isInteger(value));
  if (frequency?.unit === "index" && broken < 0) return [timesOf(INDEX_FORM, cells)];
  const digits = cells.shortest === cells.longest ? cells.longest : null;
  const forms = wholeForms(values, digits);
  if (forms.length === 0 && frequency?.unit === "year" && values.every(Number.isInteger)) {
    return [timesOf(YEAR, cells)];
  }
  const years = broken < 0 ? null : decimalYears(values, cells.decimals);
  if (years !== null) return [timesOfYears(years, column)];
  if (broken >= 0 && forms.length === 0) throw noTime(values[broken]!, broken, column, table);
  return [...forms, ...(broken < 0 ? [INDEX_FORM] : [])].map((form) => timesOf(form, cells));
}

const YEAR = wholeForms(Float64Array.of(2000), 4).find(({ key }) => key === "year")!;

function timesOf(form: WholeForm, cells: WholeCells): Unplaced {
  const local = cells.raw.view().map((value) => form.time(value));
  return {
    form: form.grain,
    reading: form.key,
    readingName: form.name,
    rank: form.key === "index" ? 2 : form.rare === true ? 1 : 0,
    local,
    style: styleOf(form, cells),
    shortYear: false,
    dateOrder: null,
    notes: form.key === "spreadsheet" ? [spreadsheetNote(cells, local)] : [],
    utc: form.instant ?? false,
  };
}

function styleOf({ key, style }: WholeForm, cells: WholeCells): string {
  if (key === "spreadsheet") return `{excel ${cells.decimals}${cells.comma ? "," : ""}}`;
  if (key === "hour" && hasHour24(cells)) return style.replace("HH", "{kk}");
  return style;
}

function hasHour24({ raw }: WholeCells): boolean {
  return raw.view().some((value) => value % 100 === 24);
}

function timesOfYears({ grain, local, style, name }: DecimalYears, column: TimeColumn): Unplaced {
  const { example } = column;
  const plain = formatTime(grain === "date" ? "YYYY-MM-DD" : "YYYY-MM", { local: local[0]!, offset: 0 });
  const note: Note = {
    code: "decimal-years",
    severity: "info",
    message: `The times are read as years with decimals, ${name}: ${example} is ${plain}. To count rows instead, use --time none.`,
  };
  return {
    form: grain,
    reading: "decimal-years",
    readingName: "year with decimals",
    rank: 0,
    local,
    style: column.whole?.comma === true ? style.replace(/^(\{year \d+)/, "$1,") : style,
    shortYear: false,
    dateOrder: null,
    notes: [note],
    utc: false,
  };
}

function noTime(value: number, row: number, column: TimeColumn, table: Table): Error {
  return fileError(
    "bad-time",
    table.place(row, column.name),
    value,
    value >= 1500 && value < 2200
      ? `the years with decimals, such as ${value}, lie on no months, quarters or days; count rows with --time none, and give the rows of a year with --period, e.g. --period 37.`
      : `${value} is not a time that can be read; name another column with --time, or count rows with --time none.`,
  );
}

function fineTimes(cells: WholeCells): Unplaced {
  const micro = cells.scale === 1e3;
  return {
    form: "date",
    reading: micro ? "microseconds" : "nanoseconds",
    readingName: micro ? "microseconds since 1970" : "nanoseconds since 1970",
    rank: 0,
    local: cells.raw.view(),
    style: micro ? "{us}" : "{ns}",
    shortYear: false,
    dateOrder: null,
    notes: [],
    utc: true,
  };
}

function spreadsheetNote(cells: WholeCells, local: Float64Array): Note {
  const [number, time] = [cells.raw.at(0), local[0]!];
  const style = local.every((at) => at % 86_400_000 === 0) ? "YYYY-MM-DD" : "YYYY-MM-DD HH:mm";
  return {
    code: "spreadsheet-days",
    severity: "info",
    message: `The numbers are read as day numbers of a spreadsheet: ${number} is ${formatTime(style, { local: time, offset: 0 })}. To count rows instead, use --frequency index.`,
  };
}
