import type { Panel } from "../../../core/series.js";
import type { Frequency } from "../../../core/time/time.js";
import { square } from "../../../math/power.js";
import { cyclesOf } from "../../shared/calendar-cycles.js";
import { defaultLags } from "../../shared/default-lags.js";
import type { InputScaling, Logarithm, Usual } from "../params.js";
import type { Layout } from "./rows.js";

/** Values that a usual value is the median of, at most, and the cycles that a series has to go through for it. */
const TURNS = 8;
const LEAST_TURNS = 3;
/** Of a longer cycle, the week of hours, and so on. */
const LEAST_WEEKS = 4;
/** Logarithms are tried where at most this share of the values is 0. */
const MOST_ZEROS = 0.3;

/**
 * The regressions that are tried on a panel, the plain one first: of levels or of deviations from usual values, of values or of logarithms.
 * Where lags are given there is the plain one alone.
 */
export function layoutsOf(panel: Panel, asked: readonly number[] | null): readonly [Layout, ...Layout[]] {
  const { period, time } = panel[0]!;
  const frequency = time?.frequency ?? null;
  const lengths = panel.map(({ y }) => y.length).sort((a, b) => a - b);
  const median = lengths[lengths.length >> 1]!;
  const lags = asked ?? defaultLags(frequency, period, Math.max(1, Math.floor(median / 3)));
  const plain: Layout = {
    lags,
    period,
    cycles: frequency === null ? [] : cyclesOf(frequency, lengths.at(-1)!),
    inputs: panel[0]!.inputs.names.map((name, i) => scalingOf(name, panel, i)),
    fade: 1 - 1 / Math.max(20, 2 * Math.min(period, 500)),
    log: null,
    usual: null,
  };
  if (asked !== null) return [plain];
  const usual = usualOf(frequency, period, median);
  const log = logarithmOf(panel);
  const more: Layout[] = [];
  if (log !== null) more.push({ ...plain, log });
  if (usual !== null) {
    const longest = Math.min(usual.cycle + 1, Math.floor((median - usual.cycle) / 3));
    const near = { ...plain, usual, lags: lags.filter((lag, i) => i === 0 || lag <= longest) };
    more.push(near);
    if (log !== null) more.push({ ...near, log });
  }
  return [plain, ...more];
}

const SECONDS: Partial<Record<Frequency["unit"], number>> = { second: 1, minute: 60, hour: 3600 };
const WEEK = 7 * 86_400;

/** The week of steps below a day where series have some, else the period; null without one. */
function usualOf(frequency: Frequency | null, period: number, median: number): Usual | null {
  const step = frequency === null ? undefined : SECONDS[frequency.unit];
  const week = step === undefined ? 0 : WEEK / (step * frequency!.count);
  const cycle = week > period && Number.isInteger(week) && median >= LEAST_WEEKS * week ? week : period;
  if (cycle < 2 || median < LEAST_TURNS * cycle) return null;
  return { cycle, turns: Math.min(TURNS, Math.floor(median / cycle)) };
}

/** null where a value is negative, or many are 0. */
function logarithmOf(panel: Panel): Logarithm | null {
  let [zeros, seen, least] = [0, 0, Number.POSITIVE_INFINITY];
  for (const { y } of panel)
    for (const value of y) {
      if (value < 0) return null;
      if (Number.isNaN(value)) continue;
      seen++;
      if (value === 0) zeros++;
      else if (value < least) least = value;
    }
  if (zeros > MOST_ZEROS * seen || !Number.isFinite(least)) return null;
  const offset = zeros > 0 ? least : 0;
  let reach = 0;
  for (const { y } of panel) {
    let [sum, count, highest] = [0, 0, Number.NEGATIVE_INFINITY];
    for (const value of y) {
      if (Number.isNaN(value)) continue;
      const z = Math.log(Math.max(least, value + offset));
      sum += z;
      count++;
      if (z > highest) highest = z;
    }
    if (count > 0) reach = Math.max(reach, highest - sum / count);
  }
  return { offset, least, reach: 2 * reach + 1 };
}

function scalingOf(name: string, panel: Panel, i: number): InputScaling {
  let [count, sum] = [0, 0];
  for (const { inputs } of panel)
    for (const value of inputs.columns[i]!) {
      sum += value;
      count++;
    }
  const mean = sum / count;
  let squares = 0;
  for (const { inputs } of panel) for (const value of inputs.columns[i]!) squares += square(value - mean);
  const deviation = Math.sqrt(squares / count);
  return { name, mean, deviation: deviation > 1e-12 * Math.abs(mean) ? deviation : 1 };
}
