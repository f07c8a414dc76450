import { loadFamilies } from "../select/catalogue.js";
import { askedOf, perform as performNow, type TaskOf, type Yields } from "./tasks/perform.js";
import type { Outcome } from "./tasks/task.js";

/** What a worker thread of the pool runs: does tasks; the code of a large family is loaded first where a model needs it. */
export async function perform<K extends keyof Yields>(
  tasks: readonly TaskOf<K>[],
): Promise<Outcome<Yields[K]>[]> {
  await loadFamilies(tasks.map((task) => ("fitted" in task.model ? task.model.fitted.kind : askedOf(task))));
  return tasks.map((task) => performNow(task));
}
