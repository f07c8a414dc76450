import type { YuleError } from "../core/errors.js";
import type { Note } from "../core/model.js";
import type { Inputs, Panel } from "../core/series.js";
import type { Frequency } from "../core/time/time.js";
import type { DateOrder } from "../core/time/time-text.js";
import type { AggregateBy } from "../prepare/aggregate-values.js";

/** Encodings of files without a mark of theirs, besides UTF-8 and windows-1252; all extend ASCII. */
const LEGACY = [
  "shift_jis",
  "euc-jp",
  "gb18030",
  "big5",
  "euc-kr",
  "windows-1250",
  "windows-1251",
  "windows-1253",
  "windows-1254",
  "windows-1255",
  "windows-1256",
  "koi8-r",
  "ibm866",
  "macintosh",
] as const;

export type Legacy = (typeof LEGACY)[number];

/** All encodings that a file may be said to have. */
export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252", ...LEGACY] as const;

export type Encoding = (typeof ENCODINGS)[number];

export type Delimiter = "," | ";" | "\t" | "|";

/** How to read a CSV file. Everything left out is found from the names and the content of its columns. */
export interface CsvOptions {
  /** Column of times; several are joined, e.g. `["year", "month"]` or `"year,month"`; null for none. */
  readonly time?: string | readonly string[] | null;
  /** Column of values; several make one series each. */
  readonly value?: string | readonly string[];
  /** Column of series ids; several are joined by a slash; null for none. */
  readonly id?: string | readonly string[] | null;
  /** Columns of regressors known ahead. */
  readonly inputs?: readonly string[];
  /** Seasonal period; default: the usual one of the frequency. */
  readonly period?: number;
  /** Step between rows, e.g. `"M"` or `"30min"`. */
  readonly frequency?: string;
  /** Time zone of the times, e.g. `"Europe/Berlin"`: steps of hours then follow its clock changes. */
  readonly zone?: string;
  /** The order of day, month and year in dates such as 03/04/2024 and 03-04-05. */
  readonly dateOrder?: DateOrder;
  /** What else marks a missing value: a number such as `"-9999"`, or a word. */
  readonly na?: readonly (string | number)[];
  /** Characters left out beside numbers, e.g. `"$€%"`. */
  readonly strip?: string;
  /** Decimal mark. */
  readonly decimal?: "." | ",";
  readonly delimiter?: Delimiter;
  /** Whether the first row names the columns. */
  readonly header?: boolean;
  readonly encoding?: Encoding;
  /** Sheet of a workbook, by its name or its number from 1; needed where there are several with data. */
  readonly sheet?: string;
  /** Lines before the header that are left out; default: title lines are found. */
  readonly skip?: number;
  /**
   * What becomes of rows without a step of their own, such as events: values of periods of a frequency. Rows that have a
   * step are read as they are, see `decisions.aggregated`.
   */
  readonly aggregate?: {
    readonly by: AggregateBy;
    readonly frequency: string;
    readonly partial?: "drop" | "keep";
  };
  /**
   * Whether a series with a cell or a time that cannot be used is left out instead of refusing the file, where a column of
   * ids tells series apart; told in `skipped`. Default false.
   */
  readonly skipBadSeries?: boolean;
  /** Conditions that rows must meet to be read, e.g. `["region=North", "price>=10"]`: = != < <= > >= on any column. */
  readonly where?: readonly string[];
  /** What to call the file in errors; its stem is the id of a series without one. Default `"input"`. */
  readonly name?: string;
}

/** What was decided about a file, and what of it was found rather than given. */
export interface CsvDecisions {
  readonly file: string;
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly header: boolean;
  /** Lines left out above the table. */
  readonly skip: number;
  readonly columns: readonly string[];
  /** Column of times, several with commas between; null for none. */
  readonly time: string | null;
  readonly values: readonly string[];
  readonly id: readonly string[];
  readonly inputs: readonly string[];
  /** Columns with numbers that are not used. */
  readonly unused: readonly string[];
  readonly decimal: "." | ",";
  /** Mark between thousands; null where the values have none. */
  readonly thousands: "." | "," | " " | "'" | null;
  readonly dateOrder: DateOrder | null;
  /** Pattern the times are written in, see `core/time/time-style.ts`; null without a time column. */
  readonly style: string | null;
  readonly frequency: Frequency | null;
  readonly zone: string | null;
  readonly period: number;
  /** Whether rows became values of periods while they were read. */
  readonly aggregated: boolean;
  /** Rows of data read. */
  readonly rows: number;
  /** Names of the decisions that were found, not given, e.g. `["time", "value"]`. */
  readonly found: readonly string[];
  /** The flags that repeat the decisions that were found, e.g. `--time ds --value y --id unique_id`. */
  readonly flags: string;
}

/** A series that was left out, and why. */
export interface SkippedSeries {
  readonly id: string;
  readonly error: YuleError;
}

export interface CsvResult {
  readonly panel: Panel;
  /** Series left out with `skipBadSeries`, in the order in which they were found to be wrong. */
  readonly skipped: readonly SkippedSeries[];
  readonly decisions: CsvDecisions;
  readonly notes: readonly Note[];
  /** Known future values of the regressors, one entry a series; null without a future file. */
  readonly future: readonly Inputs[] | null;
}
