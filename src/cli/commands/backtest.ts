import type { CommandSpec } from "../command.js";
import { COMMON, DATA, MODEL } from "../options/groups.js";

export const backtestCommand: CommandSpec = {
  name: "backtest",
  arguments: "[file]",
  summary: "rolling-origin comparison of models, a leaderboard",
  description:
    "Forecasts held-out values of every series of FILE from several rolling origins and scores them, best model first. naive, snaive, mean and drift are always included.",
  options: [
    "horizon",
    "test",
    "folds",
    "step",
    "gap",
    "window",
    "refit-every",
    "refit",
    "level",
    ...MODEL.filter((name) => name !== "save" && name !== "load"),
    "inputs-unknown",
    "paths",
    ...DATA,
    "plot",
    ...COMMON,
  ],
  examples: [
    "yule backtest sales.csv",
    "yule backtest sales.csv -n 12 --folds 8 --step 6 --model auto --model auto-ets --model theta",
    "yule backtest sales.csv --window 60 --refit-every 4 --format json",
    "yule backtest train.csv --test test.csv --model auto-ets --model theta",
  ],
  load: async () => (await import("../run/backtest.js")).runBacktest,
};
