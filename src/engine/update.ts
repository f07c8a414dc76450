import { numbersFrom } from "../core/arguments/numbers.js";
import { requireFitted } from "../core/arguments/objects.js";
import { dataError } from "../core/errors.js";
import type { Fitted } from "../core/model.js";
import { part } from "../core/parts.js";
import { requireSeries, type Series } from "../core/series.js";
import { type FutureInputs, futureRows } from "./inputs.js";
import { replay } from "./replay.js";

/**
 * Takes new values in without re-estimating; costs the same for each value whatever the history's length.
 *
 * @param values the values that follow, in order; NaN where missing. Of a series, its values, and its inputs where `inputs` are not given.
 * @returns a fitted model after the values; the one given stays as it is.
 * @throws YuleError `infinite-value`, `missing-inputs`, `short-inputs`.
 * @example const later = update(fitted, [417, 391]);
 */
export function update<P, S>(
  fitted: Fitted<P, S>,
  values: ArrayLike<number> | Series,
  inputs?: FutureInputs,
): Fitted<P, S> {
  requireFitted(fitted, "update");
  const fresh = numbersFrom(values, "values");
  const rows = futureRows(fitted.origin, inputs ?? inputsOf(values), fresh.length);
  requireFinite(fresh, rows.length);
  const { process, params } = fitted;
  const state =
    process.advanceMany?.(params, fitted.state, fresh, rows) ??
    rows.reduce((memory, input, i) => process.advance(params, memory, fresh[i]!, input), fitted.state);
  const { history: _, ...rest } = fitted;
  return { ...rest, state, origin: { ...fitted.origin, length: fitted.origin.length + fresh.length } };
}

/** The inputs of a series by name, where it has any. */
function inputsOf(values: ArrayLike<number> | Series): FutureInputs | undefined {
  if (!("inputs" in values)) return undefined;
  const { names, columns } = values.inputs;
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name, i) => [name, columns[i]!]));
}

function requireFinite(values: ArrayLike<number>, count: number): void {
  for (let i = 0; i < count; i++) {
    const y = values[i]!;
    if (y !== Number.POSITIVE_INFINITY && y !== Number.NEGATIVE_INFINITY) continue;
    throw dataError(
      "infinite-value",
      `values[${i}]`,
      y,
      `New value ${i + 1} is ${y}; replace it by a number or NaN for missing.`,
    );
  }
}

/**
 * The same estimates on another series, or on more of the same: nothing is estimated again, only the state is computed for it.
 *
 * @param fitted what `fit` returned.
 * @param series n values in time order, NaN where missing, with every regressor of the fit.
 * @returns a fitted model that has its origin at the end of `series`.
 * @throws YuleError `missing-inputs` when the series lacks a regressor of the fit.
 * @example const there = apply(ar({ order: 1 }).fit(series([3, 5, 4, 6, 5, 7])), series([30, 50, 40]));
 */
export function apply<P, S>(fitted: Fitted<P, S>, series: Series): Fitted<P, S> {
  requireFitted(fitted, "apply");
  const aligned = alignInputs(fitted, requireSeries(series, "apply takes"));
  return {
    ...fitted,
    state: replay(fitted.process, fitted.params, aligned).state,
    origin: { ...fitted.origin, id: series.id, time: series.time, length: series.y.length },
    history: aligned,
  };
}

/** @deprecated The name of `apply` in version 0.1. */
export const refit = apply;

/** The series with its regressors in the order the model learned them; those that follow from the times are made where it lacks them. */
export function alignInputs(fitted: Fitted, series: Series): Series {
  const names = fitted.origin.inputNames;
  const columns = names.map((name) => {
    const at = series.inputs.names.indexOf(name);
    const rule = fitted.origin.inputRules?.[name];
    if (at < 0 && rule !== undefined && series.time !== null)
      return part("valuesOfRule")(name, rule, series.time, 0, series.y.length);
    if (at < 0) {
      throw dataError(
        "missing-inputs",
        name,
        undefined,
        `The model was fitted with the input ${name}, which the series ${series.id} does not have.`,
      );
    }
    return series.inputs.columns[at]!;
  });
  const rules = fitted.origin.inputRules ?? series.inputs.rules;
  return { ...series, inputs: { names, columns, ...(rules === undefined ? {} : { rules }) } };
}
