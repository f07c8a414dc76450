import type { CommandSpec } from "../command.js";
import { COMMON } from "../options/groups.js";

export const modelsCommand: CommandSpec = {
  name: "models",
  arguments: "",
  summary: "list every model with its options and defaults",
  description: "Lists the models that --model takes, how they are written, and their options.",
  options: COMMON,
  examples: ["yule models", "yule models --format json"],
  load: async () => (await import("../run/models.js")).runModels,
};
