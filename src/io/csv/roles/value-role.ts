import { show } from "../../../core/checks.js";
import { largestOf } from "../../../math/extremes.js";
import { fileError, listing } from "../errors.js";
import { nameScore, VALUE_NAMES } from "../head/known-names.js";
import type { Profile } from "../head/profile.js";
import { marksAround, unitOf } from "../numbers/cell-marks.js";
import { quoted } from "../numbers/flags.js";
import { isUnnamed } from "../parts/part-names.js";
import { isPartOfTime } from "../parts/time-parts.js";
import { bestNamed, duplicateColumn } from "./columns.js";

/**
 * The column of values: the only one with numbers, or the one of them that is called like values.
 *
 * @throws YuleError `no-value-column`, `ambiguous-value`.
 */
export function valueRole(columns: readonly Profile[], taken: ReadonlySet<number>, file: string): number {
  const free = columns.filter(({ position }) => !taken.has(position));
  const numbers = free.filter((column) => column.numeric >= 0.5);
  const others = numbers.filter(
    (column) => !isPartOfTime(column) && !(isUnnamed(column.name) && column.counting),
  );
  const numeric = others.length > 0 ? others : numbers;
  const usable = numeric.length > 0 ? numeric : free.filter((column) => column.blank);
  const scores = usable.map(({ name }) => nameScore(name, VALUE_NAMES));
  const top = largestOf(scores, 0);
  const best = usable.filter((_, i) => scores[i] === top);
  if (best.length === 1) return best[0]!.position;
  const known = bestNamed(
    free.filter(({ name }) => nameScore(name, VALUE_NAMES) >= 2),
    VALUE_NAMES,
  );
  if (best.length === 0 && known !== undefined) return known.position;
  const all = usable.map(({ name }) => name);
  const twice = all.find((name, i) => all.indexOf(name) < i);
  if (twice !== undefined) throw duplicateColumn(twice, file);
  if (all.length === 0) {
    const marked = free.find(
      ({ cells, marks }) => marks !== "" && 2 * markedCells(cells, "mark") >= cells.length,
    );
    if (marked !== undefined) throw onlyMarked(marked, file);
    const measured = free.find(({ cells }) => unitOf(cells) !== null);
    if (measured !== undefined) throw onlyMarked({ ...measured, marks: unitOf(measured.cells)! }, file);
    const multiple = free.find(({ cells }) => 2 * markedCells(cells, "multiple") >= cells.length);
    if (multiple !== undefined) throw onlyMultiples(multiple, file);
    throw fileError(
      "no-value-column",
      { file },
      null,
      `no column has numbers to forecast; its columns are ${listing(columns.map(({ name }) => name))}.`,
    );
  }
  throw fileError(
    "ambiguous-value",
    { file },
    all,
    `columns ${listing(all)} all have numbers; choose one to forecast with --value ${quoted(all[0]!)}, or with --value ${quoted(all.slice(0, 2).join(","))} to make a series of each.`,
  );
}

function markedCells(cells: readonly string[], kind: "mark" | "multiple"): number {
  return cells.filter((cell) => marksAround(cell)?.kind === kind).length;
}

function onlyMultiples({ name, cells }: Profile, file: string): Error {
  const example = cells.find((cell) => marksAround(cell) !== null)!;
  return fileError(
    "sign-in-number",
    { file, column: name },
    example,
    `no column contains only numbers; those of ${name}, such as ${show(example)}, may stand for multiples: write the numbers in full.`,
  );
}

function onlyMarked({ name, cells, marks }: Profile, file: string): Error {
  const example = cells.find((cell) => marksAround(cell) !== null) ?? cells.find((cell) => /\d/.test(cell))!;
  return fileError(
    "no-value-column",
    { file, column: name },
    example,
    `no column contains only numbers; those of ${name}, such as ${show(example)}, are read with --strip ${quoted(marks)}.`,
  );
}
