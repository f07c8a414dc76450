import { fixed } from "../numbers.js";

export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Share of a step by which rounding may push a tick out of the range. */
const ROUNDING = 1e-9;

/** Round values that divide a range into about `count` parts. */
export function valueTicks(low: number, high: number, count: number): Tick[] {
  if (!(high > low)) return [{ at: low, label: short(low, Number.isInteger(low) ? 0 : 3) }];
  const raw = (high - low) / Math.max(1, count);
  const power = Number(`1e${Math.floor(Math.log10(raw))}`);
  const step =
    [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw * 0.999) ?? 10 * power;
  const decimals = Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + ROUNDING)));
  const ticks: Tick[] = [];
  const last = Math.floor(high / step + ROUNDING);
  for (let k = Math.ceil(low / step - ROUNDING); k <= last; k++)
    ticks.push({ at: k * step, label: short(k * step, decimals) });
  return ticks;
}

function short(value: number, decimals: number): string {
  const size = Math.abs(value);
  return size >= 1e6 || (size > 0 && decimals > 5)
    ? value
        .toExponential(2)
        .replace(/\.?0+e/, "e")
        .replace("e+", "e")
    : fixed(value, decimals);
}

/** A way to cut time into equal parts: two times lie in one part when their numbers are equal. */
interface Level {
  readonly part: (instant: number) => number;
  readonly label: (instant: number) => string;
}

const HOUR = 3_600_000;
const iso = (instant: number) => new Date(instant).toISOString();
const yearOf = (instant: number) => new Date(instant).getUTCFullYear();
const monthOf = (instant: number) => 12 * yearOf(instant) + new Date(instant).getUTCMonth();
const dayOf = (instant: number) => Math.floor(instant / (24 * HOUR));
const clock = (instant: number) =>
  instant % (24 * HOUR) === 0 ? iso(instant).slice(5, 10) : iso(instant).slice(11, 16);

/** From coarse to fine. */
const LEVELS: readonly Level[] = [
  ...[1000, 500, 200, 100, 50, 20, 10, 5, 2, 1].map((years) => ({
    part: (instant: number) => Math.floor(yearOf(instant) / years),
    label: (instant: number) => String(yearOf(instant)),
  })),
  ...[6, 3, 1].map((months) => ({
    part: (instant: number) => Math.floor(monthOf(instant) / months),
    label: (instant: number) => iso(instant).slice(0, 7),
  })),
  ...[14, 7, 2, 1].map((days) => ({
    part: (instant: number) => Math.floor((dayOf(instant) + 3) / days),
    label: (instant: number) => iso(instant).slice(5, 10),
  })),
  ...[12, 6, 3, 1, 0.5, 0.25].map((hours) => ({
    part: (instant: number) => Math.floor(instant / (hours * HOUR)),
    label: clock,
  })),
];

/**
 * Ticks of a time axis where a year, month, day or hour begins: the coarsest that gives at least `least` of them, or a finer one
 * as long as `fits` says that there is room.
 */
export function timeTicks(
  times: readonly string[],
  instants: readonly number[] | null,
  least = 3,
  fits: (ticks: readonly Tick[]) => boolean = () => false,
): Tick[] {
  const usable = instants?.every((instant) => Number.isFinite(instant) && Math.abs(instant) < 8e15) ?? false;
  if (instants === null || !usable) return countTicks(times);
  let chosen: Tick[] | null = null;
  for (const { part, label } of LEVELS) {
    const begins = beginnings(instants, part, 0, instants.length - 1);
    if (begins.length < least) continue;
    const ticks = begins.map((at) => ({ at, label: label(instants[at]!) }));
    if (chosen !== null && !fits(ticks)) return chosen;
    chosen = ticks;
    if (!fits(ticks)) return chosen;
  }
  return chosen ?? endTicks(times);
}

/** A short stretch within which nothing begins: its first and its last time. */
function endTicks(times: readonly string[]): Tick[] {
  const ends = [...new Set([0, times.length - 1])].filter((at) => at >= 0);
  return ends.map((at) => ({ at, label: times[at]! }));
}

/** The first and the last time, where the labels of the ticks say no year. */
export function spanOf(
  times: readonly string[],
  instants: readonly number[] | null,
  ticks: readonly Tick[],
): string | null {
  if (instants === null || times.length === 0 || ticks.some(({ label }) => /\d{4}/.test(label))) return null;
  return `${times[0]} to ${times.at(-1)}`;
}

/** Where a new part begins among ascending instants, by halving: whole stretches within one part are never looked into. */
function beginnings(
  instants: readonly number[],
  part: (instant: number) => number,
  from: number,
  to: number,
): number[] {
  if (to <= from || part(instants[from]!) === part(instants[to]!)) return [];
  if (to === from + 1) return [to];
  const middle = (from + to) >> 1;
  return [...beginnings(instants, part, from, middle), ...beginnings(instants, part, middle, to)];
}

/** Ticks at round positions, labelled as the data are. */
function countTicks(times: readonly string[]): Tick[] {
  if (times.length === 0) return [];
  const first = Number(times[0]);
  const offset = Number.isInteger(first) ? first : 0;
  return valueTicks(offset, offset + times.length - 1, 6)
    .filter(({ at }) => Number.isInteger(at))
    .map(({ at }) => ({ at: at - offset, label: times[at - offset]! }));
}
