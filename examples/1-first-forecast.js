// Read a CSV file, fit the default model and print a year with its 80 % intervals.
import { fileURLToPath } from "node:url";
import { auto, forecast, forecastRows } from "yule";
import { readCsv } from "yule/node";

const file = fileURLToPath(new URL("../datasets/airpassengers.csv", import.meta.url));
const { panel, notes } = await readCsv(file);
for (const { message } of notes) console.error(message);

const fitted = auto().fit(panel[0]);
console.log(fitted.report.notes[0].message);

for (const row of forecastRows(forecast(fitted, { horizon: 12 }), [80])) {
  console.log(row.ds, row.mean.toFixed(1), `${row["lo-80"].toFixed(1)} to ${row["hi-80"].toFixed(1)}`);
}
