import { show } from "../../core/checks.js";
import { cutTime, momentOf, type TimeForm, type TimeText } from "../../core/time-text.js";
import { decodeText } from "./encoding.js";
import { Floats } from "./growable.js";
import { IsoReader, isoClock } from "./iso-bytes.js";
import { Names } from "./names.js";
import type { Problem } from "./number-column.js";
import { pack } from "./packed.js";

/** How the cells of a time column are read; `whole` numbers can be years, indexes, epochs or compact dates. */
export type TimeKind = TimeForm | "whole";

/** Distinct spellings kept, so that a date repeated in every series is read once. */
const MEMORY = 1 << 16;

/**
 * A column of times being read. Dates with an obvious order become local milliseconds at once; whole numbers, dates
 * such as 03/04/2024 and two-digit years are kept as written until `finishTimes` has seen the whole column.
 */
export class TimeColumn {
  kind: TimeKind | null = null;
  /** Whether `raw` holds fields packed by `pack` instead of times. */
  packed = false;
  /** Whether the years have two digits. */
  shortYear = false;
  readonly raw = new Floats();
  /** Minutes ahead of UTC, NaN where a cell has none; null while none has. */
  offsets: Floats | null = null;
  /** Patterns the cells are written in. */
  readonly styles = new Set<string>();
  /** Spellings read before, and what they said. */
  private readonly known = new Names();
  private readonly knownRaw = new Floats();
  private readonly knownOffset = new Floats();
  /** Bits of the ISO forms seen: date, blank or T, with seconds or not, Z. */
  private isoForms = 0;
  private readonly isoReader = new IsoReader();
  /** Length of the last ISO form without an offset, and what stood before its clock; 0 after another form. */
  private isoLength = 0;
  private isoMark = 0;
  private current = Number.NaN;
  private offset = Number.NaN;
  private problem: Problem | null = null;

  constructor(readonly name: string) {}

  cell(bytes: Uint8Array, from: number, to: number): void {
    this.offset = Number.NaN;
    this.current = Number.NaN;
    if (this.kind === null || (this.kind === "date" && !this.packed))
      this.current = this.iso(bytes, from, to);
    else if (this.kind === "whole") this.current = wholeNumber(bytes, from, to);
    if (Number.isNaN(this.current)) this.slow(bytes, from, to);
  }

  /** Reads a time written like the one before, without an offset, that begins at `at`: its end, or -1 for another. */
  quick(bytes: Uint8Array, at: number): number {
    const { isoLength } = this;
    if (isoLength === 0) return -1;
    const date = this.isoReader.date(bytes, at);
    if (isoLength === 10 || Number.isNaN(date)) {
      this.current = date;
      this.offset = Number.NaN;
      return Number.isNaN(date) ? -1 : at + 10;
    }
    const clock = bytes[at + 10] === this.isoMark ? isoClock(bytes, at + 11, isoLength === 19) : Number.NaN;
    this.current = date + clock;
    this.offset = Number.NaN;
    return Number.isNaN(clock) ? -1 : at + isoLength;
  }

  /** Keeps the time of the row that ends. */
  keep(): Problem | null {
    if (this.problem !== null) {
      const { problem } = this;
      this.problem = null;
      return problem;
    }
    if (Number.isNaN(this.current)) return { code: "missing-time", value: "", sentence: MISSING_TIME };
    if (this.offsets !== null || !Number.isNaN(this.offset)) this.keepOffset();
    this.raw.push(this.current);
    this.current = Number.NaN;
    return null;
  }

  /** All patterns seen, those of the fast path too. */
  patterns(): string[] {
    return [...this.styles, ...ISO_FORMS.filter((_, bit) => (this.isoForms >> bit) & 1)];
  }

  private keepOffset(): void {
    if (this.offsets === null) {
      this.offsets = new Floats();
      for (let row = 0; row < this.raw.length; row++) this.offsets.push(Number.NaN);
    }
    this.offsets.push(this.offset);
  }

