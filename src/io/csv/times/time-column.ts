import { type TimeReading, withPlainDigits } from "../../../core/time/forms/index.js";
import { decodeText } from "../bytes/encoding.js";
import { Floats } from "../bytes/growable.js";
import { IsoReader, isoClock } from "../bytes/iso-bytes.js";
import { Names } from "../bytes/names.js";
import type { Problem } from "../numbers/number-problems.js";
import { AlikeTimes } from "./alike-times.js";
import { CellReader } from "./cell-reader.js";
import { isOtherStep } from "./other-steps.js";
import { timeProblem, type UnreadableCell } from "./time-problems.js";
import { PLAIN_TIMES, type TimeRules } from "./time-rules.js";
import { ISO_FORMS, TimeTrack, trackKey } from "./time-track.js";
import { WholeCells } from "./whole/whole-cells.js";

/** Distinct spellings kept, so that a date repeated in every series is read once. */
const MEMORY = 1 << 16;

/**
 * A column of times being read. ISO dates become local milliseconds at once. Of other times all readings that fit every
 * cell are followed, each in a track of its own, until `finishTimes` has seen the whole column; so are whole numbers.
 */
export class TimeColumn {
  /** The readings that fit all cells so far; null before the first date. */
  tracks: TimeTrack[] | null = null;
  /** The cells where they are numbers; null where they are not. */
  whole: WholeCells | null = null;
  /** Where readings that fitted the cells before ended, by form. */
  readonly misfits = new Map<string, UnreadableCell>();
  /** Minutes ahead of UTC, NaN where a cell has none; null while none has. */
  offsets: Floats | null = null;
  /** Names of zones whose offset is not known. */
  readonly zones = new Set<string>();
  /** The first cell as it stands. */
  example = "";
  rows = 0;
  /** Spellings read before, and what they said. */
  private readonly known = new Names();
  private readonly knownReadings: (readonly TimeReading[])[] = [];
  /** What a spelling says in the only track left, and its offset; NaN where that is not known yet. */
  private readonly knownValues = new Floats();
  private readonly knownOffsets = new Floats();
  /** Number of the spelling of the cell, -1 for one that is not kept. */
  private spelling = -1;
  /** Bits of the ISO forms seen: date, blank or T, with seconds or not, Z. */
  private isoForms = 0;
  private readonly isoReader = new IsoReader();
  /** Length of the last ISO form without an offset, and what stood before its clock; 0 after another form. */
  private isoLength = 0;
  private isoMark = 0;
  private current = Number.NaN;
  private offset = Number.NaN;
  /** Cells written like one before, and whether the last one is among them. */
  private readonly alike = new AlikeTimes();
  private isAlike = false;
  /** The cell that was read the long way. */
  private cellBytes: Uint8Array | null = null;
  private readings: readonly TimeReading[] | null = null;
  private text = "";
  private readonly reader: CellReader;

  constructor(
    readonly name: string,
    readonly rules: TimeRules = PLAIN_TIMES,
  ) {
    this.reader = new CellReader(rules);
  }

  cell(bytes: Uint8Array, from: number, to: number): void {
    this.offset = Number.NaN;
    this.current = Number.NaN;
    this.readings = null;
    this.text = "";
    this.spelling = -1;
    this.isAlike = false;
    if (this.isIso()) this.current = this.iso(bytes, from, to);
    else if (this.whole !== null) this.current = this.whole.quick(bytes, from, to);
    if (Number.isNaN(this.current)) this.slow(bytes, from, to);
  }

