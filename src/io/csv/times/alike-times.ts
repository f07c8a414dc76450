import { readTime, type TimeReading } from "../../../core/time/forms/index.js";
import { decodeText } from "../bytes/encoding.js";
import { type CellPlan, planOf, probes, readPlanned } from "./cell-plan.js";
import { type TimeTrack, trackKey } from "./time-track.js";

/** Shapes kept by one sum of their bytes: they differ in the digits of their zones. */
const MOST_ALIKE = 8;

/** Shapes kept in all: day and name of the month, with one digit or two, in mixed cases. */
const MOST = 512;

/** How cells of one shape are read: the bytes that all of them share, and what the digits between say in each track. */
interface Shape {
  /** The byte at each place; 0 for a digit that may be another. */
  readonly marks: Uint8Array;
  readonly plans: readonly CellPlan[];
  readonly offset: number;
}

/**
 * Reads cells written like one that was read before, the same letters and marks with other digits, without taking them
 * apart again. A shape is only learned where cells with other digits are read as it says.
 */
export class AlikeTimes {
  /** What the last cell read says in each track. */
  readonly values: number[] = [];
  offset = Number.NaN;
  private last: Shape | null = null;
  private shapes = new Map<number, (Shape | null)[]>();
  private size = 0;
  private tracks: readonly TimeTrack[] | null = null;

  /** Reads the cell in bytes `from` to `to`, if it is like one before in these tracks. */
  read(tracks: readonly TimeTrack[], bytes: Uint8Array, from: number, to: number): boolean {
    if (tracks !== this.tracks) return false;
    const { last } = this;
    if (last !== null && last.marks.length === to - from && fits(last, bytes, from))
      return this.fill(last, bytes, from);
    const known = this.shapes.get(shapeKey(bytes, from, to));
    const shape = known?.find(
      (other) => other !== null && other.marks.length === to - from && fits(other, bytes, from),
    );
    if (shape === undefined || shape === null) return false;
    this.last = shape;
    return this.fill(shape, bytes, from);
  }

  /** Reads a cell of the last shape that begins at `at`: its end, or -1 for another. */
  quick(tracks: readonly TimeTrack[], bytes: Uint8Array, at: number): number {
    const { last } = this;
    if (last === null || tracks !== this.tracks || !fits(last, bytes, at)) return -1;
    return this.fill(last, bytes, at) ? at + last.marks.length : -1;
  }

  /** Learns the shape of a cell that was read the long way. */
  learn(
    tracks: readonly TimeTrack[],
    bytes: Uint8Array,
    text: string,
    readings: readonly TimeReading[],
  ): void {
    if (tracks !== this.tracks) {
      this.tracks = tracks;
      this.shapes = new Map();
      this.size = 0;
      this.last = null;
    }
    const key = shapeKey(bytes, 0, bytes.length);
    const known = this.shapes.get(key) ?? [];
    // A cell that cannot be learned, such as one of 24:00, may have the shape of others that can.
    if (
      this.size === MOST ||
      known.length === MOST_ALIKE ||
      known.filter((shape) => shape === null).length > 3
    )
      return;
    if (known.some((shape) => shape !== null && fits(shape, bytes, 0))) return;
    this.shapes.set(key, known);
    this.size++;
    known.push(shapeOf(tracks, bytes, text, readings));
  }

  private fill({ plans, offset }: Shape, bytes: Uint8Array, from: number): boolean {
    for (let i = 0; i < plans.length; i++) {
      const value = readPlanned(plans[i]!, bytes, from);
      if (Number.isNaN(value)) return false;
      this.values[i] = value;
    }
    this.offset = offset;
    return true;
  }
}

/** Whether bytes from `from` on have the marks of a shape, and digits between them. */
function fits({ marks }: Shape, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < marks.length; i++) {
    const mark = marks[i]!;
    const byte = bytes[from + i]!;
    if (mark === 0 ? !(byte >= 48 && byte <= 57) : byte !== mark) return false;
  }
  return true;
}

/** A sum of the bytes in which all digits are one. */
function shapeKey(bytes: Uint8Array, from: number, to: number): number {
  let key = to - from;
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    key = Math.imul(key, 31) + (byte >= 48 && byte <= 57 ? 48 : byte);
  }
  return key | 0;
}

function shapeOf(
  tracks: readonly TimeTrack[],
  bytes: Uint8Array,
  text: string,
  readings: readonly TimeReading[],
): Shape | null {
  const plans: CellPlan[] = [];
  for (const track of tracks) {
    const reading = readingIn(track, readings);
    const plan = reading === undefined ? null : planOf(track, reading, text, bytes);
    if (plan === null) return null;
    plans.push(plan);
  }
  const marks = bytes.slice();
  for (const place of plans[0]!.digits) marks[place] = 0;
  const { zone, offset } = readings[0]!;
  const shape: Shape = { marks, plans, offset: offset ?? Number.NaN };
  const same = plans.every(({ digits }) => String(digits) === String(plans[0]!.digits));
  return same && zone === null && isRight(shape, tracks, bytes, readings) ? shape : null;
}

function readingIn(track: TimeTrack, readings: readonly TimeReading[]): TimeReading | undefined {
  return readings.find(
    (reading) => trackKey(reading) === track.key && (reading.word !== null) === track.named,
  );
}

/** Whether cells with other digits are read as a shape says. */
function isRight(
  { plans }: Shape,
  tracks: readonly TimeTrack[],
  bytes: Uint8Array,
  readings: readonly TimeReading[],
): boolean {
  const keys = new Set(tracks.map(({ form }) => form));
  return plans.every((plan, i) => {
    const track = tracks[i]!;
    const { style, offset } = readingIn(track, readings)!;
    return [bytes, ...probes(plan, bytes)].every((probe) => {
      const found = readingIn(track, readTime(decodeText(probe), keys));
      return (
        found?.style === style &&
        found.offset === offset &&
        track.valueOf(found) === readPlanned(plan, probe, 0)
      );
    });
  });
}
