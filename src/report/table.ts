/** What stands in one cell; null and NaN are left blank. */
export type Cell = string | number | boolean | null;

export type Rounding = "shared" | "each" | "exact" | number;

export interface Column {
  readonly name: string;
  /** What stands over the column for people; default: its name. */
  readonly title?: string;
  /**
   * How numbers are rounded for people: `shared` to as many decimals as the columns marked so need together, `each` to
   * five significant digits, `exact` not at all, or to a number of decimals. Default `exact`.
   */
  readonly round?: Rounding;
  /**
   * Where a terminal has no room for all columns, those with the largest number are left out first; columns without one stay.
   */
  readonly drop?: number;
}

/** Rows under named columns: what CSV, Markdown and the terminal show. */
export interface Table {
  readonly columns: readonly Column[];
  /** Gone through as often as one likes; they may be made on the way. */
  readonly rows: Iterable<readonly Cell[]>;
}

/** Rows that are made each time they are gone through, so that many are never in memory together. */
export function madeRows(make: () => Iterable<readonly Cell[]>): Table["rows"] {
  return { [Symbol.iterator]: () => make()[Symbol.iterator]() };
}

/** Whether the cells of a column are numbers, which stand flush right. */
export function isNumeric(table: Table, at: number): boolean {
  let numbers = false;
  for (const row of table.rows) {
    if (typeof row[at] === "string") return false;
    numbers ||= typeof row[at] === "number";
  }
  return numbers;
}

/** The table without one of its columns. */
export function without({ columns, rows }: Table, name: string): Table {
  const at = columns.findIndex((column) => column.name === name);
  return { columns: columns.toSpliced(at, 1), rows: Array.from(rows, (row) => row.toSpliced(at, 1)) };
}
