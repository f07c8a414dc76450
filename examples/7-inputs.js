// Sales that depend on the price: estimate the effect, then forecast under two plans of prices.
import { arima, forecast, random, series } from "yule";

const draws = random(1);
const price = Array.from({ length: 120 }, () => 8 + Math.floor(3 * draws.uniform()));
const sales = price.map((value) => 300 - 12 * value + 20 * (draws.uniform() - 0.5));
const fitted = arima({ order: [1, 0, 0] }).fit(series(sales, { inputs: { price } }));

const effect = fitted.report.coefficients.find(({ name }) => name === "price");
console.log(`effect of the price: ${effect.estimate.toFixed(2)} (standard error ${effect.stdError.toFixed(2)})`);
for (const plan of [8, 10]) {
  const { mean } = forecast(fitted, { horizon: 3, inputs: { price: [plan, plan, plan] } });
  console.log(`at ${plan}:`, [...mean].map((value) => value.toFixed(0)).join(" "));
}
