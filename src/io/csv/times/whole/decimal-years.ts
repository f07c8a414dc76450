import { daysOf, isLeapYear, MS_PER_DAY } from "../../../../core/time/civil.js";
import type { Grain } from "../../../../core/time/forms/index.js";

/** Years with decimals, read as the parts of a year that they stand for. */
export interface DecimalYears {
  readonly grain: Grain;
  /** Local milliseconds of the beginning of each month, quarter or day. */
  readonly local: Float64Array;
  readonly style: string;
  readonly name: string;
}

/** How the parts of a year are counted: how many, and which share of one lies before the number, 0 for its beginning. */
interface Lattice {
  readonly parts: number | "days";
  readonly shift: number;
  readonly grain: Grain;
  readonly name: string;
}

const LATTICES: readonly Lattice[] = [
  { parts: 4, shift: 0, grain: "month", name: "beginnings of quarters" },
  { parts: 4, shift: 0.5, grain: "quarter", name: "middles of quarters" },
  { parts: 12, shift: 0, grain: "month", name: "beginnings of months" },
  { parts: 12, shift: 0.5, grain: "month", name: "middles of months" },
  { parts: "days", shift: 0, grain: "date", name: "beginnings of days" },
  { parts: "days", shift: 0.5, grain: "date", name: "middles of days" },
];

/** Least numbers that show days: a third of all numbers lies near one by chance. */
const SHOW_DAYS = 12;

/** Decimals that tell days apart. */
const DECIMALS_OF_DAYS = 3;

/** Months are not equally long: a middle that was counted in days lies so far from that of a twelfth, in parts. */
const UNEVEN = 0.09;

/**
 * Years with decimals, as R prints times and as climate files have them: 1959.0833 is the beginning of February 1959, 2000.0417 the
 * middle of January. Null where the numbers are no such years, or lie on no months, quarters or days.
 *
 * @param decimals most decimals that are written.
 */
export function decimalYears(values: Float64Array, decimals: number): DecimalYears | null {
  if (values.length < 3 || decimals < 1 || (decimals === 1 && !stepByHalves(values))) return null;
  if (values.every(Number.isInteger) || values.some((value) => !(value >= 1500 && value < 2200))) return null;
  const rounding = 0.55 / Number(`1e${Math.min(decimals, 15)}`);
  for (const lattice of LATTICES) {
    const local = onLattice(values, lattice, rounding, decimals);
    if (local === null || !isSteady(local)) continue;
    const { grain, shift, name } = lattice;
    const style = shift === 0 && grain === "month" ? `{year ${decimals}}` : STYLES[grain]!;
    return { grain, local, style, name };
  }
  return null;
}

/** Whether numbers step by a half from row to row, up or down: one decimal shows no less. */
function stepByHalves(values: Float64Array): boolean {
  const step = values[1]! - values[0]!;
  return (
    values.length > 3 &&
    Math.abs(step) === 0.5 &&
    values.every((value, row) => row === 0 || value - values[row - 1]! === step)
  );
}

const STYLES: Readonly<Partial<Record<Grain, string>>> = {
  date: "YYYY-MM-DD",
  month: "YYYY-MM",
  quarter: "YYYY [Q]Q",
};

function onLattice(
  values: Float64Array,
  { parts, shift }: Lattice,
  rounding: number,
  decimals: number,
): Float64Array | null {
  const days = parts === "days";
  if (days && (values.length < SHOW_DAYS || decimals < DECIMALS_OF_DAYS)) return null;
  const local = new Float64Array(values.length);
  for (const [row, value] of values.entries()) {
    let year = Math.floor(value);
    const count = days ? (isLeapYear(year) ? 366 : 365) : parts;
    const place = (value - year) * count - shift;
    let part = Math.round(place);
    const allowed = rounding * count + (days ? 0.02 : shift === 0 ? 1e-6 : UNEVEN);
    if (part < 0 || Math.abs(place - part) > allowed) return null;
    if (part >= count) {
      year++;
      part = 0;
    }
    const day = days ? daysOf(year, 1, 1) + part : daysOf(year, 1 + (12 / count) * part, 1);
    local[row] = day * MS_PER_DAY;
  }
  return local;
}

/** Whether times rise, or fall, from row to row, series of a panel beginning anew: so do times, and other numbers do not. */
function isSteady(local: Float64Array): boolean {
  let rises = 0;
  let falls = 0;
  for (let row = 1; row < local.length; row++) {
    if (local[row]! > local[row - 1]!) rises++;
    else if (local[row]! < local[row - 1]!) falls++;
  }
  return Math.max(rises, falls) >= 0.6 * (local.length - 1);
}
