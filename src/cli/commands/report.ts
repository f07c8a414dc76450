import type { CommandSpec } from "../command.js";
import { DATA, MODEL } from "../options/groups.js";

export const reportCommand: CommandSpec = {
  name: "report",
  arguments: "[file]",
  summary: "one self-contained HTML page: data, forecast, backtest, checks",
  description:
    "Writes one HTML file: data, forecast with intervals, backtest, decomposition, residual checks, and the command that repeats it. For a panel: an overview and a page for each series. FILE is CSV, JSON, Parquet, Arrow or Excel, or - for standard input.",
  options: [
    "horizon",
    "level",
    "folds",
    ...MODEL.filter((name) => name !== "save" && name !== "load"),
    "paths",
    "future",
    ...DATA,
    "output",
    "quiet",
    "verbose",
    "color",
  ],
  examples: [
    "yule report sales.csv -o report.html",
    "yule report shops.csv -n 12 --model auto-ets --level 80,95 -o shops.html",
  ],
  page: true,
  load: async () => (await import("../run/report/report.js")).runReport,
};
