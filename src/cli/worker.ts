import { loadFamilies } from "../select/catalogue.js";
import { perform as performNow, type TaskOf, type Yields } from "./tasks/perform.js";
import type { Outcome } from "./tasks/task.js";

/** What a worker thread of the pool runs: does a task; the code of a large family is loaded first where its model needs it. */
export async function perform<K extends keyof Yields>(task: TaskOf<K>): Promise<Outcome<Yields[K]>> {
  const { model } = task;
  await loadFamilies(["notation" in model ? model.notation : model.fitted.kind]);
  return performNow(task);
}
