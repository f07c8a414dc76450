import type { Note } from "../../../core/model.js";
import { dateOf, MS_PER_DAY } from "../../../core/time/civil.js";
import { largestOf } from "../../../math/extremes.js";
import { unpack } from "../bytes/packed.js";

/** Latest year that a two-digit year may end up in, as spreadsheets have it. */
const LATEST_YEAR = 2049;

/**
 * Full years for 0 to 99, such that the years of the column lie together: they begin after the widest stretch of
 * years that do not occur, in the latest century that does not lead beyond 2049.
 */
export function centuries(raw: Float64Array): number[] {
  const used = new Set<number>();
  for (const value of raw) used.add(unpack(value).year);
  const years = [...used].sort((a, b) => a - b);
  const gaps = years.map((year, i) => year - (i === 0 ? years.at(-1)! - 100 : years[i - 1]!));
  const first = years[gaps.indexOf(largestOf(gaps))]!;
  const span = largestOf(years.map((year) => (year - first + 100) % 100));
  const base = 2000 + first + span <= LATEST_YEAR ? 2000 + first : 1900 + first;
  return Array.from({ length: 100 }, (_, year) => base + ((year - first + 100) % 100));
}

export function centuryNote(local: Float64Array): Note {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of local) {
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  const [from, to] = [first, last].map((time) => dateOf(Math.floor(time / MS_PER_DAY)).year);
  return {
    code: "two-digit-years",
    severity: "info",
    message: `Two-digit years are read as ${from === to ? from : `${from} to ${to}`}.`,
  };
}
