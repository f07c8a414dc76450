/** What the values of a typed column are; times are milliseconds since 1970. */
export type ColumnKind =
  | "number"
  | "text"
  /** Days, as their midnights in UTC. */
  | "day"
  /** Times without a zone. */
  | "local-time"
  /** Instants, in UTC. */
  | "instant";

export interface TypedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

export type TypedCell = number | bigint | string | boolean | null | undefined;

/** A table whose columns carry types, such as one of Parquet or Arrow. */
export interface TypedTable {
  readonly columns: readonly TypedColumn[];
  readonly rows: number;
  /** The values of some columns up to a row, a run of rows at a time. */
  read(positions: readonly number[], to: number): AsyncIterable<readonly TypedCells[]>;
}

/** Cells of a column. */
export type TypedCells = ArrayLike<TypedCell> | CodedTexts;

/** Texts of a column by their numbers among some, so that each of those has to be looked at once. */
export class CodedTexts {
  /**
   * @param codes of the rows, -1 for missing.
   * @param texts one may be there twice, or for no row.
   */
  constructor(
    readonly codes: Int32Array,
    readonly texts: readonly string[],
  ) {}

  get length(): number {
    return this.codes.length;
  }
}

/** The cells one by one. */
export function plainCells(cells: TypedCells): ArrayLike<TypedCell> {
  if (!(cells instanceof CodedTexts)) return cells;
  const { codes, texts } = cells;
  return Array.from(codes, (code) => texts[code]);
}

const DAY = 86_400_000;

export function isMissing(cell: TypedCell): cell is null | undefined {
  return cell === null || cell === undefined || (typeof cell === "number" && Number.isNaN(cell));
}

/**
 * A cell as a CSV would hold it: times in ISO form, days alone where `daily`.
 *
 * @param daily whether all times of the column are midnights.
 */
export function cellText(cell: TypedCell, kind: ColumnKind, daily: boolean): string {
  if (isMissing(cell)) return "";
  if (kind === "number" || kind === "text") return String(cell);
  const text = new Date(Number(cell)).toISOString();
  if (daily) return text.slice(0, 10);
  const whole = text.replace(/\.000Z$/, "Z");
  return kind === "instant" ? whole : whole.slice(0, -1);
}

/** Whether all times are midnights, which stand for days. */
export function areDays(cells: ArrayLike<TypedCell>): boolean {
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (!isMissing(cell) && Number(cell) % DAY !== 0) return false;
  }
  return true;
}

/** The columns of times that are days, or midnights in all rows. */
async function dailyColumns({ columns, read }: TypedTable, to: number): Promise<ReadonlySet<number>> {
  const times = [...columns.keys()].filter((at) => !["number", "text"].includes(columns[at]!.kind));
  const daily = new Set(times);
  if (times.length === 0) return daily;
  for await (const values of read(times, to)) {
    times.forEach((at, i) => {
      if (daily.has(at) && !areDays(plainCells(values[i]!))) daily.delete(at);
    });
  }
  return daily;
}

/** The rows of a table as CSV, a header first. */
export async function* csvOfTyped(table: TypedTable, to: number): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const { columns } = table;
  yield encoder.encode(`${columns.map(({ name }) => quotedCell(name)).join(",")}\n`);
  const daily = await dailyColumns(table, to);
  for await (const cells of table.read([...columns.keys()], to)) {
    const values = cells.map(plainCells);
    const lines: string[] = [];
    for (let row = 0; row < values[0]!.length; row++) {
      lines.push(
        columns.map(({ kind }, at) => quotedCell(cellText(values[at]![row], kind, daily.has(at)))).join(","),
      );
    }
    yield encoder.encode(`${lines.join("\n")}\n`);
  }
}

export function quotedCell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""').replace(/[\r\n]+/g, " ")}"` : text;
}
