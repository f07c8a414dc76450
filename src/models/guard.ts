import { dataError } from "../core/errors.js";
import type { Model } from "../core/model.js";
import { NO_INPUTS, type Series } from "../core/series.js";
import { withNote } from "./missing.js";

/** Beyond this size squares of values overflow. */
const LARGEST = 1e150;

/**
 * A model that refuses values too large to square, and leaves out the regressors when it has no use for them, saying so.
 *
 * @throws YuleError `too-large` when fitting, naming the row.
 */
export function guarded(model: Model, takesInputs: boolean): Model {
  return {
    ...model,
    fit(series, options) {
      requireSquarable(series);
      if (takesInputs || series.inputs.names.length === 0) return model.fit(series, options);
      const fitted = model.fit({ ...series, inputs: NO_INPUTS }, options);
      return withNote(fitted, {
        code: "inputs-ignored",
        severity: "warning",
        message: `${model.notation} does not use inputs: ${series.inputs.names.join(", ")} were left out (arima takes them).`,
        details: { inputs: series.inputs.names },
      });
    },
  };
}

function requireSquarable({ id, y }: Series): void {
  const at = y.findIndex((value) => Math.abs(value) > LARGEST);
  if (at < 0) return;
  throw dataError(
    "too-large",
    id,
    y[at],
    `Row ${at + 1} of ${id} is ${y[at]}, beyond ${LARGEST}, where squares overflow; correct it or divide the column.`,
  );
}
