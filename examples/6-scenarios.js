// What the next year as a whole may bring: quantiles of a sum and the chance that a limit is passed, from sampled paths.
import { ets, simulate } from "yule";
import { readDataset } from "yule/node";

const [gas] = (await readDataset("ukgas")).panel;
const fitted = ets({ error: "M", trend: "A", season: "M" }).fit(gas);
const { values } = simulate(fitted, { horizon: 4, paths: 5000, seed: 1 });
const paths = Array.from({ length: 5000 }, (_, i) => values.subarray(4 * i, 4 * i + 4));

const sums = paths.map((path) => path.reduce((sum, value) => sum + value, 0)).sort((a, b) => a - b);
const passed = paths.filter((path) => path.some((value) => value > 1200)).length;
console.log("sum of the year, 10 to 90 %:", Math.round(sums[500]), "to", Math.round(sums[4500]));
console.log("some quarter above 1200:", `${((100 * passed) / paths.length).toFixed(1)} %`);
