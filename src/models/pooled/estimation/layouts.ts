import type { Panel } from "../../../core/series.js";
import type { Frequency } from "../../../core/time/time.js";
import { square } from "../../../math/power.js";
import { cyclesOf } from "../../shared/calendar-cycles.js";
import { defaultLags } from "../../shared/default-lags.js";
import type { InputScaling, Logarithm, Usual } from "../params.js";
import { MANY_ZEROS } from "./counts.js";
import type { Layout } from "./rows.js";

/** Values that a usual value is the median of, at most, and the cycles that a series has to go through for it. */
const TURNS = 8;
const LEAST_TURNS = 3;
/** Of a longer cycle, the week of hours, and so on. */
const LEAST_WEEKS = 4;
/** Where there are zeros, this quantile of the positive values of some series is added before logarithms are taken. */
const OFFSET_AT = 0.1;
const OFFSET_FROM = 20_000;

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
  const counts = counted(panel);
  // With more zeros, 0 would always miss least.
  if (asked !== null || counts.zeros > MANY_ZEROS) return [plain];
  const usual = usualOf(frequency, period, median);
  const log = logarithmOf(panel, counts);
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

interface Counted {
  /** Share of the values that are 0. */
  readonly zeros: number;
  readonly negative: boolean;
  readonly leastPositive: number;
}

function counted(panel: Panel): Counted {
  let [zeros, seen, leastPositive, negative] = [0, 0, Number.POSITIVE_INFINITY, false];
  for (const { y } of panel)
    for (const value of y) {
      if (Number.isNaN(value)) continue;
      seen++;
      if (value < 0) negative = true;
      else if (value === 0) zeros++;
      else if (value < leastPositive) leastPositive = value;
    }
  return { zeros: zeros / seen, negative, leastPositive };
}

/** null where a value is negative. */
function logarithmOf(panel: Panel, { zeros, negative, leastPositive }: Counted): Logarithm | null {
  if (negative || !Number.isFinite(leastPositive)) return null;
  const offset = zeros > 0 ? offsetOf(panel) : 0;
  const least = zeros > 0 ? offset : leastPositive;
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

/** The larger it is, the less the smallest values weigh; the smallest of all would make lower tails of logarithms very long. */
function offsetOf(panel: Panel): number {
  const rows = panel.reduce((sum, { y }) => sum + y.length, 0);
  const step = Math.max(1, Math.floor(rows / OFFSET_FROM));
  const positive = panel
    .flatMap(({ y }, i) => Array.from(y).filter((value, t) => (i + t) % step === 0 && value > 0))
    .sort((a, b) => a - b);
  return positive[Math.floor(OFFSET_AT * positive.length)]!;
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
