import type { CommandSpec } from "../command.js";
import { COMMON, DATA } from "../options/groups.js";

export const decomposeCommand: CommandSpec = {
  name: "decompose",
  arguments: "[file]",
  summary: "trend, seasons and remainder, and how strong they are",
  description:
    "Splits every series of FILE into trend, seasons and remainder by STL (MSTL with several seasons; a smooth trend without any). FILE is CSV, JSON, Parquet, Arrow or Excel, or - for standard input.",
  options: [...DATA.filter((name) => name !== "missing"), "plot", "digits", ...COMMON],
  examples: [
    "yule decompose sales.csv",
    "yule decompose load.csv --format csv -o parts.csv --plot parts.svg",
  ],
  load: async () => (await import("../run/decompose.js")).runDecompose,
};
