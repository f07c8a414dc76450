import { following } from "../../../core/alignment.js";
import type { Distribution } from "../../../core/distribution.js";
import type { Fitted, Note, Origin } from "../../../core/model.js";
import { inputRow, type Series } from "../../../core/series.js";
import { timeLabel } from "../../../core/time/calendar.js";
import { alignInputs, update } from "../../../engine/update.js";

/** One new row: what came, and what the model had expected. */
export interface Step {
  readonly ds: string;
  readonly y: number;
  readonly mean: number;
  readonly residual: number;
  /** The residual in standard deviations of the one-step forecast. */
  readonly standardized: number;
}

export interface Updated {
  readonly fitted: Fitted;
  readonly steps: readonly Step[];
  /** What the model said of each step before its value came, as it was before calibration. */
  readonly expected: readonly Distribution[];
  /** Rows that were seen before, and steps that are missing. */
  readonly notes: readonly Note[];
}

/** Moves a model over the rows of its series that it has not seen. */
export function take(model: Fitted, given: Series): Updated {
  const series = alignInputs(model, given);
  const { seen, gap } = following(model.origin, series);
  const notes: Note[] = [];
  if (seen > 0) notes.push(seenNote(Math.min(seen, series.y.length), model));
  if (gap > 0) notes.push(gapNote(gap));
  let fitted = model;
  const steps: Step[] = [];
  const expected: Distribution[] = [];
  for (let t = -gap; t < series.y.length; t++) {
    if (t >= 0 && t < seen) continue;
    const y = t < 0 ? Number.NaN : series.y[t]!;
    if (t >= 0) {
      const said = conditionalAt(fitted, series, t);
      steps.push(stepOf(said, fitted, series, t));
      expected.push(said);
    }
    fitted = update(fitted, [y], inputsAt(fitted.origin, series, t));
  }
  return { fitted, steps, expected, notes };
}

function seenNote(count: number, { notation }: Fitted): Note {
  const message = `${count} rows that ${notation} already includes were left out.`;
  return { code: "rows-seen", severity: "info", message, details: { count } };
}

function gapNote(gap: number): Note {
  const message = `${gap} ${gap === 1 ? "step is" : "steps are"} missing before the first new row and count as missing values.`;
  return { code: "steps-missing", severity: "warning", message, details: { count: gap } };
}

/** The regressors of a row; of a step before the first row those that follow from the times are left to the model. */
function inputsAt({ inputRules }: Origin, { inputs }: Series, t: number): Record<string, number[]> {
  const given = inputs.names.filter((name) => t >= 0 || inputRules?.[name] === undefined);
  return Object.fromEntries(
    given.map((name) => [name, [inputs.columns[inputs.names.indexOf(name)]![t] ?? Number.NaN]]),
  );
}

function conditionalAt({ process, params, state }: Fitted, series: Series, t: number): Distribution {
  return process.conditional(params, state, inputRow(series.inputs, t));
}

function stepOf({ mean, variance }: Distribution, { origin }: Fitted, series: Series, t: number): Step {
  const residual = series.y[t]! - mean;
  const ds = series.time === null ? String(origin.length + 1) : timeLabel(series.time, t);
  return { ds, y: series.y[t]!, mean, residual, standardized: residual / Math.sqrt(variance) };
}
