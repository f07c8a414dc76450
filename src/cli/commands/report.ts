import type { CommandSpec } from "../command.js";
import { DATA, MODEL } from "../options/groups.js";

export const reportCommand: CommandSpec = {
  name: "report",
  arguments: "[file]",
  summary: "one self-contained HTML page: data, forecast, backtest, checks",
  description:
    "Writes a page in one file: what the data are, the forecast with intervals in words, how good it would have been, the parts of the series, the checks of the residuals, and how to repeat it. Of a panel: an overview, and a page for each series. FILE is a CSV, or - for standard input.",
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