  /** `YYYY-MM-DD`, with `THH:MM`, `THH:MM:SS` and `Z` behind it; NaN for anything else. */
  private iso(bytes: Uint8Array, from: number, to: number): number {
    const length = to - from;
    if (length < 10) return Number.NaN;
    const date = this.isoReader.date(bytes, from);
    if (Number.isNaN(date)) return date;
    if (length === 10) {
      this.kind = "date";
      this.isoForms |= 1;
      this.isoLength = 10;
      return date;
    }
    const utc = bytes[to - 1] === 90;
    const size = length - (utc ? 1 : 0);
    const blank = bytes[from + 10] === 32;
    if ((size !== 16 && size !== 19) || (!blank && bytes[from + 10] !== 84)) return Number.NaN;
    const clock = isoClock(bytes, from + 11, size === 19);
    if (Number.isNaN(clock)) return clock;
    this.kind = "date";
    this.isoForms |= 1 << (1 + (blank ? 1 : 0) + (size === 19 ? 2 : 0) + (utc ? 4 : 0));
    if (utc) this.offset = 0;
    this.isoLength = utc ? 0 : size;
    this.isoMark = bytes[from + 10]!;
    return date + clock;
  }

  private slow(bytes: Uint8Array, from: number, to: number): void {
    const known = this.known.find(bytes, from, to);
    if (known < 0) {
      this.read(bytes, from, to);
    } else {
      this.current = this.knownRaw.at(known);
      this.offset = this.knownOffset.at(known);
    }
  }

  private read(bytes: Uint8Array, from: number, to: number): void {
    const text = decodeText(bytes.subarray(from, to));
    const whole = wholeNumber(bytes, from, to);
    if (this.kind === null && !Number.isNaN(whole)) {
      this.kind = "whole";
      this.current = whole;
      return;
    }
    const fields = cutTime(text);
    if (fields === null || !this.fits(fields)) {
      this.problem = text.trim() === "" ? null : unreadable(text, this.kind);
      return;
    }
    this.kind = fields.form;
    this.shortYear = fields.shortYear;
    this.packed = fields.form === "ambiguous" || fields.shortYear;
    this.styles.add(fields.style);
    this.current = this.packed ? pack(fields) : momentOf(fields);
    this.offset = fields.offset ?? Number.NaN;
    if (this.known.size >= MEMORY) return;
    this.known.number(bytes, from, to);
    this.knownRaw.push(this.current);
    this.knownOffset.push(this.offset);
  }

  private fits({ form, shortYear }: TimeText): boolean {
    return this.kind === null || (this.kind === form && this.shortYear === shortYear);
  }
}

/** The patterns of the fast path, by bit. */
const ISO_FORMS = [
  "YYYY-MM-DD",
  ...["", "[Z]"].flatMap((zone) =>
    ["HH:mm", "HH:mm:ss"].flatMap((clock) => [`YYYY-MM-DD[T]${clock}${zone}`, `YYYY-MM-DD ${clock}${zone}`]),
  ),
];

const MISSING_TIME = "the time is missing; every row needs one, so fill it in or take the row out.";

function unreadable(text: string, kind: TimeKind | null): Problem {
  const how = kind === null ? "is not a time that can be read" : "is not a time written like those above it";
  return {
    code: "bad-time",
    value: text,
    sentence: `${show(text)} ${how}; write all as 2024-01-31, 2024-01, 2024 Q1, 2024-W05 or 2024-01-31T05:00, or name another column with --time.`,
  };
}

/** A whole number of at most 15 digits; NaN for anything else. */
function wholeNumber(bytes: Uint8Array, from: number, to: number): number {
  const negative = bytes[from] === 45;
  let at = negative ? from + 1 : from;
  if (at === to || to - at > 15) return Number.NaN;
  let value = 0;
  for (; at < to; at++) value = value * 10 + digit(bytes[at]!);
  return negative ? -value : value;
}

function digit(byte: number): number {
  return byte >= 48 && byte <= 57 ? byte - 48 : Number.NaN;
}
