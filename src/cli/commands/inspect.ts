import type { CommandSpec } from "../command.js";
import { COMMON, DATA } from "../options/groups.js";

export const inspectCommand: CommandSpec = {
  name: "inspect",
  arguments: "[file]",
  summary: "examine the data: frequency, gaps, period, stationarity tests, acf and pacf",
  description:
    "Examines every series of FILE without fitting a model. FILE is CSV, JSON, Parquet, Arrow or Excel, or - for standard input.",
  options: [...DATA.filter((name) => name !== "missing"), "plot", ...COMMON],
  examples: ["yule inspect sales.csv", "yule inspect sales.csv --format json"],
  load: async () => (await import("../run/inspect/inspect.js")).runInspect,
};
