import { timeAt } from "./calendar.js";
import type { TimeAxis, TimeUnit } from "./time.js";

/** How the steps of a season are called. */
interface StepNames {
  /** What they are, for the axis. */
  readonly title: string;
  readonly names: (row: number) => string;
}

/** Names that a sentence lists. */
const LISTED = 4;

/** Seasons whose steps have names of their own: their unit, their length, what a step is and how its time is written. */
const NAMED: readonly (readonly [TimeUnit, number, string, (time: Date) => string])[] = [
  ["hour", 24, "hour", (time) => time.toISOString().slice(11, 16)],
  ["day", 7, "day of the week", (time) => written(time, { weekday: "short" })],
  ["month", 12, "month", (time) => written(time, { month: "short" })],
  ["quarter", 4, "quarter", (time) => `Q${Math.floor(time.getUTCMonth() / 3) + 1}`],
];

/** Weekdays, months, quarters or hours, where the season is a week, a year or a day; null of other seasons. */
export function stepNames(time: TimeAxis | null, period: number): StepNames | null {
  if (time === null || time.frequency.count !== 1) return null;
  const found = NAMED.find(([unit, length]) => unit === time.frequency.unit && length === period);
  if (found === undefined) return null;
  const [, , title, write] = found;
  return { title, names: (row) => write(new Date(timeAt(time, row).local)) };
}

/** Positions of a season by name, `Sat, Sun`, the first few of many; empty where the steps of the season have no names. */
export function positionNames(time: TimeAxis | null, period: number, positions: readonly number[]): string {
  const steps = stepNames(time, period);
  if (steps === null) return "";
  const names = positions.slice(0, LISTED).map((position) => steps.names(position));
  return [...names, ...(positions.length > LISTED ? ["…"] : [])].join(", ");
}

function written(time: Date, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en", { ...parts, timeZone: "UTC" }).format(time);
}
