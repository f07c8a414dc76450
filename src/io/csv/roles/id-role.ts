import { ID_NAMES, isCodeNamed, isNamed, PART_NAMES } from "../head/known-names.js";
import type { Profile } from "../head/profile.js";
import { bestNamed } from "./columns.js";

/**
 * Id columns: by name where their values repeat as ids do; else columns of text, where they tell rows of the same time
 * apart, or do not change within the sample of a longer file.
 */
export function idRole(
  columns: readonly Profile[],
  time: readonly number[],
  taken: ReadonlySet<number>,
  whole: boolean,
): number[] {
  const free = columns.filter(({ position, blank }) => !taken.has(position) && !blank);
  const times = time.map((position) => columns[position]!.cells);
  const oneRowATime = isDistinct(times);
  const sure = bestNamed(
    free.filter((column) => isNamed(column.name, ID_NAMES) && repeats(column)),
    ID_NAMES,
  );
  if (sure !== undefined) return withOthers(sure, free, times).map(({ position }) => position);
  const parts = partsOf(free, times, oneRowATime);
  const texts = free.filter((column) => column.numeric < 0.5 && column.dated < 0.9);
  if (parts.length > 0) return withTexts(parts, texts, times).map(({ position }) => position);
  const codes = free.filter(
    (column) => column.numeric >= 0.5 && column.whole && repeats(column) && isIdNamed(column.name),
  );
  if (oneRowATime) {
    // Of a longer file the sample may hold the first series only.
    return whole
      ? []
      : [...texts, ...codes]
          .filter(isConstant)
          .slice(0, 1)
          .map(({ position }) => position);
  }
  const apart =
    fewestApart(texts, times) ?? (codes.length === 0 ? null : fewestApart([...texts, ...codes], times));
  return apart?.map(({ position }) => position) ?? [];
}

/** Share of the rows that one id has at times of their own, from which on the others are mistakes, such as a revised row beside the first. */
const MOSTLY_APART = 0.9;

/** Parts of an id, and the columns of text that are needed besides to tell rows of one time apart: a country, and an indicator. */
function withTexts(
  parts: readonly Profile[],
  texts: readonly Profile[],
  times: readonly (readonly string[])[],
): readonly Profile[] {
  const known = [...times, ...parts.map(({ cells }) => cells)];
  if (times.length === 0 || distinctRows(known) >= MOSTLY_APART * times[0]!.length) return parts;
  const others = texts.filter((column) => !parts.includes(column) && repeats(column));
  const needed = fewestApart([...parts, ...others], times);
  return needed === null
    ? parts
    : [...parts, ...others].filter((column) => parts.includes(column) || needed.includes(column));
}

/** An id, and the other columns of ids that are needed besides to tell rows of one time apart: an item, and the store that sells it. */
function withOthers(
  sure: Profile,
  free: readonly Profile[],
  times: readonly (readonly string[])[],
): readonly Profile[] {
  if (times.length === 0 || isDistinct([...times, sure.cells])) return [sure];
  const others = free.filter((column) => column !== sure && repeats(column) && isIdNamed(column.name));
  const needed = fewestApart([sure, ...others], times);
  return needed === null ? [sure] : free.filter((column) => column === sure || needed.includes(column));
}

/** Whether a name is that of codes, as `store_id` or `zip`, or of a column that tells series apart. */
function isIdNamed(name: string): boolean {
  return isCodeNamed(name) || isNamed(name, ID_NAMES) || isNamed(name, PART_NAMES);
}

/**
 * Columns called store, item, region …: those of text, and those of numbers that are needed besides to tell rows of
 * one time apart, or that stand in blocks. A number that changes from row to row where each row has a time of its own
 * is a measurement, whatever its name.
 */
function partsOf(
  free: readonly Profile[],
  times: readonly (readonly string[])[],
  oneRowATime: boolean,
): readonly Profile[] {
  const named = free.filter((column) => isNamed(column.name, PART_NAMES) && repeats(column));
  const texts = named.filter((column) => column.numeric < 0.5);
  const numbers = named.filter((column) => column.numeric >= 0.5 && column.whole);
  if (numbers.length === 0) return texts;
  if (oneRowATime) {
    return named.filter((column) => texts.includes(column) || isConstant(column) || inBlocks(column));
  }
  if (isDistinct([...times, ...texts.map(({ cells }) => cells)])) return texts;
  const needed = fewestApart([...texts, ...numbers], times) ?? [...texts, ...numbers];
  return named.filter((column) => needed.includes(column));
}

/** The first columns that, with the times, leave no two rows alike; null where all together do not. */
function fewestApart(
  columns: readonly Profile[],
  times: readonly (readonly string[])[],
): readonly Profile[] | null {
  const chosen: Profile[] = [];
  for (const column of columns) {
    chosen.push(column);
    if (isDistinct([...times, ...chosen.map(({ cells }) => cells)])) return withoutNeedless(chosen, times);
  }
  return null;
}

/** Columns without those that tell no rows apart beside the others, the last ones kept before the first. */
function withoutNeedless(
  chosen: readonly Profile[],
  times: readonly (readonly string[])[],
): readonly Profile[] {
  return chosen.reduce<readonly Profile[]>((kept, column) => {
    const others = kept.filter((other) => other !== column);
    return others.length > 0 && isDistinct([...times, ...others.map(({ cells }) => cells)]) ? others : kept;
  }, chosen);
}

/** Whether values come back; numbers as ids do, a few of them many times. */
function repeats({ cells, numeric }: Profile): boolean {
  const values = new Set(cells).size;
  if (cells.length < 3) return true;
  return numeric < 0.5 ? values < cells.length : 2 * values <= cells.length;
}

function isConstant({ cells }: Profile): boolean {
  return new Set(cells).size === 1;
}

/** Whether the rows of each value stand together. */
function inBlocks({ cells }: Profile): boolean {
  const runs = cells.filter((cell, row) => row === 0 || cell !== cells[row - 1]).length;
  return runs === new Set(cells).size && 3 * runs <= cells.length;
}

/** Whether no two rows agree in all of these columns. */
function isDistinct(columns: readonly (readonly string[])[]): boolean {
  return distinctRows(columns) === (columns[0] ?? []).length;
}

/** How many rows differ in one of these columns. */
function distinctRows(columns: readonly (readonly string[])[]): number {
  const rows = (columns[0] ?? []).map((_, row) => columns.map((cells) => cells[row]).join("\u0000"));
  return new Set(rows).size;
}
