import type { CommandSpec } from "../command.js";
import { COMMON } from "../options/groups.js";

export const datasetsCommand: CommandSpec = {
  name: "datasets",
  arguments: "[name]",
  summary: "list the bundled data, or print one as CSV",
  description: "Lists the series that come with yule, or prints one of them.",
  options: COMMON,
  examples: ["yule datasets", "yule datasets airpassengers | yule forecast -"],
  load: async () => (await import("../run/datasets.js")).runDatasets,
};
