import type { Model } from "../../src/core/model.js";
import { random } from "../../src/core/random.js";
import { type Series, series } from "../../src/core/series.js";
import {
  adida,
  ar,
  arima,
  auto,
  autoArima,
  autoEts,
  bounded,
  calibrated,
  croston,
  deepar,
  drift,
  ensemble,
  ets,
  fourier,
  holtWinters,
  imapa,
  log,
  mean,
  naive,
  nnar,
  pooled,
  raster,
  robustSes,
  snaive,
  theta,
  transformer,
  tsb,
  uncertain,
  wavenet,
} from "../../src/index.js";
import { normalQuantile } from "../../src/math/special-functions/normal.js";
import { mstl } from "../../src/models/decomposed/index.js";
import { boxCox } from "../../src/models/transformed/index.js";

/** A call of a constructor. The tests of misuse put invalid values in the place of each argument. */
interface Call {
  (): Model;
  readonly maker: string;
  readonly given: readonly unknown[];
}

function made<Given extends readonly unknown[]>(maker: (...given: Given) => Model, ...given: Given): Call {
  return Object.assign(() => maker(...given), { maker: maker.name, given });
}

/** One model in the laws suite. A new model joins by one row. */
export interface Row {
  readonly notation: string;
  /** The same model by its constructor. */
  readonly build: Call;
  /** A series the model suits, so that its sampled and exact forecasts can be compared. */
  readonly on: Series;
  /** The forecast of data + c is the forecast of data, + c. */
  readonly shift: boolean;
  /** The forecast of c·data is c times the forecast of data. */
  readonly scale: boolean;
  /** Relative tolerance of shift and scale; looser where an optimiser decides. */
  readonly tolerance: number;
  /** Paths sampled to compare with the exact marginals; default 4000, fewer where each is costly. */
  readonly paths?: number;
}

/** Standard normal draws, the same in every run. */
function noise(seed: number, n: number): Float64Array {
  const rng = random(seed);
  return Float64Array.from({ length: n }, () => normalQuantile(rng.uniform()));
}

const cycles = (() => {
  const e = noise(1, 160);
  const y = new Float64Array(160);
  for (let t = 0; t < 160; t++) y[t] = 1.3 * (y[t - 1] ?? 0) - 0.6 * (y[t - 2] ?? 0) + e[t]!;
  return series(
    y.slice(40).map((value) => value + 20),
    { id: "cycles", start: "1900", frequency: "Y" },
  );
})();

const walk = (() => {
  const e = noise(2, 90);
  let level = 100;
  return series(
    e.map((value) => (level += 0.4 + value)),
    { id: "walk", start: "2020-01-31", frequency: "M" },
  );
})();

const seasonal = (() => {
  const e = noise(3, 96);
  const wave = [9, 4, -2, -6, -8, -3, 2, 5, 7, 3, -4, -7];
  return series(
    e.map((value, t) => 50 + 0.1 * t + wave[t % 12]! + value),
    { id: "seasonal", start: "2015-01", frequency: "M" },
  );
})();

/** Touches its bound of 95, so that it is clipped and not transformed. */
const touching = series(
  walk.y.map((value) => Math.max(95, value - 12)),
  { id: "touching", time: walk.time! },
);

/** Intermittent demand in whole parts, and in litres. */
const parts = (() => {
  const rng = random(9);
  return series(
    Float64Array.from({ length: 150 }, () =>
      rng.uniform() < 0.7 ? 0 : 1 + Math.floor(-3 * Math.log(rng.uniform())),
    ),
    { id: "parts", start: "2021-01-04", frequency: "W" },
  );
})();
const litres = (() => {
  const rng = random(10);
  return series(
    Float64Array.from({ length: 150 }, () => (rng.uniform() < 0.6 ? 0 : 5 + rng.uniform())),
    { id: "litres", start: "2021-01-04", frequency: "W" },
  );
})();

export const SERIES = { cycles, walk, seasonal, touching, parts, litres };

