import { workerCommand } from "../cluster/command.js";
import type { CommandSpec } from "../command.js";
import { anomaliesCommand } from "./anomalies.js";
import { backtestCommand } from "./backtest.js";
import { completionOf } from "./completion.js";
import { datasetsCommand } from "./datasets.js";
import { decomposeCommand } from "./decompose.js";
import { fitCommand } from "./fit.js";
import { forecastCommand } from "./forecast.js";
import { inspectCommand } from "./inspect.js";
import { modelsCommand } from "./models.js";
import { reportCommand } from "./report.js";
import { simulateCommand } from "./simulate.js";
import { updateCommand } from "./update.js";

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [
  forecastCommand,
  fitCommand,
  inspectCommand,
  backtestCommand,
  simulateCommand,
  anomaliesCommand,
  decomposeCommand,
  reportCommand,
  updateCommand,
  workerCommand,
  datasetsCommand,
  modelsCommand,
  completionOf(() => COMMANDS),
];
