import type { Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { positionNames } from "../../core/time/season-names.js";
import { difference } from "../../diagnostics/differencing.js";
import type { DifferencingEvidence } from "../../diagnostics/evidence.js";
import { differencesBy } from "../../diagnostics/orders/ndiffs.js";
import { seasonalDifferencesBy } from "../../diagnostics/orders/nsdiffs.js";
import { unseenPositions } from "../../diagnostics/seasonality/unseen-positions.js";
import { leastSquares } from "../../math/linear-algebra/least-squares.js";
import type { TestedChoice } from "./options.js";

/** How often to difference, and what decided it. */
export interface Differences {
  readonly d: number;
  readonly D: number;
  readonly evidence: {
    readonly ordinary: readonly DifferencingEvidence[];
    readonly seasonal: readonly DifferencingEvidence[];
  };
  readonly notes: readonly Note[];
}

/** As R's auto.arima: seasonal differences first, both tests on what plain regression on the inputs leaves. */
export function chooseDifferences(series: Series, period: number, choice: TestedChoice): Differences {
  const values = unexplained(series);
  const notes: Note[] = [];
  let D = 0;
  let seasonal: readonly DifferencingEvidence[] = [];
  if (period > 1 && choice.D !== null) D = choice.D;
  else if (period > 1 && !choice.stationary && values.length > 2 * period) {
    const found = seasonalDifferencesBy(choice.tests.seasonal, values, period, {
      test: choice.seasonalTest,
      maximum: choice.maxSeasonalDifferences,
    });
    D = sparing(series, found.differences, (times) => [period, times, 0]);
    seasonal = found.evidence;
    notes.push(...found.notes);
    if (D === 0 && choice.maxSeasonalDifferences > 0 && isExactBySeason(values, period)) {
      D = 1;
      notes.push(exactNote(series));
    }
  }
  if (choice.d !== null || choice.stationary) {
    return { d: choice.d ?? 0, D, evidence: { ordinary: [], seasonal }, notes };
  }
  // With so many gaps no value has one observed a season before: seasonal differences would all be missing.
  if (choice.D === null && D > 0 && difference(values, period, D).every(Number.isNaN)) D = 0;
  const found = differencesBy(choice.tests.unitRoot, D > 0 ? difference(values, period, D) : values, {
    test: choice.unitRootTest,
    maximum: choice.maxDifferences,
  });
  const d = sparing(series, found.differences, (times) => [period, D, times]);
  notes.push(...found.notes.filter(({ code }) => code !== "missing-dropped"));
  return { d, D, evidence: { ordinary: found.evidence, seasonal }, notes };
}

/** Changes over a season that differ by less than this share of the largest value are equal but for rounding. */
const ROUNDING = 1e-12;

/** Whether all values changed by the same amount over a season, and not from each value to the next. */
function isExactBySeason(values: Float64Array, period: number): boolean {
  const isSteady = (lag: number) => {
    const changes = difference(values, lag, 1).filter((change) => !Number.isNaN(change));
    const first = changes[0] ?? Number.NaN;
    return changes.length >= period && changes.every((change) => Math.abs(change - first) <= ROUNDING * size);
  };
  const size = values.reduce((largest, value) => (Math.abs(value) > largest ? Math.abs(value) : largest), 0);
  return isSteady(period) && !isSteady(1);
}

function exactNote({ id }: Series): Note {
  return {
    code: "exact-season",
    severity: "info",
    message: `All values of ${id} changed by the same amount over a season, so one seasonal difference is taken whatever the test finds.`,
    minor: true,
  };
}

/** The same with one difference less, for series where a difference leaves too few values; null where the differences are fixed. */
export function fewerDifferences(
  series: Series,
  period: number,
  choice: TestedChoice,
  { d, D, evidence, notes }: Differences,
): Differences | null {
  if (D > 0 && choice.D === null) {
    const again = chooseDifferences(series, period, { ...choice, D: 0 });
    const kept = notes.filter(({ code }) => !again.notes.some((note) => note.code === code));
    return {
      ...again,
      evidence: { ordinary: again.evidence.ordinary, seasonal: evidence.seasonal },
      notes: [...kept, ...again.notes],
    };
  }
  return d > 0 && choice.d === null ? { d: d - 1, D, evidence, notes } : null;
}

/** A note about positions of the season without any observed value, such as Sundays of a shop. */
export function unseenNotes({ id, y, time }: Series, period: number): Note[] {
  if (period < 2 || y.length < 2 * period) return [];
  const unseen = unseenPositions(y, period);
  if (unseen.length === 0) return [];
  const first = unseen[0]! + 1;
  const names = positionNames(time, period, unseen);
  return [
    {
      code: "unseen-positions",
      severity: "warning",
      message: `No value of ${id} was ever observed on ${unseen.length} of the ${period} positions of its season (${names && `${names}: `}rows ${first}, ${first + period} …): their forecasts are interpolated from the other positions.`,
      details: { period, positions: unseen.map((at) => at + 1) },
    },
  ];
}

/** The series from its first value on, less its regression on the inputs. */
function unexplained({ y, inputs }: Series): Float64Array {
  const from = y.findIndex((value) => !Number.isNaN(value));
  const values = y.slice(Math.max(0, from));
  const k = inputs.columns.length;
  if (k === 0) return values;
  const rows = Array.from(values.keys()).filter((t) => !Number.isNaN(values[t]!));
  const design = new Float64Array(rows.length * (k + 1));
  rows.forEach((t, i) => {
    design[i * (k + 1)] = 1;
    inputs.columns.forEach((column, j) => {
      design[i * (k + 1) + j + 1] = column[t + Math.max(0, from)]!;
    });
  });
  const { coefficients } = leastSquares(
    design,
    rows.length,
    k + 1,
    Float64Array.from(rows, (t) => values[t]!),
  );
  return values.map((value, t) => {
    let left = value - coefficients[0]!;
    inputs.columns.forEach((column, j) => {
      if (!Number.isNaN(coefficients[j + 1])) left -= coefficients[j + 1]! * column[t + Math.max(0, from)]!;
    });
    return left;
  });
}

/** Fewer differences where these would make an input constant, so that its coefficient could not be estimated. */
function sparing(
  { inputs }: Series,
  times: number,
  how: (times: number) => readonly [period: number, D: number, d: number],
): number {
  let left = times;
  while (left > 0) {
    const [period, D, d] = how(left);
    const flat = inputs.columns.some((column) => {
      const rest = difference(difference(column, period, D), 1, d);
      const first = rest[0]!;
      return rest.every((value) => Math.abs(value - first) <= 1e-12 * Math.abs(first));
    });
    if (!flat) return left;
    left--;
  }
  return left;
}
