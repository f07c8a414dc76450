import type { Rng } from "../../src/core/random.js";
import type { Series } from "../../src/core/series.js";

/** One sort of ordinary series, drawn from a stream of random numbers: the same stream gives the same series. */
export interface Generator {
  readonly name: string;
  readonly kind: Kind;
  /** What such a series is, in one line. */
  readonly description: string;
  /** History and what came after it, in one series; its last `horizon` rows are never seen by the last origin. */
  draw(rng: Rng): Series;
  /** Steps ahead; default: two seasons, at most 60, or 10 without a season, and at most a third of the series. */
  readonly horizon?: number;
  /** Forecast origins; default 2. */
  readonly origins?: number;
  /** Longer seasons that models with several are given too, e.g. a year of days. */
  readonly seasons?: readonly number[];
  /** No noise at all: errors are measured in ranges of the data, and intervals are expected to be narrow. */
  readonly exact?: boolean;
}

export const KINDS = [
  "short",
  "trend",
  "season",
  "weekly",
  "daily",
  "within a day",
  "closing days",
  "disturbed",
  "intermittent",
  "counts",
  "cycles",
  "no pattern",
  "bounded",
  "inputs",
  "gaps",
  "exact",
  "scales",
] as const;

export type Kind = (typeof KINDS)[number];
