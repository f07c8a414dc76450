import { parentPort } from "node:worker_threads";
import { loadFamilies } from "../../select/catalogue.js";
import { askedOf, perform, type TaskOf, type TaskResults } from "../tasks/perform.js";

/** What a worker thread runs: does the tasks of each message; the code of a large family is loaded first where a model needs it. */
parentPort?.on("message", async (tasks: readonly TaskOf<keyof TaskResults>[]) => {
  await loadFamilies(tasks.map((task) => ("fitted" in task.model ? task.model.fitted.kind : askedOf(task))));
  parentPort?.postMessage(tasks.map((task) => perform(task)));
});
