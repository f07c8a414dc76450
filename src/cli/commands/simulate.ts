import type { CommandSpec } from "../command.js";
import { COMMON, DATA, MODEL, PANELS, SUMS } from "../options/groups.js";
import { streamed } from "./streamed.js";

export const simulateCommand: CommandSpec = {
  name: "simulate",
  arguments: "[file]",
  summary: "sampled paths of the future",
  description:
    "Samples futures of every series of FILE: each value is drawn given those before it. Path i depends on the seed and i only. FILE is CSV, JSON, Parquet, Arrow or Excel, or - for standard input.",
  options: [
    "horizon",
    "paths",
    "decode",
    "draft",
    ...MODEL,
    "future",
    ...DATA,
    ...SUMS,
    ...PANELS,
    "all",
    "plot",
    "digits",
    ...COMMON,
  ],
  examples: [
    "yule simulate sales.csv --paths 500 --seed 7",
    "yule simulate sales.csv --decode top-p=0.9",
    "yule simulate --load model.json -n 6 --format json",
  ],
  load: () => streamed("simulate", async () => (await import("../run/simulate.js")).runSimulate),
};
