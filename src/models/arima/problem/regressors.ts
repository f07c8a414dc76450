import { dataError } from "../../../core/errors.js";
import type { Series } from "../../../core/series.js";
import { levelName } from "../definition/names.js";
import type { Choice } from "../definition/options.js";
import type { Regressor } from "./design.js";

/** The regression part: level, straight line, inputs, in this order. */
export function regressorsOf(series: Series, choice: Choice): Regressor[] {
  const n = series.y.length;
  const { names, columns } = series.inputs;
  const regressors: Regressor[] = [];
  if (choice.mean) {
    regressors.push({
      name: levelName(choice.drift || names.length > 0),
      values: new Float64Array(n).fill(1),
    });
  }
  if (choice.drift)
    regressors.push({ name: "drift", values: Float64Array.from({ length: n }, (_, t) => t + 1) });
  names.forEach((name, i) => {
    regressors.push({ name, values: columns[i]! });
  });
  return regressors;
}

/** @throws YuleError `collinear-inputs`, naming the column. */
export function collinearError(
  series: Series,
  notation: string,
  regressors: readonly Regressor[],
  index: number,
): Error {
  const { name } = regressors[index]!;
  const others = regressors.slice(0, index).map((regressor) => regressor.name);
  const why =
    others.length === 0
      ? "is constant once differenced"
      : `is constant once differenced, or follows from ${others.join(", ")}`;
  return dataError(
    "collinear-inputs",
    name,
    series.id,
    `The coefficient of ${name} cannot be estimated in ${notation} on ${series.id}: the column ${why}; leave it out.`,
  );
}
