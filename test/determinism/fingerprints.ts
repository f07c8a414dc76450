// Fits, forecasts and simulates what yule has, and prints a hash of every number: run under several versions of Node, and in
// a browser, the hashes are the same. Bundled by versions.test.ts and page.js.
import {
  crps,
  fitAll,
  forecast,
  kpss,
  load,
  loadFamilies,
  type Model,
  parseModel,
  residuals,
  type Series,
  save,
  series,
  simulate,
} from "../../src/index.js";

/** Sums of fixed waves, so that the data too are the same everywhere. */
function seasonal(length: number, level: number): number[] {
  return Array.from({ length }, (_, t) => {
    const noise = ((t * 7919 + 104_729) % 101) / 50 - 1;
    return level + 0.6 * t + 0.2 * level * ((t % 12) / 6 - 1) * (1 - (t % 12) / 13) + 0.05 * level * noise;
  });
}

const monthly = series(seasonal(120, 100), { id: "monthly", period: 12 });
const short = series(seasonal(40, 50), { id: "short", period: 4 });
const gappy = series(
  seasonal(90, 80).map((value, t) => (t % 17 === 3 ? Number.NaN : value)),
  { id: "gappy", period: 12 },
);
const demand = series(
  Array.from({ length: 80 }, (_, t) => ((t * 7919) % 10 < 3 ? 1 + ((t * 31) % 5) : 0)),
  { id: "demand" },
);

const CASES: readonly (readonly [notation: string, data: Series])[] = [
  ["ar(auto)", monthly],
  ["ar(3)", gappy],
  ["arima(0,1,1)(0,1,1)[12]", monthly],
  ["arima(2,1,1)", gappy],
  ["auto-arima", short],
  ["ets(A,A,A)[12]", monthly],
  ["ets(M,Md,M)[12]", monthly],
  ["auto-ets", short],
  ["holt-winters(seasonal=multiplicative)", monthly],
  ["theta(method=optimised)", monthly],
  ["croston(alpha=auto)", demand],
  ["tsb(beta=auto)", demand],
  ["imapa", demand],
  ["mstl(ets(A,Ad,N))[12]", monthly],
  ["fourier(arima(1,0,1), harmonics=3)[12]", monthly],
  ["mstl(robust-ses, robust=true)[12]", monthly],
  ["box-cox(arima(1,1,0), lambda=0.3)", monthly],
  ["box-cox(ar(2))", monthly],
  ["log(drift)", gappy],
  ["bounded(naive, min=0, max=1000)", monthly],
  ["uncertain(ar(2))", monthly],
  ["uncertain(ar(3))", short],
  ["calibrated(theta, method=conformal)", monthly],
  ["calibrated(snaive, method=adaptive)", monthly],
  ["ensemble(theta,auto-ets, weights=errors)", short],
  ["auto", monthly],
  ["auto", demand],
];

const SLOW = /^(auto|ensemble|calibrated|holt-winters|fourier|arima)/;

/** Numbers to 64 bits, texts by their UTF-16 units, in two FNV-1a passes. */
function hashOf(values: readonly unknown[]): string {
  const view = new DataView(new ArrayBuffer(8));
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  const take = (word: number) => {
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul((b ^ word) + 0x9e3779b9, 0x01000193);
  };
  const visit = (value: unknown): void => {
    if (typeof value === "number") {
      view.setFloat64(0, value);
      take(view.getInt32(0));
      take(view.getInt32(4));
    } else if (typeof value === "string") for (let i = 0; i < value.length; i++) take(value.charCodeAt(i));
    else for (const inner of value as Iterable<unknown>) visit(inner);
  };
  for (const value of values) visit(value);
  return (a >>> 0).toString(16).padStart(8, "0") + (b >>> 0).toString(16).padStart(8, "0");
}

/** Everything a fit promises: the saved model, forecasts with quantiles, paths, residuals. */
function numbersOf(model: Model, data: Series): unknown[] {
  const fitted = model.fit(data);
  const { mean, distributions } = forecast(fitted, { horizon: 12, paths: 500, seed: 7 });
  const quantiles = distributions.map((one) => [0.025, 0.1, 0.5, 0.9, 0.975].map((p) => one.quantile(p)));
  const scores = distributions.map((one, step) => crps(one, mean[step]! + 1));
  const paths = simulate(load(save(fitted)), { horizon: 12, paths: 50, seed: 11 });
  return [save(fitted), mean, quantiles, scores, paths.values, residuals(fitted)];
}

/** A hash by name. `few` leaves out what takes long. */
export async function fingerprints(few = false): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [notation, data] of CASES) {
    if (few && SLOW.test(notation)) continue;
    found[`${notation} on ${data.id}`] = hashOf(numbersOf(parseModel(notation), data));
  }
  const { statistic, pValue } = kpss(monthly.y);
  found.kpss = hashOf([statistic, pValue]);
  if (few) return found;
  await loadFamilies();
  const network = parseModel("deepar(hidden=8, layers=1, epochs=2, batches=4, context=12, horizon=6)");
  const panel = [monthly, series(seasonal(100, 40), { id: "other", period: 12 })];
  const fits = await network.fitPanel!(panel, {});
  found["deepar on a panel"] = hashOf(
    fits.flatMap((fitted) => [save(fitted), forecast(fitted, { horizon: 6, paths: 200, seed: 3 }).mean]),
  );
  for (const outcome of await fitAll([short, gappy], "auto-arima")) {
    found[`auto-arima on a panel, ${outcome.id}`] =
      outcome.status === "ok" ? hashOf([save(outcome.value)]) : outcome.error.code;
  }
  return found;
}
