import { YuleError } from "../../core/errors.js";
import type { FitOptions, Fitted, Model } from "../../core/model.js";
import { random } from "../../core/random.js";
import type { FutureInputs } from "../../engine/inputs.js";
import { apply } from "../../engine/update.js";
import { type MissingPolicy, withMissing } from "../../models/missing.js";
import { parseModel } from "../../select/catalogue.js";
import { attach } from "./detached.js";
import type { Task } from "./task.js";

export type OnProgress = NonNullable<FitOptions["onProgress"]>;

/** The fitted model of a task: fitted now, or taken up from where it was saved. */
export function fittedOf(
  { model, series, seed, horizon }: Pick<Task, "model" | "series" | "seed" | "horizon">,
  onProgress?: OnProgress,
): Fitted {
  if ("notation" in model) {
    return modelOf(model.notation, model.missing).fit(series!, {
      rng: random(seed),
      ...(horizon === null ? {} : { horizon }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  }
  if ("refused" in model) throw new YuleError(model.refused);
  const fitted = attach(model.fitted);
  return model.refit && series !== null ? apply(fitted, series) : fitted;
}

/** Models that were made, which the series of a panel share. */
const made = new Map<string, Model>();
const MOST_MADE = 64;

function modelOf(notation: string, missing: MissingPolicy): Model {
  const key = `${missing} ${notation}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const model = withMissing(parseModel(notation), missing);
  if (made.size === MOST_MADE) made.clear();
  made.set(key, model);
  return model;
}

/** The future values of those inputs that the model learned from; others were told to be left out. */
export function inputsFor(fitted: Fitted, { future }: Task): FutureInputs {
  const used = Object.entries(future ?? {}).filter(([name]) => fitted.origin.inputNames.includes(name));
  return Object.fromEntries(used);
}
