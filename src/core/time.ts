/** The units a time axis steps in. `index` counts 1, 2, 3 where the data have no dates. */
export type TimeUnit =
  | "index"
  | "year"
  | "quarter"
  | "month"
  | "week"
  | "day"
  | "business-day"
  | "hour"
  | "minute"
  | "second";

/** A step of time: `count` units, e.g. 30 minutes. */
export interface Frequency {
  readonly unit: TimeUnit;
  readonly count: number;
}

/**
 * Evenly spaced times as plain data; time `i` is always `start` plus `i` steps, never the previous time plus
 * one, so that month ends do not drift and daylight saving is right.
 */
export interface TimeAxis {
  /** The first time: `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM:SS[.sss]`, or a whole number for `index` and epoch styles. */
  readonly start: string;
  readonly frequency: Frequency;
  /** IANA zone or offset the times are in; null for local times without a zone. */
  readonly zone: string | null;
  /** How the input wrote its times, so that output repeats it; see `calendar.ts`. */
  readonly style: string;
}
