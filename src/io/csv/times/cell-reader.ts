import { readSpan, readTime, type TimeReading } from "../../../core/time/forms/index.js";
import type { TimeRules } from "./time-rules.js";
import { setsEqual, type TimeTrack } from "./time-track.js";

/** Reads the text of a cell in the forms that the cells before it leave possible. */
export class CellReader {
  private readonly read: typeof readTime;
  /** Keys of the forms of the tracks, the only ones that further cells are tried for. */
  private tried: ReadonlySet<string> | null = null;
  private triedFor: readonly TimeTrack[] | null = null;

  constructor(private readonly rules: TimeRules) {
    this.read = rules.spans ? readSpan : readTime;
  }

  /** All readings of a cell; none of years with decimals, which take the whole column. */
  readingsOf(text: string, tracks: readonly TimeTrack[] | null): readonly TimeReading[] {
    if (this.rules.decimalYears) return [];
    if (tracks === null) return this.read(text);
    if (tracks !== this.triedFor) {
      this.triedFor = tracks;
      const keys = new Set(tracks.map(({ form }) => form));
      this.tried = setsEqual(keys, this.tried) ? this.tried : keys;
    }
    const fitting = this.read(text, this.tried);
    return fitting.length > 0 ? fitting : this.read(text);
  }
}
