import type { Note } from "../../../core/model.js";
import type { Grain } from "../../../core/time/forms/index.js";
import type { Frequency } from "../../../core/time/time.js";
import type { DateOrder } from "../../../core/time/time-text.js";

/** A column of times, understood. */
export interface Times {
  readonly form: Grain | "index";
  /** Key of the reading, and what it is in words. */
  readonly reading: string;
  readonly readingName: string;
  /** Readings of a lower rank are taken before those of a higher one where both have a step. */
  readonly rank: number;
  /** Local milliseconds since 1970-01-01T00:00, or the index, by row. */
  readonly local: Float64Array;
  /** UTC milliseconds by row, where the rows say them and the zone has changing offsets; else null. */
  readonly instants: Float64Array | null;
  readonly zone: string | null;
  readonly style: string;
  /** Whether the years have two digits. */
  readonly shortYear: boolean;
  readonly dateOrder: DateOrder | null;
  readonly notes: readonly Note[];
}

/** A reading before its zone is settled. */
export type Unplaced = Omit<Times, "instants" | "zone"> & {
  /** Whether `local` are UTC milliseconds. */
  readonly utc: boolean;
};

export interface TimeChoices {
  readonly frequency: Frequency | null;
  readonly zone: string | null;
  readonly dateOrder: DateOrder | null;
  /** Key of the reading that another file has decided for; null where this one decides. */
  readonly reading?: string | null;
}
