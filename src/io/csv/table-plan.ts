import type { CsvOptions } from "../csv-options.js";
import type { FileHead } from "./head/file-head.js";
import { isMixed, mayBePointGroups, numberStyles } from "./head/number-styles.js";
import type { Profile } from "./head/profile.js";
import { NumberColumn } from "./numbers/number-column.js";
import { PLAIN } from "./numbers/numbers.js";
import { type Unit, unitOfColumn } from "./numbers/units.js";
import { joinedParts } from "./parts/time-parts.js";
import type { Roles } from "./roles/roles.js";
import { TimeColumn } from "./times/time-column.js";
import { PLAIN_TIMES, timeRules } from "./times/time-rules.js";
import type { WidePlan } from "./wide/wide-plan.js";

/** The columns that say the time; several are joined with `marks` before them. */
export interface TimePlan {
  readonly positions: readonly number[];
  readonly marks: readonly string[];
  readonly carried: readonly boolean[];
  readonly spans: readonly boolean[];
  readonly column: TimeColumn;
}

/** The columns of a table that are read, by position. */
export interface TablePlan {
  readonly file: string;
  readonly names: readonly string[];
  readonly time: TimePlan | null;
  readonly ids: readonly number[];
  /** How its rows come from a table with times across; absent for any other. */
  readonly wide?: WidePlan;
  /** Whether a series with something wrong in it is left out instead of refusing the file. */
  readonly skipBad?: boolean;
  readonly numbers: readonly { readonly position: number; readonly column: NumberColumn }[];
}

/** What is read of a table with a row a time. */
export function planOf(head: FileHead, roles: Roles, options: CsvOptions): TablePlan {
  const styles = numberStyles(head.columns, options.decimal, head.delimiter === ",");
  const names = head.columns.map(({ name }) => name);
  const shown = head.columns.some((column) => !roles.time.includes(column.position) && showsPoint(column));
  const number = (position: number, flags: boolean) => {
    const rules = {
      fixed: options.decimal !== undefined,
      commaGroups: head.delimiter === ",",
      flags,
      marks: head.marks,
      seenMarks: head.columns[position]!.marks,
      unit: head.columns[position]!.unit,
      unclear: styles[position]!.unclear,
      doubtful: doubtfulPoint(head, position, options, shown),
    };
    return { position, column: new NumberColumn(names[position]!, styles[position]!.style, rules) };
  };
  return {
    file: head.file,
    names,
    time: timePlan(head.columns, roles.time, options.frequency),
    ids: roles.ids,
    skipBad: options.skipBadSeries === true,
    numbers: [
      ...roles.values.map((position) => number(position, false)),
      ...roles.inputs.map((position) => number(position, true)),
    ],
  };
}

/**
 * A number of a column whose points may separate thousands; null where that is known, or where commas separate the cells or another
 * column shows decimal points. Whole numbers beside such numbers leave both possible in any file.
 */
function doubtfulPoint(
  head: FileHead,
  position: number,
  { decimal }: CsvOptions,
  shown: boolean,
): string | null {
  const cells = head.columns[position]!.numbers;
  if (decimal === undefined && isMixed(cells)) return cells.find((cell) => cell.includes("."))!;
  const known = decimal !== undefined || head.delimiter === "," || shown;
  return !known && mayBePointGroups(cells) ? cells[0]! : null;
}

/** Whether numbers of a column can only have a decimal point, such as `12.50`. */
function showsPoint({ numeric, numbers }: Profile): boolean {
  return numeric === 1 && numbers.some((cell) => /^[-+]?\d+\.(\d{1,2}|\d{4,})$/.test(cell));
}

/** The long table that a table with times across makes. */
export function widePlan(head: FileHead, wide: WidePlan, options: CsvOptions): TablePlan {
  const ids = wide.ids.length > 0 ? ["id"] : [];
  const styles = numberStyles(
    wide.columns.map(({ position }) => head.columns[position]!),
    options.decimal,
    head.delimiter === ",",
  ).map(({ style }) => style);
  const position = ids.length + 1;
  const rules = {
    fixed: options.decimal !== undefined,
    commaGroups: head.delimiter === ",",
    flags: false,
    marks: head.marks,
    seenMarks: [...new Set(wide.columns.map(({ position }) => head.columns[position]!.marks).join(""))].join(
      "",
    ),
    unit: unitAcross(wide.columns.map(({ position }) => head.columns[position]!)),
    unclear: false,
  };
  const style = styles.find((candidate) => candidate !== PLAIN) ?? PLAIN;
  return {
    file: head.file,
    names: ["time", ...ids, "value"],
    time: { positions: [0], marks: [""], carried: [false], spans: [false], column: new TimeColumn("time") },
    ids: ids.length > 0 ? [1] : [],
    skipBad: options.skipBadSeries === true,
    numbers: [{ position, column: new NumberColumn("value", style, rules) }],
    wide,
  };
}

/** The unit that all columns of numbers have; null where one has another or none. */
function unitAcross(columns: readonly Profile[]): Unit | null {
  if (columns.every(({ unit }) => unit === null)) return null;
  return unitOfColumn(columns.flatMap(({ cells }) => cells));
}

function timePlan(
  columns: readonly Profile[],
  positions: readonly number[],
  frequency: string | undefined,
): TimePlan | null {
  if (positions.length === 0) return null;
  const parts = positions.map((position) => columns[position]!);
  const name = parts.map((part) => part.name).join(",");
  const rules = parts.length === 1 ? timeRules(parts[0]!.cells, frequency) : PLAIN_TIMES;
  return { positions, ...joinedParts(parts), column: new TimeColumn(name, rules) };
}
