import type { Fitted } from "../../core/model.js";
import { random } from "../../core/random.js";
import { refit } from "../../engine/update.js";
import { withMissing } from "../../models/missing.js";
import { modelOf } from "../families.js";
import { attach } from "./detached.js";
import type { Task } from "./task.js";

/** The fitted model of a task: fitted now, or taken up from where it was saved. */
export function fittedOf({ model, series, seed }: Task): Fitted {
  if ("notation" in model) {
    return withMissing(modelOf(model.notation), model.missing).fit(series!, { rng: random(seed) });
  }
  const fitted = attach(model.fitted);
  return model.refit && series !== null ? refit(fitted, series) : fitted;
}
