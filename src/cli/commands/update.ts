import type { CommandSpec } from "../command.js";
import { COMMON, DATA } from "../options/groups.js";

export const updateCommand: CommandSpec = {
  name: "update",
  arguments: "<model> [file]",
  summary: "update a saved model with new rows, without refitting",
  description:
    "Updates the fitted models of MODEL.json with the new rows of FILE, without refitting. Saves them in place, or to --save. Compares each new value with its one-step forecast; --plot draws them with the forecast that follows. FILE is CSV, JSON, Parquet, Arrow or Excel, or - for standard input.",
  options: [...DATA, "inputs", "new", "save", "plot", "digits", "jobs", "failures", "resume", ...COMMON],
  examples: [
    "yule update model.json new-rows.csv",
    "yule update model.json - --save later.json < new-rows.csv",
    "yule update model.json new-rows.csv --plot update.html",
  ],
  load: async () => (await import("../run/update.js")).runUpdate,
};
