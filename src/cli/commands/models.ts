import type { CommandSpec } from "../command.js";
import { COMMON } from "../options/groups.js";

export const modelsCommand: CommandSpec = {
  name: "models",
  arguments: "[name]",
  summary: "list every model with its options and defaults, or explain one",
  description:
    "Lists the models that --model takes, how they are written, and their options; with a name, all about one of them.",
  options: COMMON,
  examples: ["yule models", "yule models arima", "yule models --format json"],
  load: async () => (await import("../run/models.js")).runModels,
};
