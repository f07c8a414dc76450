import { monthNamed } from "../../../core/time/forms/index.js";
import { isValue, type Printed } from "./values.js";

/** A vector or a yearly time series as R prints it: `[1] 112 118`, below `Start = 1871` where it has times. */
export function vectorOfR(lines: readonly string[]): Printed | null {
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
      const [, index, rest] = /^\[\s*(\d+)\]\s+(.*)$/.exec(text) ?? [];
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
export function tableOfR(lines: readonly string[]): Printed | null {
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

/** Cells that a column of such a type takes where blanks separate the cells. */
const CELLS: Readonly<Record<string, number>> = { mth: 2, qtr: 2, week: 2, dttm: 2 };

/** A tsibble as R prints it, whose months, quarters, weeks and clock times hold a blank, behind the numbers of its rows. */
export function tibbleOfR(lines: readonly string[]): Printed | null {
  if (!lines[0]!.startsWith("# A tsibble")) return null;
  const filled = lines.map((text, i) => ({ cells: text.trim().split(/\s+/), line: i + 1 }));
  const [head, types, ...body] = filled.filter(({ cells }) => cells[0] !== "" && cells[0] !== "#");
  const widths = types?.cells.map((type) => CELLS[/^<(\w+)>$/.exec(type)?.[1] ?? ""] ?? 1);
  if (head === undefined || widths === undefined || head.cells.length !== widths.length) return null;
  const width = widths.reduce((sum, cells) => sum + cells, 1);
  const rows = body.map(({ cells }) => {
    let at = 1;
    return widths.map((size) => cells.slice(at, (at += size)).join(" "));
  });
  if (rows.length === 0 || body.some(({ cells }) => cells.length !== width)) return null;
  const csv = [head.cells, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(",")).join("\n");
  return { csv: `${csv}\n`, lines: body.map(({ line }) => line) };
}
