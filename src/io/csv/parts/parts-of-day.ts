import type { Profile } from "../head/profile.js";

/** Periods that a day is cut into, with those of a day on which clocks change. */
const PERIODS = [
  [25, 24],
  [50, 48],
  [100, 96],
  [144, 144],
  [288, 288],
] as const;

/** Periods that an hour is cut into. */
const PARTS_OF_HOUR = [2, 3, 4, 6, 12];

/** Into how many periods a day is cut whose periods a column counts. */
export function periodsOf({ cells }: Profile): number {
  const most = cells.reduce((top, cell) => Math.max(top, Number(cell)), 0);
  return PERIODS.find(([longest]) => most <= longest)?.[1] ?? 288;
}

/** Whether a column counts the hours or other periods of each date, whatever it is called. */
export function countsWithin(dated: Profile, column: Profile): boolean {
  const [low, high] = rangeOf(column);
  const full = PERIODS.some(([longest, usual]) => high === usual || (high === longest && usual < 144));
  const counted = (low === 1 && full) || (low === 0 && (high === 23 || high === 24));
  return counted && stepsWithin([dated], column, low, high);
}

/**
 * Into how many parts a column cuts the hours that others name: 4 where it counts quarters of hours from 1; 0 where it
 * counts no such thing.
 */
export function partsWithin(others: readonly Profile[], column: Profile): number {
  const [low, high] = rangeOf(column);
  if (low !== 1 || !PARTS_OF_HOUR.includes(high) || column.cells.length <= high) return 0;
  return stepsWithin(others, column, low, high) ? high : 0;
}

/** The least and the largest of a column of whole numbers; [0, 0] for any other. */
function rangeOf({ cells, whole }: Profile): readonly [low: number, high: number] {
  if (!whole || cells.includes("")) return [0, 0];
  const numbers = cells.map(Number);
  return [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))];
}

/** Whether numbers count up or down by one while the others stay, and begin anew where they change. */
function stepsWithin(others: readonly Profile[], { cells }: Profile, low: number, high: number): boolean {
  let changes = 0;
  for (let row = 1; row < cells.length; row++) {
    const [before, now] = [Number(cells[row - 1]), Number(cells[row])];
    const same = others.every(
      (other) => other.cells[row] === other.cells[row - 1] || other.cells[row] === "",
    );
    const step = Math.abs(now - before);
    if (same && step > 1) return false;
    if (same || step === 0) continue;
    changes++;
    // A day on which clocks change ends some periods earlier.
    const least = high - Math.ceil(high / 12);
    if (!((before >= least && now === low) || (before === low && now >= least))) return false;
  }
  return changes > 0 || cells.length > high / 2;
}
