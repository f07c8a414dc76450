import { random } from "../../core/random.js";
import { anomalies, judgedBy } from "../../evaluate/anomalies/anomalies.js";
import { withMissing } from "../../models/missing.js";
import { parseModel } from "../../select/catalogue.js";
import { detach } from "./detached.js";
import { fittedOf, type OnProgress } from "./fitted-of.js";
import type { AnomaliesResult } from "./results.js";
import type { Task } from "./task.js";

export function anomaliesTask(task: Task, onProgress?: OnProgress): AnomaliesResult {
  const { model, series, seed, levels } = task;
  const level = levels[0]!;
  const result =
    "notation" in model
      ? anomalies(series!, withMissing(parseModel(model.notation), model.missing), {
          level,
          rng: random(seed),
          ...(onProgress === undefined ? {} : { onProgress }),
        })
      : judgedBy(fittedOf(task, onProgress), series!, level);
  return {
    level,
    rows: result.rows,
    judged: result.judged,
    notes: result.notes,
    notation: result.model,
    origin: result.fitted.origin,
    fitted: task.keep ? detach(result.fitted) : null,
  };
}
