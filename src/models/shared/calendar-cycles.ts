import { type CalendarFields, calendarFields } from "../../core/time/calendar-fields.js";
import type { Frequency, TimeAxis, TimeUnit } from "../../core/time/time.js";

/** A place in a repeating cycle, in turns from 0 to 1. */
interface Cycle {
  readonly days: number;
  readonly turn: (fields: CalendarFields) => number;
}

const CYCLES = {
  "minute-of-hour": { days: 1 / 24, turn: ({ minute }) => minute / 60 },
  "time-of-day": { days: 1, turn: ({ hour, minute }) => (hour + minute / 60) / 24 },
  weekday: { days: 7, turn: ({ weekday }) => (weekday - 1) / 7 },
  "day-of-month": { days: 31, turn: ({ day }) => (day - 1) / 31 },
  "day-of-year": { days: 366, turn: ({ dayOfYear }) => (dayOfYear - 1) / 366 },
  month: { days: 365, turn: ({ month }) => (month - 1) / 12 },
  quarter: { days: 365, turn: ({ quarter }) => (quarter - 1) / 4 },
} as const satisfies Readonly<Record<string, Cycle>>;

export type CycleName = keyof typeof CYCLES;

export function isCycleName(name: unknown): name is CycleName {
  return typeof name === "string" && Object.hasOwn(CYCLES, name);
}

const BY_UNIT: Partial<Record<TimeUnit, readonly CycleName[]>> = {
  second: ["minute-of-hour", "time-of-day"],
  minute: ["minute-of-hour", "time-of-day", "weekday"],
  hour: ["time-of-day", "weekday", "day-of-year"],
  day: ["weekday", "day-of-month", "day-of-year"],
  "business-day": ["weekday", "day-of-month", "day-of-year"],
  week: ["day-of-year"],
  month: ["month"],
  quarter: ["quarter"],
};

const DAYS: Readonly<Record<TimeUnit, number>> = {
  index: 0,
  second: 1 / 86400,
  minute: 1 / 1440,
  hour: 1 / 24,
  day: 1,
  "business-day": 1.4,
  week: 7,
  month: 30.44,
  quarter: 91.31,
  year: 365.25,
};

/** Features a cycle: its place in [−½, ½], and the cosine and sine of its angle. */
export const FEATURES_A_CYCLE = 3;

/** The cycles a frequency moves in that `rows` rows go through often enough to learn from: one and a half times. */
export function cyclesOf(frequency: Frequency, rows: number): CycleName[] {
  const span = rows * frequency.count * DAYS[frequency.unit];
  const step = frequency.count * DAYS[frequency.unit];
  return (BY_UNIT[frequency.unit] ?? []).filter((name) => {
    const { days } = CYCLES[name];
    return days > step && span >= 1.5 * days;
  });
}

/** Writes the features of row `t` (from 0) of a time axis into `out` from `at` on; zeros without dates. */
export function writeCalendar(
  cycles: readonly CycleName[],
  time: TimeAxis | null,
  t: number,
  out: Float64Array | Float32Array,
  at: number,
): void {
  if (cycles.length === 0) return;
  const fields = time === null ? null : calendarFields(time, t);
  cycles.forEach((name, i) => {
    if (fields === null) out.fill(0, at + FEATURES_A_CYCLE * i, at + FEATURES_A_CYCLE * (i + 1));
    else writeTurn(CYCLES[name].turn(fields), out, at + FEATURES_A_CYCLE * i);
  });
}

/** The three features of a place in a cycle. */
export function writeTurn(turn: number, out: Float64Array | Float32Array, at: number): void {
  out[at] = turn - 0.5;
  out[at + 1] = cosineTurn(turn);
  out[at + 2] = cosineTurn(turn < 0.25 ? turn + 0.75 : turn - 0.25);
}

/** cos 2πv for 0 ≤ v ≤ 1, by its series on a quarter turn: products and sums alone, the same on every machine. */
function cosineTurn(v: number): number {
  const half = Math.abs(v - 0.5);
  const [quarter, sign] = half > 0.25 ? [0.5 - half, 1] : [half, -1];
  const x = 2 * Math.PI * quarter;
  const u = x * x;
  let sum = 0;
  for (let k = 20; k >= 2; k -= 2) sum = (-u / (k * (k - 1))) * (1 + sum);
  return sign * (1 + sum);
}