  /** Reads a time written like the one before, without an offset, that begins at `at`: its end, or -1 for another. */
  quick(bytes: Uint8Array, at: number): number {
    const { isoLength, tracks } = this;
    this.readings = null;
    this.isAlike = false;
    if (isoLength === 0) {
      const end = tracks === null ? -1 : this.alike.quick(tracks, bytes, at);
      this.isAlike = end >= 0;
      return end;
    }
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

  /** Whether all times so far were in ISO form and without an offset; so before the first. */
  get isPlainIso(): boolean {
    return this.isIso() && this.offsets === null;
  }

  /** The time in ISO form and without an offset that all bytes are, in local milliseconds; NaN where they are none such. */
  isoOf(bytes: Uint8Array, length: number): number {
    const local = this.iso(bytes, 0, length);
    const { offset } = this;
    this.offset = Number.NaN;
    return Number.isNaN(offset) ? local : Number.NaN;
  }

  /** Takes a time that is known, in local milliseconds; NaN is missing. */
  take(local: number): void {
    this.readings = null;
    this.text = "";
    this.offset = Number.NaN;
    this.current = local;
  }

  /** Keeps times that are known and not missing. */
  takeAll(times: Float64Array): void {
    this.take(Number.NaN);
    this.tracks ??= [new TimeTrack("ymd", "date", false, false)];
    const { raw } = this.tracks[0]!;
    for (let row = 0; row < times.length; row++) raw.push(times[row]!);
    this.rows += times.length;
  }

  /** Says how times that were taken are to be written: as days, or with a clock and, of instants, in UTC. */
  takenAs(how: "days" | "clock" | "utc"): void {
    this.isoForms |= { days: 1, clock: 8, utc: 128 }[how];
    if (how !== "utc") return;
    this.offsets = new Floats();
    for (let row = 0; row < this.rows; row++) this.offsets.push(0);
  }

  /** Keeps the time of the row that ends. After a problem the column is as it was before the row. */
  keep(): Problem | null {
    if (this.isAlike) this.keepAlike();
    else if (this.readings !== null) {
      const problem = this.keepReadings(this.readings);
      if (problem !== null) return problem;
    } else if (Number.isNaN(this.current)) return timeProblem(this.text, this.rows > 0, this.rules.only);
    else if (this.whole !== null) this.whole.push(this.current);
    else {
      this.tracks ??= [new TimeTrack("ymd", "date", false, false)];
      this.tracks[0]!.raw.push(this.current);
    }
    if (this.offsets !== null || !Number.isNaN(this.offset)) this.keepOffset();
    this.current = Number.NaN;
    this.rows++;
    return null;
  }

  private keepAlike(): void {
    const { values, offset } = this.alike;
    const tracks = this.tracks!;
    for (let i = 0; i < tracks.length; i++) tracks[i]!.raw.push(values[i]!);
    this.offset = offset;
    this.isAlike = false;
  }

  /** All patterns of a track, those of the fast path too. */
  patterns(track: TimeTrack): string[] {
    if (track.form !== "ymd") return [...track.styles];
    return [...track.styles, ...ISO_FORMS.filter((_, bit) => (this.isoForms >> bit) & 1)];
  }

  private isIso(): boolean {
    if (this.tracks === null) return this.whole === null;
    return this.tracks.length === 1 && this.tracks[0]!.key === "ymd false";
  }

  private keepReadings(readings: readonly TimeReading[]): Problem | null {
    this.isoLength = 0;
    const tracks =
      this.tracks ??
      readings.map(
        (reading) => new TimeTrack(reading.form, reading.grain, reading.shortYear, reading.word !== null),
      );
    const kept: TimeTrack[] = [];
    const values: number[] = [];
    for (const track of tracks) {
      const reading = readings.find(
        (candidate) => trackKey(candidate) === track.key && (candidate.word !== null) === track.named,
      );
      const value = reading === undefined ? Number.NaN : track.valueOf(reading);
      if (Number.isNaN(value)) continue;
      track.styles.add(reading!.style);
      kept.push(track);
      values.push(value);
    }
    if (kept.length === 0) return timeProblem(this.text, this.rows > 0, this.rules.only);
    for (const track of tracks) {
      if (!kept.includes(track)) this.misfits.set(track.form, { row: this.rows, text: this.text });
    }
    kept.forEach((track, i) => {
      track.raw.push(values[i]!);
    });
    if (readings[0]!.zone !== null) this.zones.add(readings[0]!.zone);
    this.offset = readings[0]!.offset ?? Number.NaN;
    this.tracks = kept.length === tracks.length ? tracks : kept;
    this.alike.learn(this.tracks, this.cellBytes!, this.text, readings);
    if (kept.length === 1 && this.spelling >= 0) {
      this.knownValues.set(this.spelling, values[0]!);
      this.knownOffsets.set(this.spelling, this.offset);
    }
    if (this.rows === 0) this.example = this.text;
    return null;
  }

  private keepOffset(): void {
    if (this.offsets === null) {
      this.offsets = new Floats();
      for (let row = 0; row < this.rows; row++) this.offsets.push(Number.NaN);
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
    this.isoForms |= 1 << (1 + (blank ? 1 : 0) + (size === 19 ? 2 : 0) + (utc ? 4 : 0));
    if (utc) this.offset = 0;
    this.isoLength = utc ? 0 : size;
    this.isoMark = bytes[from + 10]!;
    return date + clock;
  }

  private slow(bytes: Uint8Array, from: number, to: number): void {
    if (this.tracks !== null && this.alike.read(this.tracks, bytes, from, to)) {
      this.isAlike = true;
      this.isoLength = 0;
      return;
    }
    const known = this.known.find(bytes, from, to);
    if (known >= 0 && this.tracks?.length === 1 && !Number.isNaN(this.knownValues.at(known))) {
      this.current = this.knownValues.at(known);
      this.offset = this.knownOffsets.at(known);
      this.isoLength = 0;
      return;
    }
    this.text = decodeText(bytes.subarray(from, to));
    const { only } = this.rules;
    if (only !== null && isOtherStep(this.text, only)) return;
    const readings = known < 0 ? this.reader.readingsOf(this.text, this.tracks) : this.knownReadings[known]!;
    this.spelling = known;
    if (known < 0 && readings.length > 0 && this.known.size < MEMORY) {
      this.spelling = this.known.number(bytes, from, to);
      this.knownReadings.push(readings);
      this.knownValues.push(Number.NaN);
      this.knownOffsets.push(Number.NaN);
    }
    this.cellBytes = Uint8Array.from(bytes.subarray(from, to));
    if (this.whole === null && readings.length > 0) this.readings = readings;
    else if (this.tracks === null) this.number(this.text);
  }

  private number(text: string): void {
    const whole = this.whole ?? new WholeCells();
    const value = whole.read(withPlainDigits(text.trim()));
    if (Number.isNaN(value)) return;
    if (this.rows === 0) this.example = text;
    this.whole = whole;
    this.current = value;
  }
}
