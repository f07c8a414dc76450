import { type Rng, random } from "../../src/core/random.js";
import { type Series, series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { load, save } from "../../src/io/model-file.js";
import { parseModel } from "../../src/select/catalogue.js";
import { type Fuzzer, judged } from "./outcome.js";

const NOTATIONS = [
  "ar(auto)",
  "ar(2, method=burg)",
  "arima(1,0,1)",
  "arima(0,1,1)(0,1,1)",
  "auto-arima(max-p=2, max-q=2)",
  "ets(A,A,A)",
  "ets(M,Ad,M)",
  "auto-ets",
  "holt-winters",
  "theta",
  "theta(method=dynamic)",
  "croston",
  "tsb(alpha=auto)",
  "adida",
  "imapa",
  "mean",
  "naive",
  "drift",
  "snaive",
  "mstl(ets(A,N,N))",
  "fourier(ar(1), harmonics=1)",
  "fourier(arima(1,0,0), harmonics=1)",
  "log(ar(1))",
  "box-cox(naive)",
  "bounded(drift, min=0)",
  "calibrated(naive)",
  "uncertain(ar(1))",
  "ensemble(theta,mean)",
  "auto",
];

/** Shapes of a past: level, trend, counts, zeros, spikes, one value, giants, dwarfs, alternation. */
const SHAPES: readonly ((rng: Rng, t: number) => number)[] = [
  (rng) => 100 + 10 * rng.uniform(),
  (rng, t) => 5 + t + (t % 4) * 3 + rng.uniform(),
  (rng) => (rng.uniform() < 0.7 ? 0 : Math.ceil(5 * rng.uniform())),
  () => 0,
  () => 42,
  (rng, t) => (t % 13 === 7 ? 1e6 * rng.uniform() : rng.uniform()),
  (rng) => 1e140 * (rng.uniform() - 0.5),
  (rng) => 1e-200 * rng.uniform(),
  (_, t) => (t % 2 === 0 ? 1 : -1),
  (rng) => -50 - rng.uniform(),
  (_, t) => t,
  (rng, t) => Math.exp(t / 3) * (1 + rng.uniform()),
];

/** Where values are missing: nowhere, here and there, at the ends, all but a few, in turn. */
const GAPS: readonly ((rng: Rng, t: number, n: number) => boolean)[] = [
  () => false,
  (rng) => rng.uniform() < 0.2,
  (_, t, n) => t < n / 3,
  (_, t, n) => t > (2 * n) / 3,
  (rng) => rng.uniform() < 0.9,
  (_, t) => t % 2 === 1,
  () => true,
];

function pick<T>(list: readonly T[], rng: Rng): T {
  return list[Math.floor(rng.uniform() * list.length)]!;
}

function draw(rng: Rng): Series {
  const n = Math.floor(rng.uniform() ** 2 * 60);
  const [shape, gap] = [pick(SHAPES, rng), pick(GAPS, rng)];
  const y = Array.from({ length: n }, (_, t) => (gap(rng, t, n) ? Number.NaN : shape(rng, t)));
  return series(y, { id: "store", period: pick([1, 1, 4, 7, 12], rng) });
}

/** Every number of a forecast is a number, its quantiles ascend, and a saved model forecasts the same. */
function fault(notation: string, data: Series): string | null {
  const fitted = parseModel(notation).fit(data);
  const ahead = forecast(fitted, { horizon: 5, paths: 100 });
  const again = forecast(load(save(fitted)), { horizon: 5, paths: 100 });
  for (const [h, one] of ahead.distributions.entries()) {
    const points = [0.025, 0.5, 0.975].map((p) => one.quantile(p));
    if (!Number.isFinite(ahead.mean[h]!)) return `mean ${ahead.mean[h]} at step ${h + 1}`;
    if (points.some(Number.isNaN)) return `a quantile is NaN at step ${h + 1}`;
    if (!(points[0]! <= points[1]! && points[1]! <= points[2]!))
      return `quantiles ${points} at step ${h + 1}`;
    if (again.mean[h] !== ahead.mean[h])
      return `the saved model forecasts ${again.mean[h]}, not ${ahead.mean[h]}`;
  }
  return null;
}

/** Short, gappy and odd series under every model. */
export const gappySeries: Fuzzer = {
  name: "series × models",
  async attack(seed) {
    const rng = random(seed);
    const notation = pick(NOTATIONS, rng);
    const data = draw(rng);
    return judged(`seed ${seed}, ${notation}, period ${data.period}, ${Array.from(data.y)}`, () =>
      fault(notation, data),
    );
  },
};
