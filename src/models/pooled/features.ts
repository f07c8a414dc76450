import type { TimeAxis } from "../../core/time/time.js";
import { type CycleName, writeCalendar, writeTurn } from "../shared/calendar-cycles.js";
import { calendarColumns, type InputScaling, type PooledParams } from "./params.js";

interface Described extends Pick<PooledParams, "usual"> {
  readonly cycles: readonly CycleName[];
  readonly period: number;
  readonly inputs: readonly InputScaling[];
}

/** Writes what is known ahead of row `t`: its place in the calendar (without dates in the period), and its regressors. */
export function writeFeatures(
  described: Described,
  time: TimeAxis | null,
  t: number,
  input: ArrayLike<number>,
  out: Float64Array,
  at: number,
): void {
  const { cycles, period, inputs } = described;
  const width = calendarColumns(described);
  if (width > 0) writePlace(cycles, period, time, t, out, at);
  const first = at + width;
  for (let i = 0; i < inputs.length; i++) {
    const { mean, deviation } = inputs[i]!;
    out[first + i] = (input[i]! - mean) / deviation;
  }
}

function writePlace(
  cycles: readonly CycleName[],
  period: number,
  time: TimeAxis | null,
  t: number,
  out: Float64Array,
  at: number,
): void {
  if (cycles.length > 0) writeCalendar(cycles, time, t, out, at);
  else writeTurn((t % period) / period, out, at);
}

/** Calendars of series that begin at the same time are the same: each is worked out once. */
export class CalendarTable {
  private readonly known = new Map<string, Float64Array>();

  constructor(
    private readonly cycles: readonly CycleName[],
    private readonly period: number,
    readonly width: number,
  ) {}

  /** Rows 0 to `rows` of a time axis, `width` numbers each. */
  rows(time: TimeAxis | null, rows: number): Float64Array {
    const key = time === null ? "" : `${time.start} ${time.zone ?? ""}`;
    const found = this.known.get(key);
    if (found !== undefined && found.length >= rows * this.width) return found;
    const { cycles, period, width } = this;
    const made = new Float64Array(rows * width);
    const done = found?.length ?? 0;
    if (found !== undefined) made.set(found);
    for (let t = done / Math.max(1, width); t < rows && width > 0; t++)
      writePlace(cycles, period, time, t, made, t * width);
    if (this.known.size > 64) this.known.clear();
    this.known.set(key, made);
    return made;
  }
}
