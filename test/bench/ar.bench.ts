import { readFileSync } from "node:fs";
import { join } from "node:path";
import { random } from "../../src/core/random.js";
import { series } from "../../src/core/series.js";
import { pathStreams, roll } from "../../src/engine/roll.js";
import { normalQuantile } from "../../src/math/special-functions/normal.js";
import {
  ar,
  arProcess,
  burg,
  leastSquaresAr,
  maximumLikelihoodAr,
  yuleWalker,
} from "../../src/models/ar/index.js";
import type { Bench } from "./bench.js";

/** x_t = 1.2 x_{t−1} − 0.5 x_{t−2} + e_t, as in the R figures. */
function autoregression(n: number): Float64Array {
  const rng = random(1);
  const x = new Float64Array(n);
  for (let t = 0; t < n; t++)
    x[t] = 1.2 * (x[t - 1] ?? 0) - 0.5 * (x[t - 2] ?? 0) + normalQuantile(rng.uniform());
  return x;
}

const stored = JSON.parse(readFileSync(join(import.meta.dirname, "../reference/series.json"), "utf8")) as {
  series: Record<string, { values: (number | null)[] }>;
};
const dataset = (name: string) =>
  Float64Array.from(stored.series[name]!.values, (value) => value ?? Number.NaN);

const SIMULATED = "set.seed(1); x <- as.numeric(arima.sim(list(ar=c(1.2,-0.5)), n=1e6))";
const million = autoregression(1_000_000);
const twelve = ar({ order: 12, method: "burg" }).fit(series(autoregression(5000)));
const streams = pathStreams(1, 1000);
const horizon = Array.from({ length: 24 }, () => new Float64Array(0));

const onMillion: Bench[] = [
  {
    name: "Yule-Walker, order chosen up to 30, n = 1,000,000",
    goal: "8 times faster than R",
    ratio: 8,
    peer: { name: "R ar.yw", milliseconds: 200, r: { prepare: SIMULATED, expr: "ar.yw(x, order.max=30)" } },
    run: () => void yuleWalker(million, { maxOrder: 30 }),
  },
  {
    name: "Burg, order chosen up to 30, n = 1,000,000",
    goal: "4 times faster than R",
    ratio: 4,
    peer: {
      name: "R ar.burg",
      milliseconds: 267,
      r: { prepare: SIMULATED, expr: "ar.burg(x, order.max=30)" },
    },
    run: () => void burg(million, { maxOrder: 30 }),
  },
  {
    name: "least squares, p = 10, n = 1,000,000",
    goal: "20 times faster than R",
    ratio: 20,
    peer: {
      name: "R ar.ols",
      milliseconds: 900,
      r: { prepare: SIMULATED, expr: "ar.ols(x, aic=FALSE, order.max=10)" },
    },
    run: () => void leastSquaresAr(million, { order: 10 }),
  },
];

const CLASSICS = [
  ["lynx", "lynx", 93],
  ["LakeHuron", "LakeHuron", 100],
  ["sunspots", "sunspot.year", 123],
] as const;

const exact: Bench[] = CLASSICS.map(([name, inR, milliseconds]) => {
  const values = dataset(inR);
  return {
    name: `exact likelihood, orders 0 to 12, ${name}`,
    goal: "50 times faster than R",
    ratio: 50,
    peer: { name: "R ar.mle", milliseconds, r: { prepare: `x <- ${inR}`, expr: "ar.mle(x)" } },
    run: () => void maximumLikelihoodAr(values),
  };
});

const gappy = dataset("presidents");

const rest: Bench[] = [
  {
    name: "exact likelihood with 6 of 120 values missing, AR(3), presidents",
    goal: "5 times faster than R",
    ratio: 5,
    peer: {
      name: "R arima",
      milliseconds: 12,
      r: { prepare: "x <- presidents", expr: "arima(x, order=c(3,0,0), method='ML')" },
    },
    run: () => void maximumLikelihoodAr(gappy, { order: 3 }),
  },
  {
    name: "1,000 paths of 24 steps, AR(12)",
    goal: "under 15 ms",
    ratio: 1,
    peer: { name: "the goal", milliseconds: 15 },
    run: () => void roll(arProcess, twelve.params as never, twelve.state as never, horizon, streams),
  },
];

/** The speed goals of autoregressions. */
export const benches: readonly Bench[] = [...onMillion, ...exact, ...rest];
