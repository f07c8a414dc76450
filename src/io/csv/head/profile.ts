import { daysOfWeek, MS_PER_DAY } from "../../../core/time/civil.js";
import { readTime } from "../../../core/time/forms/index.js";
import { type CellMarks, marksAround, NO_MARKS, unitOf } from "../numbers/cell-marks.js";
import { hasSign, stylesOf } from "../numbers/numbers.js";
import { type Unit, unitOfColumn, withoutUnit } from "../numbers/units.js";
import { areDecimalYears } from "../times/time-rules.js";
import { areYears, wholeForms } from "../times/whole/whole-times.js";

/** What the first cells of a column look like. */
export interface Profile {
  readonly name: string;
  readonly position: number;
  readonly cells: readonly string[];
  /** The same as number columns read them: without those that are missing, without the marks to leave out and units. */
  readonly numbers: readonly string[];
  /** Characters beside the numbers, such as those of money and footnotes. */
  readonly marks: string;
  /** What stands beside all numbers and is left out; null for nothing, or where it changes. */
  readonly unit: Unit | null;
  /** All cells are missing. */
  readonly blank: boolean;
  /** Share of the cells there that are numbers, signs of money and percent let pass; they are refused later, by name. */
  readonly numeric: number;
  /** Share that are dates or times, whole numbers not counted. */
  readonly dated: number;
  /** All are whole numbers. */
  readonly whole: boolean;
  /** All are whole numbers that step by one constant. */
  readonly counting: boolean;
  /** All are numbers such as 20240131, 01.2024 or seconds since 1970, and they mostly rise, or mostly fall. */
  readonly coded: boolean;
}

/** Cells looked at closely, evenly spread over those at hand. */
const CLOSELY = 60;

export function profileOf(
  name: string,
  position: number,
  cells: readonly string[],
  marks: CellMarks = NO_MARKS,
): Profile {
  const there = cells.filter((cell) => !marks.isMissing(cell));
  const bare = marks === NO_MARKS ? there : there.map((cell) => marks.bare(cell));
  const some = someOf(there);
  const share = (test: (cell: string) => boolean) =>
    some.length === 0 ? 0 : some.filter(test).length / some.length;
  const whole = there.length > 0 && there.every((cell) => /^-?\d{1,15}$/.test(cell));
  const plain = whole || some.every((cell) => /^-?\d+\.?\d*$/.test(cell));
  const dated = plain ? 0 : share(datedTest());
  const unit = plain || dated >= 0.5 ? null : unitOfColumn(bare);
  const numbers = unit === null ? bare : bare.map(withoutUnit);
  return {
    name,
    position,
    cells,
    numbers,
    marks: plain ? "" : marksOf(some) || (unitOf(some) ?? ""),
    blank: there.length === 0,
    unit,
    numeric: plain && there.length > 0 ? 1 : numericShare(someOf(bare)),
    dated,
    whole,
    counting: whole && there.length === cells.length && stepsEvenly(there.map(Number)),
    coded:
      there.length === cells.length &&
      (areFine(there) ||
        arePointed(there) ||
        areDecimalYears(there) ||
        (whole && isCoded(Float64Array.from(there, Number)))),
  };
}

/** Whether cells are times; the forms of the one before are tried first. */
function datedTest(): (cell: string) => boolean {
  let keys: ReadonlySet<string> | null = null;
  return (cell) => {
    if (keys !== null && readTime(cell, keys).length > 0) return true;
    const readings = readTime(cell);
    if (readings.length > 0) keys = new Set(readings.map(({ form }) => form));
    return readings.length > 0;
  };
}

/** A few of many cells, evenly spread. */
export function someOf(cells: readonly string[]): readonly string[] {
  const stride = Math.ceil(cells.length / CLOSELY);
  return stride <= 1 ? cells : cells.filter((_, i) => i % stride === 0);
}

function isCoded(values: Float64Array): boolean {
  if (values.length < 3 || areYears(values)) return false;
  return wholeForms(values, null).some((form) => {
    const times = values.map((value) => form.time(value));
    if (!SURE.has(form.key) && !mostlyEven(times)) return false;
    const rises = times.filter((time, i) => i > 0 && time > times[i - 1]!).length;
    const falls = times.filter((time, i) => i > 0 && time < times[i - 1]!).length;
    return Math.max(rises, falls) > 0.8 * (values.length - 1);
  });
}

/** Whether all cells are microseconds or nanoseconds since 1973 to 2096. */
function areFine(cells: readonly string[]): boolean {
  const known = (cell: string) => /^\d{16}$|^\d{19}$/.test(cell) && /^[1-3]/.test(cell);
  return cells.length > 2 && cells.every(known) && new Set(cells).size === cells.length;
}

/** Whether all cells are months or weeks with a point, such as 08.2019, 008.2019 or 2019.08, that step evenly: numbers do not. */
function arePointed(cells: readonly string[]): boolean {
  if (cells.length < 3) return false;
  const parts = cells.map((cell) => {
    if (/^\d{1,3}\.[12]\d{3}$/.test(cell)) return cell.split(".").reverse().map(Number);
    return /^[12]\d{3}\.\d\d$/.test(cell) ? cell.split(".").map(Number) : [];
  });
  const weeks = parts.some(([, part]) => part !== undefined && part > 12);
  const times = Float64Array.from(parts, ([year, part]) => {
    if (part === undefined || part < 1 || part > (weeks ? 53 : 12)) return Number.NaN;
    return weeks ? daysOfWeek(year!, part) * MS_PER_DAY : Date.UTC(year!, part - 1);
  });
  return !times.some(Number.isNaN) && new Set(times).size === cells.length && mostlyEven(times);
}

/** Forms of whole numbers that hardly anything but times has. */
const SURE = new Set(["date", "month", "seconds", "milliseconds"]);

/** The shortest and the longest month, quarter, half and year, in days. */
const LENGTHS = [
  [28, 31],
  [90, 92],
  [181, 184],
  [365, 366],
] as const;

/** Whether most times are one step apart: numbers that happen to look like times are not. */
function mostlyEven(times: Float64Array): boolean {
  const counts = new Map<number, number>();
  for (let i = 1; i < times.length; i++) {
    // In days, for which months, quarters, halves and years are as long as their usual ones.
    const days = Math.abs(times[i]! - times[i - 1]!) / MS_PER_DAY;
    const step = LENGTHS.find(([short, long]) => days >= short && days <= long)?.[0] ?? days;
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  let most = 0;
  for (const count of counts.values()) most = Math.max(most, count);
  return most >= 0.6 * (times.length - 1);
}

/** Whether numbers rise by one step, or years fall by one, the newest first. */
function stepsEvenly(values: readonly number[]): boolean {
  if (values.length < 3) return false;
  const step = values[1]! - values[0]!;
  return (
    (step > 0 || (step < 0 && areYears(Float64Array.from(values)))) &&
    values.every((value, i) => i === 0 || value - values[i - 1]! === step)
  );
}

function numericShare(cells: readonly string[]): number {
  return cells.length === 0
    ? 0
    : cells.filter((cell) => stylesOf([cell]).length > 0 || hasSign(cell)).length / cells.length;
}

function marksOf(cells: readonly string[]): string {
  const found = cells.map(marksAround).filter((around) => around?.kind === "mark");
  // A sign is no mark to leave out, wherever it stands.
  return [...new Set(found.map((around) => around!.marks.replace(/[-−+]/g, "")).join(""))].join("");
}
