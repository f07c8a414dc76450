import { MS_PER_DAY } from "../../core/civil.js";
import type { TimeText } from "../../core/time-text.js";

/** Dates kept as written until a whole column tells what their numbers mean. */

/** Fields in one number: year, first, second, clock. */
export function pack({ year, first, second, clock }: TimeText): number {
  return ((year * 100 + first) * 100 + second) * MS_PER_DAY + clock;
}

/** Year, first and second as one number of eight digits; the rest is the clock. */
export function packedDate(raw: number): number {
  return Math.floor(raw / MS_PER_DAY);
}

export function packedYear(date: number): number {
  return Math.floor(date / 10_000);
}

export function packedFirst(date: number): number {
  return Math.floor(date / 100) % 100;
}

export function packedSecond(date: number): number {
  return date % 100;
}

/** The two numbers of which either may be the day. */
export function packedPair(raw: number): [first: number, second: number] {
  const date = packedDate(raw);
  return [packedFirst(date), packedSecond(date)];
}
