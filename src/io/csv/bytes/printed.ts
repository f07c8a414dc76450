import { monthNamed } from "../../../core/time/forms/index.js";
import { isMissing } from "../numbers/numbers.js";

/** Values that a program printed or a person typed without a table around them, as CSV, and the line each row comes from. */
export interface Printed {
  readonly csv: string;
  readonly lines: readonly number[];
}

/** Fewest numbers of one line that are a series rather than a row of columns. */
const FEWEST = 4;

const BEGINNINGS =
  /^\s*(?:>[^\n]*\n\s*)?(?:\[1\]\s|Time Series:|(?:\w+\s*(?:<-|=)\s*)?(?:c|array|np\.array)\(|\[\s*-?\d*\.(?:[\s,]|\d+\s+[-\d])|\[\s*-?\d+\s+-?\d)|^\s{2,}(?:Jan\s+Feb|Qtr1\s+Qtr2)\b/;

/** Whether a text begins like printed values: what R and NumPy print, a call of `c`, or numbers in one line. */
export function beginsLikePrinted(head: string): boolean {
  return BEGINNINGS.test(head) || BOX.test(head) || ONE_LINE.test(head);
}

const BOX = /^\s*(?:shape: \(.*\)\s*)?[┌╭╔┏]/;

const ONE_LINE = /^\s*[-+]?\d[-+\d.,;|\t eENA]*\s*$/;

/** The values of a text that is printed; null for any other. */
export function printedValues(text: string): Printed | null {
  const lines = text.split(/\r\n|\n|\r/);
  return boxed(lines) ?? vectorOfR(lines) ?? tableOfR(lines) ?? call(text) ?? oneLine(lines);
}

/** A table in a frame of lines, as DuckDB, SQLite and polars print it: rows between bars; types below the names are left out. */
function boxed(lines: readonly string[]): Printed | null {
  const rows = lines.flatMap((text, i) =>
    /^\s*[│║┃|]/.test(text)
      ? [
          {
            line: i + 1,
            cells: text
              .trim()
              .slice(1, -1)
              .split(/[│║┃┆|]/)
              .map((cell) => cell.trim()),
          },
        ]
      : [],
  );
  const data = rows.filter(({ cells }) => !cells.every((cell) => TYPE.test(cell)));
  const width = data[0]?.cells.length ?? 0;
  if (data.length < 2 || data.some(({ cells }) => cells.length !== width)) return null;
  const csv = data
    .map(({ cells }) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","))
    .join("\n");
  return { csv: `${csv}\n`, lines: data.slice(1).map(({ line }) => line) };
}

/** Types of columns that such programs print below their names, and the marks between. */
const TYPE =
  /^(?:---|…|\.\.\.|str|(?:u?(?:tiny|small|big|huge)?int(?:eger)?|[iuf])\d*|float|double|real|numeric|decimal\(.*\)|varchar|text|string|bool(?:ean)?|date|time|timestamp.*|datetime.*)$/i;

/** A vector or a yearly time series as R prints it: `[1] 112 118`, below `Start = 1871` where it has times. */
function vectorOfR(lines: readonly string[]): Printed | null {
  const values: string[] = [];
  const rows: number[] = [];
  let start = Number.NaN;
  let yearly = false;
  for (const [at, line] of lines.entries()) {
    const text = line.trim();
    if (text === "" || text.startsWith(">") || /^(Time Series:|End = .*)$/.test(text)) continue;
    const [, name, given] = /^(Start|Frequency) = (.*)$/.exec(text) ?? [];
    if (name === "Start") start = /^-?\d+$/.test(given!) ? Number(given) : Number.NaN;
    else if (name === "Frequency") yearly = given === "1";
    else {
      const [, index, rest] = /^\[(\d+)\]\s+(.*)$/.exec(text) ?? [];
      if (index === undefined || Number(index) !== values.length + 1) return null;
      const cells = rest!.split(/\s+/);
      if (!cells.every(isValue)) return null;
      for (const cell of cells) {
        values.push(cell);
        rows.push(at + 1);
      }
    }
  }
  if (values.length < 2) return null;
  const timed = yearly && !Number.isNaN(start);
  const cells = values.map((value, i) => (timed ? `${start + i},${value}` : value));
  return { csv: `${timed ? "year," : ""}value\n${cells.join("\n")}\n`, lines: rows };
}

/** A time series of months or quarters as R prints it, whose first or last year may be short: cells end where the names above end. */
function tableOfR(lines: readonly string[]): Printed | null {
  const filled = lines.map((text, i) => ({ text, line: i + 1 })).filter(({ text }) => text.trim() !== "");
  const [head, ...body] = filled;
  const names = [...(head?.text ?? "").matchAll(/\S+/g)];
  const months =
    names.length === 12 && names.every(([name], i) => monthNamed(name) > 0 && name.slice(0, 3) === MONTHS[i]);
  const quarters = names.length === 4 && names.every(([name], i) => name === `Qtr${i + 1}`);
  if (!months && !quarters) return null;
  const ends = names.map(({ 0: name, index }) => index + name.length);
  const rows: string[] = [];
  const from: number[] = [];
  let short = false;
  for (const { text, line } of body) {
    const [year, ...cells] = [...text.matchAll(/\S+/g)];
    if (year === undefined || !/^\d{4}$/.test(year[0]) || cells.length === 0) return null;
    short ||= cells.length < ends.length;
    for (const { 0: value, index } of cells) {
      const column = ends.indexOf(index + value.length);
      if (column < 0 || !isValue(value)) return null;
      const part = String(column + 1).padStart(2, "0");
      rows.push(months ? `${year[0]}-${part},${value}` : `${year[0]} Q${column + 1},${value}`);
      from.push(line);
    }
  }
  return short ? { csv: `time,value\n${rows.join("\n")}\n`, lines: from } : null;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** Numbers in brackets, as `c(1, 2)` of R, `array([1., 2.])` and what NumPy prints. */
function call(text: string): Printed | null {
  const found =
    /^\s*(?:\w+\s*(?:<-|=)\s*)?(?:c\(|(?:(?:np\.)?array\()?\[)([^()[\]{}"]*)\]?(?:,\s*dtype=\w+)?\)?;?\s*$/.exec(
      text,
    );
  return found === null ? null : column(found[1]!.split(/[\s,]+/), () => 1);
}

/** One line of numbers with one mark between them. */
function oneLine(lines: readonly string[]): Printed | null {
  const filled = lines.flatMap((text, i) => (text.trim() === "" ? [] : [{ text: text.trim(), line: i + 1 }]));
  if (filled.length !== 1) return null;
  const [{ text, line }] = filled as [{ text: string; line: number }];
  const mark = [";", "\t", "|", ","].find((candidate) => text.includes(candidate)) ?? " ";
  const cells = text.split(mark === " " ? /\s+/ : mark).map((cell) => cell.trim());
  if (cells.at(-1) === "") cells.pop();
  const decimal = mark !== "," && cells.some((cell) => cell.includes(",")) ? "," : ".";
  return column(
    cells.map((cell) => cell.replace(decimal, ".")),
    () => line,
  );
}

function column(texts: readonly string[], lineOf: (at: number) => number): Printed | null {
  const cells = texts.filter((cell, i) => cell !== "" || (i > 0 && i < texts.length - 1));
  if (cells.length < FEWEST || !cells.every(isValue)) return null;
  return {
    csv: `value\n${cells.map((cell) => (isMissing(cell) ? "NA" : cell)).join("\n")}\n`,
    lines: cells.map((_, i) => lineOf(i)),
  };
}

function isValue(cell: string): boolean {
  return isMissing(cell) || /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(cell);
}
