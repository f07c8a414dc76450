import { rollingOrigins } from "../../../src/evaluate/folds.js";
import { ar, arima, defineModel, forecast, naive, save, series } from "../../../src/index.js";
import { hourlyLoad, passengers } from "./prelude.js";

/** Data and models that examples of docstrings may use without making them. */

export { hourlyLoad, lynx, nile, passengers, test, train, values } from "./prelude.js";

export const fitted = arima({ order: [0, 1, 1], seasonal: [0, 1, 1] }).fit(passengers);
export const ahead = forecast(fitted);
export const model = ar({ order: 1 });
export const lastValue = defineModel({
  name: "last-value",
  summary: "the last value",
  forms: ["last-value"],
  options: {},
  inputs: "ignores",
  fit: (history) => naive().fit(history),
});

const wave = (n: number, period: number, height: number) =>
  Array.from({ length: n }, (_, t) => 50 + height * Math.sin((2 * Math.PI * t) / period) + ((t * 31) % 11));

export const hourly = hourlyLoad.y;
export const readings = hourly.map((y, t) => (t === 100 ? 900 : t === 200 ? Number.NaN : y));
export const quarterly = series(wave(32, 4, 10), { start: "2016-Q1", frequency: "Q" });
export const sales = series(wave(120, 7, 10), { start: "2024-01-01", frequency: "D", id: "sales" });
export const humidity = series(wave(60, 12, 20), { id: "humidity" });
export const usage = series(wave(40, 40, 10), { id: "usage" });
export const parts = series([0, 3, 0, 0, 2, 0, 0, 3, 0, 1, 0, 0, 0, 4, 0, 0, 2, 0, 0, 0], { id: "parts" });
export const folds = rollingOrigins(passengers, { horizon: 12 });
export const another = passengers;
export const heldOut = passengers;
export const panel = ["North/A", "North/B", "South/C"].map((id, k) =>
  series(wave(36, 12, 10 + k), { id, start: "2021-01", frequency: "M" }),
);

/** Files that examples read. */
export const FILES = {
  "sales.csv": `date,sales\n${Array.from(sales.y.slice(0, 28), (y, t) => `2024-02-${String(t + 1).padStart(2, "0")},${y}\n`).join("")}`,
  "model.json": save(fitted),
  "models.json": save(fitted),
};
export const json = FILES["model.json"];
