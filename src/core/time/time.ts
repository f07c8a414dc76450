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
  /**
   * Day of the month that steps of months, quarters and years aim for, 29 to 31; in a month too short for it
   * they take its last day, so 31 means month ends. Absent: the day of the first time.
   */
  readonly day?: number;
}

/**
 * Evenly spaced times as plain data; time `i` is always `start` plus `i` steps, never the previous time plus
 * one, so that month ends do not drift and daylight saving is right.
 */
export interface TimeAxis {
  /**
   * The first time in the local time of `zone`: `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM:SS[.sss]`, with a UTC offset at the
   * end for steps of hours and less in an IANA zone; a whole number for `index`.
   */
  readonly start: string;
  readonly frequency: Frequency;
  /** IANA zone (`Europe/Berlin`), `UTC` or offset (`+01:00`) the times are in; null where the data name none. */
  readonly zone: string | null;
  /** How the input wrote its times, as a pattern such as `YYYY-MM-DD`, so that output repeats it: see `time-style.ts`. */
  readonly style: string;
}
