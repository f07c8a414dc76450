import type { CommandSpec } from "../command.js";
import { COMMON, DATA, MODEL, PANELS } from "../options/groups.js";
import { streamed } from "./streamed.js";

export const anomaliesCommand: CommandSpec = {
  name: "anomalies",
  arguments: "[file]",
  summary: "values outside their one-step prediction interval",
  description:
    "Compares every observed value of FILE with its one-step prediction interval (99 %; --level 95 for another) and lists those beyond it: spikes and level shifts. FILE is CSV, JSON, Parquet, Arrow or Excel, or - for standard input.",
  options: [
    "level",
    ...MODEL.filter((name) => name !== "intervals"),
    ...DATA,
    ...PANELS,
    "all",
    "plot",
    "digits",
    ...COMMON,
  ],
  examples: [
    "yule anomalies sales.csv",
    'yule anomalies sensor.csv --model "ar(auto)" --level 99.9 --all -o judged.csv',
  ],
  load: () => streamed("anomalies", async () => (await import("../run/anomalies.js")).runAnomalies),
};
