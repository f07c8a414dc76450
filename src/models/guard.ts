import { show } from "../core/checks.js";
import { dataError, usageError } from "../core/errors.js";
import type { Model } from "../core/model.js";
import { NO_INPUTS, requireSeries, type Series } from "../core/series.js";
import { withNote } from "./report.js";

/** Beyond this size squares of values overflow. */
const LARGEST = 1e150;

const GUARDED = new WeakSet<Model>();

/** A model that uses inputs, or refuses them itself. @throws YuleError `not-a-series`, `too-large` when fitting. */
export function inputModel<M extends Model>(model: M): M {
  return guarded(model, true);
}

/**
 * A model without use for inputs: it is fitted without them, and a warning says so.
 *
 * @throws YuleError `too-large` when fitting, naming the row.
 */
export function plainModel<M extends Model>(model: M): M {
  return guarded(model, false);
}

/** A model as its constructor or its family returns it, checked before every fit; the same one where it already is. */
export function guarded<M extends Model>(model: M, takesInputs: boolean): M {
  if (GUARDED.has(model)) return model;
  const safe: M = {
    ...model,
    fit(series, options = {}) {
      requireSeries(series, `The model ${model.notation} is fitted to`);
      if (typeof options !== "object" || options === null || Array.isArray(options)) {
        const message = `The options of fit must be an object such as { rng: random(3) }, not ${show(options)}.`;
        throw usageError("bad-options", "options", options, message);
      }
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
  GUARDED.add(safe);
  return safe;
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
