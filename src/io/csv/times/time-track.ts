import { type Grain, momentOf, type TimeReading } from "../../../core/time/forms/index.js";
import { Floats } from "../bytes/growable.js";
import { pack } from "../bytes/packed.js";

/** Distinct words for months that a column may have. */
const MOST_WORDS = 99;

/** The rows of a column of times in one of the readings that fit all its cells. */
export class TimeTrack {
  /** Local milliseconds; where `packed`, fields as `pack` puts them together. */
  readonly raw = new Floats();
  /** Patterns the cells are written in. */
  readonly styles = new Set<string>();
  /** Names of months as they are written. */
  readonly words: string[] = [];

  constructor(
    readonly form: string,
    readonly grain: Grain,
    readonly shortYear: boolean,
    /** Whether months are names. */
    readonly named: boolean,
  ) {}

  get packed(): boolean {
    return this.shortYear || this.named;
  }

  get key(): string {
    return `${this.form} ${this.shortYear}`;
  }

  /** The number of a cell; NaN where the reading is none of this track. */
  valueOf(reading: TimeReading): number {
    if (!this.packed) return momentOf(reading);
    const month = reading.word === null ? reading.month : this.numberOf(reading.word);
    return pack(reading.year, month, reading.day, reading.clock);
  }

  private numberOf(word: string): number {
    const known = this.words.indexOf(word);
    if (known >= 0) return known;
    if (this.words.length >= MOST_WORDS) return Number.NaN;
    return this.words.push(word) - 1;
  }
}

/** The key of the track that a reading belongs to. */
export function trackKey({ form, shortYear }: TimeReading): string {
  return `${form} ${shortYear}`;
}

export function setsEqual(a: ReadonlySet<string>, b: ReadonlySet<string> | null): boolean {
  return b !== null && a.size === b.size && [...a].every((key) => b.has(key));
}

/** The patterns of the fast path, by bit. */
export const ISO_FORMS = [
  "YYYY-MM-DD",
  ...["", "[Z]"].flatMap((zone) =>
    ["HH:mm", "HH:mm:ss"].flatMap((clock) => [`YYYY-MM-DD[T]${clock}${zone}`, `YYYY-MM-DD ${clock}${zone}`]),
  ),
];
