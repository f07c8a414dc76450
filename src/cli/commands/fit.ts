import type { CommandSpec } from "../command.js";
import { COMMON, DATA, MODEL, PANELS } from "../options/groups.js";
import { streamed } from "./streamed.js";

export const fitCommand: CommandSpec = {
  name: "fit",
  arguments: "[file]",
  summary: "estimates, standard errors, information criteria, residual checks",
  description:
    "Fits models to every series of FILE and shows the estimates. FILE is CSV, JSON, Parquet, Arrow or Excel, or - for standard input.",
  options: [
    ...MODEL.filter((name) => name !== "load"),
    ...DATA,
    ...PANELS,
    "all",
    "plot",
    "fitted",
    "digits",
    ...COMMON,
  ],
  examples: [
    'yule fit lynx.csv --model "ar(2)"',
    'yule fit sales.csv --model "arima(0,1,1)(0,1,1)[12]" --transform log --format json',
    "yule fit sales.csv --save model.json --quiet",
  ],
  load: () => streamed("fit", async () => (await import("../run/fit/fit.js")).runFit),
};
