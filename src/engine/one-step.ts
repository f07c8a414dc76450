import { requireFitted } from "../core/arguments/objects.js";
import type { Distribution } from "../core/distribution.js";
import type { Fitted } from "../core/model.js";
import { inputRow, requireSeries, type Series } from "../core/series.js";
import { corrected } from "./forecast.js";
import { alignInputs } from "./update.js";

/**
 * The one-step prediction of each value of a series, a distribution a row, corrected as forecasts are; null at the start, while nothing
 * can be predicted, and for rows before those that the model was fitted to.
 */
export function oneStepAhead(fitted: Fitted, source: Series): (Distribution | null)[] {
  requireFitted(fitted, "oneStepAhead");
  const used = fitted.history ?? requireSeries(source, "oneStepAhead takes");
  const series = alignInputs(fitted, used);
  const { process, params } = fitted;
  const before = Math.max(0, source.y.length - series.y.length);
  const rows: (Distribution | null)[] = new Array(before).fill(null);
  let state = process.start(params, series);
  for (let t = 0; t < series.y.length; t++) {
    const input = inputRow(series.inputs, t);
    const own = process.conditional(params, state, input);
    rows.push(own.kind === "diffuse" ? null : corrected(fitted, [own])[0]!);
    state = process.advance(params, state, series.y[t]!, input);
  }
  return rows;
}
