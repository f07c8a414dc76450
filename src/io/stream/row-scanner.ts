const LF = 10;
const QUOTE = 34;
const SPACE = 32;

/** How the rows of a long table are written, as far as it takes to tell which series each belongs to. */
export interface RowShape {
  readonly delimiter: number;
  /** Positions of the columns that name the series, ascending. */
  readonly ids: readonly number[];
}

/**
 * Walks over the rows of a table, byte by byte, and says where each ends and whether it names the series of the row before.
 * Ids are compared as the reader of tables takes them, without blanks and quotes around them.
 */
export class RowScanner {
  /** Where the row that was looked at ends, its line end included. */
  end = 0;
  /** Lines of the file that it takes: more than 1 where a quoted cell has line ends in it. */
  lines = 1;
  /** The id of the current series: one character a byte, several columns with a unit separator between. */
  id = "";
  /** Whether the row that was looked at begins a series. */
  begins = false;
  private readonly delimiter: number;
  private readonly ids: readonly number[];
  private readonly only: number;
  private raw = new Uint8Array(256);
  private rawLength = -1;

  constructor({ delimiter, ids }: RowShape) {
    this.delimiter = delimiter;
    this.ids = ids;
    this.only = ids.length === 1 ? ids[0]! : -1;
  }

  /**
   * Looks at the row at `at`; false where the bytes end before it does. `bytes[to]` has to be a line feed that is not part
   * of the text.
   */
  next(bytes: Uint8Array, at: number, to: number, last: boolean): boolean {
    this.lines = 1;
    this.begins = false;
    return this.only >= 0 && this.rawLength >= 0 && this.repeats(bytes, at, to, last)
      ? true
      : this.look(bytes, at, to, last);
  }

  /** The usual case: the cell of the id is byte for byte that of the row before, and nothing is quoted behind it. */
  private repeats(bytes: Uint8Array, from: number, to: number, last: boolean): boolean {
    const { delimiter, raw, rawLength } = this;
    let at = from;
    for (let column = 0; column < this.only; column++) {
      let byte = bytes[at]!;
      while (byte !== delimiter && byte !== LF && byte !== QUOTE) byte = bytes[++at]!;
      if (byte !== delimiter) return false;
      at++;
    }
    for (let i = 0; i < rawLength; i++) if (raw[i] !== bytes[at + i]) return false;
    at += rawLength;
    let byte = bytes[at]!;
    if (byte !== delimiter && byte !== LF) return false;
    while (byte !== LF && byte !== QUOTE) byte = bytes[++at]!;
    if (byte === QUOTE || (at >= to && !last)) return false;
    this.end = Math.min(to, at + 1);
    return at <= to;
  }

  private look(bytes: Uint8Array, from: number, to: number, last: boolean): boolean {
    const cells: { from: number; to: number }[] = [];
    const { delimiter, ids } = this;
    let at = from;
    for (let column = 0; ; column++) {
      const start = at;
      at = this.cellEnd(bytes, at, to);
      if (at < 0 || (at >= to && !last)) return false;
      if (ids.includes(column)) cells.push({ from: start, to: at });
      if (bytes[at] !== delimiter || at >= to) break;
      at++;
    }
    this.end = Math.min(to, at + 1);
    this.takeId(bytes, cells);
    return true;
  }

  /** Where a cell ends: at a delimiter, a line feed or the end; -1 inside quotes that do not close. */
  private cellEnd(bytes: Uint8Array, from: number, to: number): number {
    const { delimiter } = this;
    let at = from;
    while (bytes[at] === SPACE) at++;
    if (bytes[at] === QUOTE) {
      for (at++; ; at++) {
        if (at >= to) return -1;
        if (bytes[at] === LF) this.lines++;
        if (bytes[at] !== QUOTE) continue;
        if (bytes[at + 1] !== QUOTE) break;
        at++;
      }
    }
    let byte = bytes[at]!;
    while (byte !== delimiter && byte !== LF) byte = bytes[++at]!;
    return at;
  }

  private takeId(bytes: Uint8Array, cells: readonly { from: number; to: number }[]): void {
    const id = cells.map(({ from, to }) => named(bytes, from, to)).join("\u001f");
    const [first] = cells;
    if (first !== undefined && cells.length === 1) this.keepRaw(bytes, first.from, first.to);
    // A row without an id, such as a blank line, stays where it is: the reader says what is wrong with it.
    if (id === "" || id === this.id) return;
    this.id = id;
    this.begins = true;
  }

  private keepRaw(bytes: Uint8Array, from: number, to: number): void {
    const length = to - from;
    if (length > this.raw.length) this.raw = new Uint8Array(2 * length);
    this.raw.set(bytes.subarray(from, to));
    this.rawLength = length === 0 ? -1 : length;
  }
}

/** A cell as the reader takes it: blanks and quotes around it left out, doubled quotes single. */
function named(bytes: Uint8Array, from: number, to: number): string {
  let [start, end] = [from, to];
  while (start < end && bytes[start]! <= SPACE) start++;
  while (end > start && bytes[end - 1]! <= SPACE) end--;
  let text = "";
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]!);
  return bytes[start] === QUOTE && bytes[end - 1] === QUOTE && end - start > 1
    ? text.slice(1, -1).replaceAll('""', '"')
    : text;
}