export const ROWS: readonly Row[] = [
  { notation: "mean", build: made(mean), on: cycles, shift: true, scale: true, tolerance: 1e-9 },
  { notation: "naive", build: made(naive), on: walk, shift: true, scale: true, tolerance: 1e-9 },
  { notation: "drift", build: made(drift), on: walk, shift: true, scale: true, tolerance: 1e-9 },
  { notation: "snaive", build: made(snaive), on: seasonal, shift: true, scale: true, tolerance: 1e-9 },
  { notation: "robust-ses", build: made(robustSes), on: walk, shift: true, scale: true, tolerance: 1e-6 },
  {
    notation: "mstl(robust-ses, robust=true)",
    build: made(mstl, robustSes(), { robust: true }),
    on: seasonal,
    shift: true,
    scale: true,
    tolerance: 1e-6,
  },
  { notation: "ar(2)", build: made(ar, { order: 2 }), on: cycles, shift: true, scale: true, tolerance: 1e-6 },
  { notation: "ar(auto)", build: made(ar), on: cycles, shift: true, scale: true, tolerance: 1e-6 },
  {
    notation: "ar(3, method=yule-walker)",
    build: made(ar, { order: 3, method: "yule-walker" }),
    on: cycles,
    shift: true,
    scale: true,
    tolerance: 1e-9,
  },
  {
    notation: "ar(3, method=burg)",
    build: made(ar, { order: 3, method: "burg" }),
    on: cycles,
    shift: true,
    scale: true,
    tolerance: 1e-9,
  },
  {
    notation: "ar(2, method=ols)",
    build: made(ar, { order: 2, method: "ols" }),
    on: cycles,
    shift: true,
    scale: true,
    tolerance: 1e-8,
  },
  {
    notation: "arima(2,0,1)",
    build: made(arima, { order: [2, 0, 1] }),
    on: cycles,
    shift: true,
    scale: true,
    tolerance: 1e-6,
  },
  {
    notation: "arima(1,1,1, drift=true)",
    build: made(arima, { order: [1, 1, 1], drift: true }),
    on: walk,
    shift: true,
    scale: true,
    tolerance: 1e-6,
  },
  {
    notation: "arima(0,1,1)(0,1,1)[12]",
    build: made(arima, { order: [0, 1, 1], seasonal: [0, 1, 1], period: 12 }),
    on: seasonal,
    shift: true,
    scale: true,
    tolerance: 1e-6,
  },
  {
    notation: "log(ar(2))",
    build: made(log, ar({ order: 2 })),
    on: cycles,
    shift: false,
    scale: true,
    tolerance: 1e-6,
  },
  { notation: "log(drift)", build: made(log, drift()), on: walk, shift: false, scale: true, tolerance: 1e-9 },
  { notation: "log(theta)", build: made(log, theta()), on: walk, shift: false, scale: true, tolerance: 1e-3 },
  {
    notation: "box-cox(ets(M,A,N), lambda=0.5)",
    build: made(boxCox, ets({ error: "M", trend: "A" }), { lambda: 0.5 }),
    on: walk,
    shift: false,
    scale: false,
    tolerance: 1e-3,
  },
  {
    notation: "box-cox(naive, lambda=0.3)",
    build: made(boxCox, naive(), { lambda: 0.3 }),
    on: walk,
    shift: false,
    scale: false,
    tolerance: 1e-9,
  },
  {
    notation: "bounded(snaive, min=0, max=200)",
    build: made(bounded, snaive(), { min: 0, max: 200 }),
    on: seasonal,
    shift: false,
    scale: false,
    tolerance: 1e-9,
  },
  {
    notation: "bounded(naive, min=95)",
    build: made(bounded, naive(), { min: 95 }),
    on: touching,
    shift: false,
    scale: false,
    tolerance: 1e-9,
  },
  {
    notation: "ensemble(ar(2),naive,mean)",
    build: made(ensemble, [ar({ order: 2 }), naive(), mean()]),
    on: cycles,
    shift: true,
    scale: true,
    tolerance: 1e-6,
  },
  {
    notation: "calibrated(drift)",
    build: made(calibrated, drift()),
    on: walk,
    shift: true,
    scale: true,
    tolerance: 1e-9,
  },
  {
    notation: "calibrated(drift, method=conformal)",
    build: made(calibrated, drift(), { method: "conformal" }),
    on: walk,
    shift: true,
    scale: true,
    tolerance: 1e-9,
  },
  {
    notation: "calibrated(bounded(naive, min=95))",
    build: made(calibrated, bounded(naive(), { min: 95 })),
    on: touching,
    shift: false,
    scale: false,
    tolerance: 1e-9,
  },
  {
    notation: "ensemble(snaive,drift,mean, weights=errors)",
    build: made(ensemble, [snaive(), drift(), mean()], { weights: "errors" }),
    on: seasonal,
    shift: true,
    scale: true,
    tolerance: 1e-9,
  },
  {
    notation: "auto(intervals=model)",
    build: made(auto, { intervals: "model" }),
    on: cycles,
    shift: false,
    scale: true,
    tolerance: 1e-3,
    paths: 1500,
  },
  {
    notation: "calibrated(ensemble(snaive,drift))",
    build: made(calibrated, ensemble([snaive(), drift()])),
    on: seasonal,
    shift: true,
    scale: true,
    tolerance: 1e-9,
  },
  { notation: "ets(A,N,N)", build: made(ets), on: walk, shift: true, scale: true, tolerance: 1e-4 },
  {
    notation: "ets(A,Ad,A)[12]",
    build: made(ets, { trend: "Ad", season: "A", period: 12 }),
    on: seasonal,
    shift: true,
    scale: true,
    tolerance: 1e-3,
  },
  {
    notation: "ets(M,A,M)[12]",
    build: made(ets, { error: "M", trend: "A", season: "M", period: 12 }),
    on: seasonal,
    shift: false,
    scale: true,
    tolerance: 1e-3,
  },
  {
    notation: "holt-winters",
    build: made(holtWinters),
    on: seasonal,
    shift: true,
    scale: true,
    tolerance: 1e-3,
  },
  {
    notation: "pooled(lags=1+2)",
    build: made(pooled, { lags: [1, 2] }),
    on: cycles,
    shift: false,
    scale: true,
    tolerance: 1e-6,
  },
  {
    notation: "nnar(2,0, networks=5)",
    build: made(nnar, { order: 2, seasonal: 0, networks: 5 }),
    on: cycles,
    shift: true,
    scale: true,
    tolerance: 1e-3,
  },
  {
    notation: "nnar",
    build: made(nnar),
    on: seasonal,
    shift: true,
    scale: true,
    tolerance: 1e-3,
    paths: 1000,
  },
  { notation: "theta", build: made(theta), on: walk, shift: true, scale: true, tolerance: 1e-3 },
  {
    notation: "theta(method=dynamic)",
    build: made(theta, { method: "dynamic" }),
    on: seasonal,
    shift: false,
    scale: true,
    tolerance: 1e-3,
  },
  { notation: "auto-ets", build: made(autoEts), on: seasonal, shift: false, scale: true, tolerance: 1e-3 },
  {
    notation: "auto",
    build: made(auto),
    on: seasonal,
    shift: false,
    scale: true,
    tolerance: 1e-3,
    paths: 1500,
  },
  { notation: "croston", build: made(croston), on: litres, shift: false, scale: true, tolerance: 1e-6 },
  {
    notation: "croston(variant=sba)",
    build: made(croston, { variant: "sba" }),
    on: parts,
    shift: false,
    scale: false,
    tolerance: 1e-6,
  },
  {
    notation: "tsb(alpha=auto, beta=auto)",
    build: made(tsb, { alpha: "auto", beta: "auto" }),
    on: parts,
    shift: false,
    scale: false,
    tolerance: 1e-6,
  },
  { notation: "adida", build: made(adida), on: parts, shift: false, scale: false, tolerance: 1e-6 },
  { notation: "imapa", build: made(imapa), on: litres, shift: false, scale: true, tolerance: 1e-6 },
  {
    notation: "uncertain(ar(2))",
    build: made(uncertain, ar({ order: 2 })),
    on: cycles,
    shift: true,
    scale: true,
    tolerance: 1e-5,
    paths: 800,
  },
  {
    notation: "auto-arima",
    build: made(autoArima),
    on: seasonal,
    shift: true,
    scale: true,
    tolerance: 1e-5,
  },
  {
    notation: "mstl(ets(A,N,N))",
    build: made(mstl, ets()),
    on: seasonal,
    shift: true,
    scale: true,
    tolerance: 1e-3,
  },
  {
    notation: "fourier(arima(1,0,0), harmonics=3)",
    build: made(fourier, arima({ order: [1, 0, 0] }), { harmonics: [3] }),
    on: seasonal,
    shift: true,
    scale: true,
    tolerance: 1e-5,
  },
  {
    notation: "deepar(hidden=8, epochs=4, batches=8)",
    build: made(deepar, { hidden: 8, epochs: 4, batches: 8 }),
    on: seasonal,
    shift: false,
    scale: true,
    tolerance: 1e-3,
    paths: 1000,
  },
  {
    notation: "deepar(likelihood=negative-binomial, layers=1, hidden=8, epochs=4, batches=8)",
    build: made(deepar, { likelihood: "negative-binomial", layers: 1, hidden: 8, epochs: 4, batches: 8 }),
    on: parts,
    shift: false,
    scale: false,
    tolerance: 1e-3,
    paths: 1000,
  },
  {
    notation: "wavenet(layers=3, hidden=8, epochs=4, batches=8)",
    build: made(wavenet, { layers: 3, hidden: 8, epochs: 4, batches: 8 }),
    on: seasonal,
    shift: false,
    scale: true,
    tolerance: 1e-3,
    paths: 1000,
  },
  {
    notation: "transformer(layers=1, hidden=8, epochs=4, batches=8)",
    build: made(transformer, { layers: 1, hidden: 8, epochs: 4, batches: 8 }),
    on: seasonal,
    shift: false,
    scale: true,
    tolerance: 1e-3,
    paths: 1000,
  },
  {
    notation: "wavenet(likelihood=categorical, bins=16, layers=2, hidden=8, epochs=4, batches=8)",
    build: made(wavenet, {
      likelihood: "categorical",
      bins: 16,
      layers: 2,
      hidden: 8,
      epochs: 4,
      batches: 8,
    }),
    on: seasonal,
    shift: false,
    scale: true,
    tolerance: 1e-3,
    paths: 1000,
  },
  {
    notation: "raster(layers=2, hidden=8, context=24, epochs=4, batches=8)",
    build: made(raster, { layers: 2, hidden: 8, context: 24, epochs: 4, batches: 8 }),
    on: seasonal,
    shift: false,
    scale: true,
    tolerance: 1e-3,
    paths: 1000,
  },
];
