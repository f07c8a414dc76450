import { readTime } from "../../../core/time/forms/index.js";
import { isValue, type Printed } from "./values.js";

/** Fewest values of a line below names. */
const FEWEST = 4;

interface Line {
  readonly cells: readonly string[];
  readonly line: number;
}

function filled(lines: readonly string[]): Line[] {
  return lines.flatMap((text, i) =>
    text.trim() === "" ? [] : [{ cells: text.trim().split(/\s+/), line: i + 1 }],
  );
}

/** Whether a text begins with a line of names and one of as many values, and goes on so. */
export function namesThenValues(lines: readonly string[]): boolean {
  const [names, values, next, after] = filled(lines.slice(0, 12));
  if (names === undefined || values === undefined || !arePair(names, values) || names.cells.length < FEWEST)
    return false;
  return next === undefined || (after !== undefined && arePair(next, after));
}

/** Names are words, or years that follow each other; numbers below such are values. */
function arePair(names: Line, values: Line): boolean {
  const words = names.cells.every((cell) => !isValue(cell) && !/[,;|]/.test(cell));
  return (
    names.cells.length === values.cells.length &&
    values.cells.every(isValue) &&
    (words || areYears(names.cells))
  );
}

function areYears(cells: readonly string[]): boolean {
  return cells.every((cell, i) => /^[12]\d{3}$/.test(cell) && Number(cell) === Number(cells[0]) + i);
}

/** A vector with names as R prints it: lines of names, and below each one of values. */
export function namedVectorOfR(lines: readonly string[]): Printed | null {
  if (!namesThenValues(lines)) return null;
  const all = filled(lines);
  const names: string[] = [];
  const values: string[] = [];
  const from: number[] = [];
  for (let at = 0; at < all.length; at += 2) {
    const [above, below] = [all[at]!, all[at + 1]];
    if (below === undefined || !arePair(above, below)) return null;
    for (const [i, value] of below.cells.entries()) {
      names.push(above.cells[i]!);
      values.push(value);
      from.push(below.line);
    }
  }
  const timed = areYears(names) || names.every((name) => readTime(name).length > 0);
  const rows = values.map((value, i) => (timed ? `${names[i]},${value}` : value));
  const csv = `${timed ? "time," : ""}value\n${rows.join("\n")}\n`;
  if (timed) return { csv, lines: from };
  const message = `The names of the values, such as ${names[0]}, are no times and were left out; the values are counted.`;
  return { csv, lines: from, notes: [{ code: "names-left-out", severity: "info", message }] };
}

const CALL =
  /^\s*(?:\w+\s*(?:<-|=)\s*)?(?:ts|structure)\(\s*(?:data\s*=\s*)?c\(([^()]*)\)\s*,([\s\S]*)\)\s*;?\s*$/;
const NUMBER = "(-?[\\d.]+)L?";

/** A time series as a call of R makes one, `ts(c(…), start = c(1949, 1), frequency = 12)`, or as `dput` writes it. */
export function callOfR(text: string): Printed | null {
  const [, list, rest] = CALL.exec(text) ?? [];
  if (list === undefined) return null;
  const values = list.split(",").map((cell) => cell.trim().replace(/L$/, ""));
  if (!values.every(isValue)) return null;
  const found = timesIn(rest!);
  const rows = values.map((value, i) => {
    const time = found === null ? null : timeAt(found, i);
    return time === null ? value : `${time},${value}`;
  });
  const timed = found !== null && timeAt(found, 0) !== null;
  return { csv: `${timed ? "time," : ""}value\n${rows.join("\n")}\n`, lines: values.map(() => 1) };
}

interface Start {
  readonly year: number;
  /** Rows of a year, and the place of the first in its year, from 0. */
  readonly frequency: number;
  readonly place: number;
}

function timesIn(rest: string): Start | null {
  const tsp = new RegExp(`tsp\\s*=\\s*c\\(${NUMBER},\\s*${NUMBER},\\s*${NUMBER}\\)`).exec(rest);
  if (tsp !== null) {
    const [start, frequency] = [Number(tsp[1]), Number(tsp[3])];
    const year = Math.floor(start + 1e-6);
    return { year, frequency, place: Math.round((start - year) * frequency) };
  }
  const [, year, place = "1"] =
    new RegExp(`start\\s*=\\s*(?:c\\()?${NUMBER}(?:,\\s*${NUMBER}\\))?`).exec(rest) ?? [];
  const [, frequency = "1"] = new RegExp(`freq\\w*\\s*=\\s*${NUMBER}`).exec(rest) ?? [];
  return year === undefined
    ? null
    : { year: Number(year), frequency: Number(frequency), place: Number(place) - 1 };
}

/** The time of a row; null where the rows of a year are no months, quarters or whole years. */
function timeAt({ year, frequency, place }: Start, row: number): string | null {
  if (!Number.isInteger(year) || year < 1000 || ![1, 4, 12].includes(frequency)) return null;
  const at = place + row;
  const own = year + Math.floor(at / frequency);
  if (frequency === 1) return String(own);
  const part = (at % frequency) + 1;
  return frequency === 4 ? `${own} Q${part}` : `${own}-${String(part).padStart(2, "0")}`;
}
