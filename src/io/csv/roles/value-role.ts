import { show } from "../../../core/checks.js";
import { largestOf } from "../../../math/extremes.js";
import { fileError, listing } from "../errors.js";
import { isCodeNamed, nameScore, VALUE_NAMES } from "../head/known-names.js";
import type { Profile } from "../head/profile.js";
import { credited, creditsOf, marksAround, unitOf } from "../numbers/cell-marks.js";
import { quoted } from "../numbers/flags.js";
import { unitsIn } from "../numbers/units.js";
import { isUnnamed } from "../parts/part-names.js";
import { isPartOfTime } from "../parts/time-parts.js";
import { bestNamed, duplicateColumn } from "./columns.js";

/**
 * The column of values: the only one with numbers, or the one of them that is called like values.
 *
 * @throws YuleError `no-value-column`, `ambiguous-value`.
 */
export function valueRole(
  columns: readonly Profile[],
  taken: ReadonlySet<number>,
  file: string,
  whole: boolean,
): number {
  const free = columns.filter(({ position }) => !taken.has(position));
  const numeric = likelyValues(
    free.filter((column) => column.numeric >= 0.5),
    whole,
  );
  const measured = free.filter((column) => column.unit !== null && column.numeric < 0.5);
  const usable =
    numeric.length > 0 ? numeric : measured.length > 0 ? measured : free.filter((column) => column.blank);
  const scores = usable.map(({ name }) => nameScore(name, VALUE_NAMES));
  const top = largestOf(scores, 0);
  const best = usable.filter((_, i) => scores[i] === top);
  if (best.length === 1) return best[0]!.position;
  const known = bestNamed(
    free.filter(({ name }) => nameScore(name, VALUE_NAMES) >= 2),
    VALUE_NAMES,
  );
  if (best.length === 0 && known !== undefined) {
    if (unitsIn(known.cells).length > 1) throw severalUnits(known, file);
    return known.position;
  }
  const all = usable.map(({ name }) => name);
  const twice = all.find((name, i) => all.indexOf(name) < i);
  if (twice !== undefined) throw duplicateColumn(twice, file);
  if (all.length === 0) {
    const accounts = free.find(({ cells }) => creditsOf(cells).length > 0);
    if (accounts !== undefined) throw onlyCredits(accounts, file);
    const marked = free.find(
      ({ cells, marks }) => marks !== "" && 2 * markedCells(cells, "mark") >= cells.length,
    );
    if (marked !== undefined) throw onlyMarked(marked, file);
    const measured = free.find(({ cells }) => unitOf(cells) !== null);
    if (measured !== undefined) throw onlyMarked({ ...measured, marks: unitOf(measured.cells)! }, file);
    const mixed = free.find(({ cells }) => unitsIn(cells).length > 1);
    if (mixed !== undefined) throw severalUnits(mixed, file);
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

/** Columns of numbers without parts of times, codes and constants, as long as others are left. */
function likelyValues(numbers: readonly Profile[], whole: boolean): readonly Profile[] {
  const unlikely = [
    (column: Profile) =>
      isPartOfTime(column) || (column.coded && !column.whole) || (isUnnamed(column.name) && column.counting),
    (column: Profile) => isUnnamed(column.name) && column.whole && isYearOrMonth(column),
    (column: Profile) => column.whole && isCodeNamed(column.name),
    (column: Profile) => isConstantAside(column, whole),
  ];
  return unlikely.reduce((kept, test) => {
    const others = kept.filter((column) => !test(column));
    return others.length > 0 ? others : kept;
  }, numbers);
}

/** Whether the whole numbers of a column are years, or months that come round. */
function isYearOrMonth({ cells }: Profile): boolean {
  const months = new Set(cells);
  return (
    cells.every((cell) => /^(1[5-9]|20|21)\d\d$/.test(cell)) ||
    (months.size === 12 && cells.every((cell) => /^(0?[1-9]|1[0-2])$/.test(cell)) && cells.length >= 24)
  );
}

/** Whether a column not called like values has one number only, such as a station or a height; zeros may change later in the file. */
function isConstantAside({ name, cells }: Profile, whole: boolean): boolean {
  const [first] = cells;
  if (cells.length < 3 || nameScore(name, VALUE_NAMES) >= 2 || cells.some((cell) => cell !== first))
    return false;
  return whole || Number(first) !== 0;
}

function markedCells(cells: readonly string[], kind: "mark" | "multiple"): number {
  return cells.filter((cell) => marksAround(cell)?.kind === kind).length;
}

function onlyCredits({ name, cells }: Profile, file: string): Error {
  const words = creditsOf(cells);
  const example = cells.find((cell) => words.some((word) => cell.trim().endsWith(word))) ?? cells[0]!;
  return fileError(
    "sign-in-number",
    { file, column: name },
    example,
    `no column contains only numbers; ${show(example)} ${credited(words.join(" or "))}`,
  );
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

function severalUnits({ name, cells }: Profile, file: string): Error {
  const units = unitsIn(cells);
  return fileError(
    "sign-in-number",
    { file, column: name },
    units,
    `the numbers of ${name} have several units (${units.join(", ")}); write all in one of them.`,
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
