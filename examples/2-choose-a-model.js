// Forecast from six origins in the past with each model, and rank the models by their errors.
import { backtest } from "yule";
import { readDataset } from "yule/node";

const { panel } = await readDataset("ukgas");
const models = ["snaive", "auto-ets", "theta", "log(auto-arima)"];
const { scores } = await backtest(panel, models, { horizon: 8, folds: 6 });
for (const { model, mase, coverage } of scores) {
  console.log(model.padEnd(18), `MASE ${mase.toFixed(3)}`, `80 % intervals hold ${coverage[80].toFixed(0)} %`);
}
