import type { CommandSpec } from "../command.js";
import { COMMON, DATA } from "../options.js";

export const updateCommand: CommandSpec = {
  name: "update",
  arguments: "<model> [file]",
  summary: "take new rows into a saved model without refitting",
  description:
    "Moves the fitted models of MODEL.json forward over the rows of FILE that follow what they have seen, and saves them in place (or to --save). Shows how each new value compared with its one-step forecast. FILE is a CSV, or - for standard input.",
  options: [...DATA, "inputs", "new", "save", ...COMMON],
  examples: [
    "yule update model.json new-rows.csv",
    "yule update model.json - --save later.json < new-rows.csv",
  ],
  load: async () => (await import("../run/update.js")).runUpdate,
};
