import { YuleError } from "../../core/errors.js";
import type { FitOptions, Fitted } from "../../core/model.js";
import { random } from "../../core/random.js";
import type { FutureInputs } from "../../engine/inputs.js";
import { apply } from "../../engine/update.js";
import { withMissing } from "../../models/missing.js";
import { parseModel } from "../../select/catalogue.js";
import { attach } from "./detached.js";
import type { Task } from "./task.js";

export type OnProgress = NonNullable<FitOptions["onProgress"]>;

/** The fitted model of a task: fitted now, or taken up from where it was saved. */
export function fittedOf({ model, series, seed, horizon }: Task, onProgress?: OnProgress): Fitted {
  if ("notation" in model) {
    return withMissing(parseModel(model.notation), model.missing).fit(series!, {
      rng: random(seed),
      ...(horizon === null ? {} : { horizon }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  }
  if ("refused" in model) throw new YuleError(model.refused);
  const fitted = attach(model.fitted);
  return model.refit && series !== null ? apply(fitted, series) : fitted;
}

/** The future values of those inputs that the model learned from; others were told to be left out. */
export function inputsFor(fitted: Fitted, { future }: Task): FutureInputs {
  const used = Object.entries(future ?? {}).filter(([name]) => fitted.origin.inputNames.includes(name));
  return Object.fromEntries(used);
}
