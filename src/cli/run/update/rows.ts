import { following } from "../../../core/alignment.js";
import type { Fitted, Origin } from "../../../core/model.js";
import { inputRow, type Series } from "../../../core/series.js";
import { timeLabel } from "../../../core/time/calendar.js";
import { alignInputs, update } from "../../../engine/update.js";
import type { Context } from "../../context.js";

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
}

/** Moves a model over the rows of its series that it has not seen. */
export function take(context: Context, model: Fitted, given: Series): Updated {
  const series = alignInputs(model, given);
  const { seen, gap } = following(model.origin, series);
  const { id } = model.origin;
  if (seen > 0)
    context.decided(
      `${id}: ${Math.min(seen, series.y.length)} rows that ${model.notation} has seen already were left out.`,
    );
  if (gap > 0)
    context.warn(
      `${id}: ${gap} ${gap === 1 ? "step is" : "steps are"} missing before the first new row and count as missing values.`,
    );
  let fitted = model;
  const steps: Step[] = [];
  for (let t = -gap; t < series.y.length; t++) {
    if (t >= 0 && t < seen) continue;
    const y = t < 0 ? Number.NaN : series.y[t]!;
    const step = t < 0 ? null : expectation(fitted, series, t);
    if (step !== null) steps.push(step);
    fitted = update(fitted, [y], inputsAt(fitted.origin, series, t));
  }
  return { fitted, steps };
}

/** The regressors of a row; of a step before the first row those that follow from the times are left to the model. */
function inputsAt({ inputRules }: Origin, { inputs }: Series, t: number): Record<string, number[]> {
  const given = inputs.names.filter((name) => t >= 0 || inputRules?.[name] === undefined);
  return Object.fromEntries(
    given.map((name) => [name, [inputs.columns[inputs.names.indexOf(name)]![t] ?? Number.NaN]]),
  );
}

function expectation({ process, params, state, origin }: Fitted, series: Series, t: number): Step {
  const { mean, variance } = process.conditional(params, state, inputRow(series.inputs, t));
  const residual = series.y[t]! - mean;
  const ds = series.time === null ? String(origin.length + 1) : timeLabel(series.time, t);
  return { ds, y: series.y[t]!, mean, residual, standardized: residual / Math.sqrt(variance) };
}
