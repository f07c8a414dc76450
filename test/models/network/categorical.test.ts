import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { type Panel, series } from "../../../src/core/series.js";
import { forecast, simulate } from "../../../src/engine/forecast.js";
import { replayStepwise } from "../../../src/engine/replay.js";
import { pathStreams, rollStepwise } from "../../../src/engine/roll.js";
import { largestOf } from "../../../src/math/extremes.js";
import { DEEPAR } from "../../../src/models/deepar.js";
import { binTokens, type Tokens, tokenCount, tokenOf } from "../../../src/models/network/data/tokens.js";
import { categorical, sharesOf } from "../../../src/models/network/stepping/categorical.js";
import { twin } from "../../../src/neural/kernel/twin/index.js";
import { deepar, wavenet } from "../../../src/select/neural.js";
import { countPanel, holed, seasonalPanel } from "./panels.js";

const raw = Float32Array.from({ length: 8 }, (_, k) => Math.sin(3 * k) * 1.5);
const BINS: Tokens = { kind: "bins", edges: [0.2, 0.5, 0.7, 1, 1.1, 1.5, 3], start: 0, below: 1, above: 0.8 };
const CASES: [string, Tokens][] = [
  ["counts", { kind: "counts", count: 8 }],
  ["bins from 0 on", BINS],
  ["bins with two tails", { ...BINS, start: null, below: 0.3 }],
];

describe.each(CASES)("%s", (_, tokens) => {
  const distribution = categorical(tokens, raw, 2.5);
  const shares = sharesOf(raw, 0, 8);

  test("probabilities sum to 1, and the density is the derivative of the cumulative probability", () => {
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(distribution.cdf(1e4)).toBeCloseTo(1, 12);
    expect(distribution.cdf(-1e4)).toBeCloseTo(0, 12);
    for (const y of [-3, -0.4, 0.3, 1.6, 2.6, 4.9, 8.2, 11]) {
      const slope = (distribution.cdf(y + 1e-6) - distribution.cdf(y - 1e-6)) / 2e-6;
      if (tokens.kind === "bins") expect(Math.exp(distribution.logDensity(y))).toBeCloseTo(slope, 6);
    }
    if (tokens.kind === "counts") {
      const all = Array.from({ length: 8 }, (_, k) => Math.exp(distribution.logDensity(k)));
      all.forEach((p, k) => {
        expect(p).toBeCloseTo(shares[k]!, 12);
      });
      expect(distribution.logDensity(8)).toBe(-Infinity);
      expect(distribution.logDensity(1.5)).toBe(-Infinity);
    }
  });

  test("quantiles invert it, draws agree with both and with mean and variance to 5 standard errors", () => {
    for (const p of [0.001, 0.1, 0.37, 0.5, 0.9, 0.999]) {
      const q = distribution.quantile(p);
      if (tokens.kind === "bins") expect(distribution.cdf(q)).toBeCloseTo(p, 9);
      else {
        expect(distribution.cdf(q)).toBeGreaterThanOrEqual(p - 1e-12);
        expect(distribution.cdf(q - 1)).toBeLessThan(p);
      }
    }
    const n = 40_000;
    const rng = random(4);
    const drawn = Float64Array.from({ length: n }, () => distribution.sample(rng));
    const mean = drawn.reduce((sum, y) => sum + y, 0) / n;
    const variance = drawn.reduce((sum, y) => sum + (y - mean) ** 2, 0) / n;
    const fourth = drawn.reduce((sum, y) => sum + (y - mean) ** 4, 0) / n;
    expect(Math.abs(mean - distribution.mean)).toBeLessThan(5 * Math.sqrt(distribution.variance / n));
    expect(Math.abs(variance - distribution.variance)).toBeLessThan(
      5 * Math.sqrt((fourth - variance * variance) / n),
    );
    for (const y of [0, 1, 2, 3, 5]) {
      const share = drawn.filter((value) => value <= y).length / n;
      expect(Math.abs(share - distribution.cdf(y))).toBeLessThan(5 * Math.sqrt(0.25 / n));
    }
  });
});

test("the kernel's loss is −log of the token's share, its gradient equals central differences in float64", () => {
  const kernel = twin(new Float64Array(100));
  kernel.cells.set(raw);
  kernel.cells[16] = 3;
  kernel.cells[20] = 0.7;
  const loss = () => kernel.categoricalLoss(1, 8, 0, 16, 20, 32);
  expect(loss()).toBeCloseTo(-0.7 * Math.log(sharesOf(raw, 0, 8)[3]!), 7);
  const gradient = kernel.cells.slice(32, 40);
  for (let k = 0; k < 8; k++) {
    const value = kernel.cells[k]!;
    kernel.cells[k] = value + 1e-5;
    const up = loss();
    kernel.cells[k] = value - 1e-5;
    const down = loss();
    kernel.cells[k] = value;
    expect(gradient[k]).toBeCloseTo((up - down) / 2e-5, 8);
  }
});

test("bins hold about as many values each, and there are as many as asked for, constants and zeros included", () => {
  const panel = seasonalPanel(4, 200);
  const tokens = binTokens(panel, 0.9, "quantile", 16, true);
  expect(tokenCount(tokens)).toBe(16);
  const zeros: Panel = [
    series(
      new Float64Array(80).map((_, t) => (t % 9 === 0 ? 5 : 0)),
      { id: "z" },
    ),
  ];
  for (const odd of [zeros, [series(new Float64Array(50).fill(3), { id: "c" })]]) {
    for (const how of ["quantile", "uniform"] as const) {
      const found = binTokens(odd, 0.9, how, 64, true);
      expect(tokenCount(found)).toBe(64);
      const { edges } = found as Extract<Tokens, { kind: "bins" }>;
      expect(edges.every((edge, k) => edge > (edges[k - 1] ?? 0))).toBe(true);
      expect(tokenOf(found, 0, 0)).toBe(0);
      expect(tokenOf(found, 1e9, 1e9)).toBe(63);
    }
  }
});

const QUICK = { likelihood: "categorical", epochs: 3, batches: 6, hidden: 8, layers: 2 } as const;

test.each([
  ["bins", { ...QUICK, bins: 16, scheduled: 0.2, intervals: "own" }, seasonalPanel(4, 70)],
  ["bins of one width", { ...QUICK, bins: 8, tokens: "uniform", intervals: "own" }, seasonalPanel(4, 70)],
  ["counts", { ...QUICK, tokens: "counts" }, countPanel(4, 70)],
  ["counts up to a bound", { ...QUICK, tokens: "counts", scheduled: 0.2, max: 6 }, countPanel(4, 70)],
] as const)("fast forms are the plain steps, bit for bit: %s", async (_, options, panel) => {
  const [fitted] = await deepar(options).fitPanel(panel);
  const { process } = DEEPAR;
  const { params, state } = fitted!;
  const gappy = holed(panel[1]!, 9);
  expect(process.replayMany!(params, gappy)).toEqual(replayStepwise(process, params, gappy));
  const inputs = Array.from({ length: 20 }, () => new Float64Array(0));
  const plain = rollStepwise(process, params, state, inputs, pathStreams(3, 40));
  expect(process.rollMany!(params, state, inputs, pathStreams(3, 40))).toEqual(plain);
  const { values } = simulate(fitted!, { horizon: 20, paths: 100 });
  expect(values.every((value) => value >= 0)).toBe(true);
  if ("tokens" in options && options.tokens === "counts") expect(values.every(Number.isInteger)).toBe(true);
});

test("counts beyond a bound are as probable as nothing, whatever chooses, and the bound has their probability", async () => {
  const panel = countPanel(4, 70);
  const options = { ...QUICK, tokens: "counts", intervals: "own" } as const;
  const [free] = await deepar(options).fitPanel(panel, { rng: random(1) });
  const [held] = await deepar({ ...options, max: 6 }).fitPanel(panel, { rng: random(1) });
  const none = new Float64Array(0);
  const [all, upTo] = [free!, held!].map(({ process, params, state }) =>
    process.conditional(params, state, none),
  );
  const probabilities = Array.from({ length: 7 }, (_, k) =>
    k < 6 ? Math.exp(all!.logDensity(k)) : 1 - all!.cdf(5),
  );
  const moment = (power: number) => probabilities.reduce((sum, p, k) => sum + p * k ** power, 0);
  expect(upTo!.mean).toBeCloseTo(moment(1), 10);
  expect(upTo!.variance).toBeCloseTo(moment(2) - moment(1) ** 2, 10);
  expect(upTo!.cdf(5)).toBeCloseTo(all!.cdf(5), 12);
  expect(upTo!.cdf(6)).toBe(1);
  expect(largestOf(simulate(free!, { horizon: 12, paths: 200 }).values)).toBeGreaterThan(6);
  for (const decode of ["sample", "greedy", "temperature=3", "top-k=40", "top-p=0.999"] as const) {
    const paths = decode === "greedy" ? {} : { paths: 200 };
    const { values } = simulate(held!, { horizon: 12, decode, ...paths });
    expect(values.every((value) => Number.isInteger(value) && value >= 0 && value <= 6)).toBe(true);
  }
  const beam = simulate(held!, { horizon: 1, decode: "beam=20" });
  expect([...beam.values].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  beam.values.forEach((k, i) => {
    expect(Math.exp(beam.logProbabilities![i]!)).toBeCloseTo(probabilities[k]!, 10);
  });
});

test("recovery: the perplexity of a Markov chain of four states is that of the chain to 4 %", async () => {
  const rows = [
    [0.7, 0.2, 0.1, 0],
    [0, 0.1, 0.8, 0.1],
    [0.1, 0, 0.1, 0.8],
    [0.9, 0.05, 0, 0.05],
  ];
  let [surprise, count] = [0, 0];
  const panel = Array.from({ length: 8 }, (_, i) => {
    const rng = random(11).fork(i);
    let state = 0;
    const y = Float64Array.from({ length: 300 }, () => {
      const before = state;
      let u = rng.uniform();
      state = rows[state]!.findIndex((p) => (u -= p) < 0);
      if (state < 0) state = 3;
      surprise -= Math.log(rows[before]![state]!);
      count++;
      return state;
    });
    return series(y, { id: `m${i}` });
  });
  const chain = Math.exp(surprise / count);
  const options = {
    likelihood: "categorical",
    tokens: "counts",
    hidden: 16,
    layers: 2,
    lags: [1],
    epochs: 30,
  } as const;
  const fits = await wavenet({ ...options, rate: 0.01, horizon: 8, context: 16 }).fitPanel(panel);
  const mean = fits.reduce((sum, { report }) => sum + Math.log(report.details.perplexity!), 0) / fits.length;
  expect(Math.exp(mean)).toBeLessThan(1.04 * chain);
  expect(Math.exp(mean)).toBeGreaterThan(0.96 * chain);
});

describe("bad input", () => {
  const fit = (y: number[], options: object) => () =>
    deepar({ ...QUICK, ...options }).fit(series(y, { id: "x", period: 4 }));

  test("what is no count, a vocabulary too large, a bound of tokens, too few bins", () => {
    expect(fit([1, 2.5, 3], { tokens: "counts" })).toThrow(/x is 2.5 at row 2; tokens=counts is for counts/);
    expect(fit([1, 2, 300], { tokens: "counts" })).toThrow(
      /x is 300 at row 3; tokens=counts takes counts below 256/,
    );
    expect(() => deepar({ ...QUICK, max: 5 })).toThrow(/Bins have no max of 5/);
    expect(() => deepar({ ...QUICK, tokens: "counts", max: 4.5 })).toThrow(/whole number, not 4.5/);
    expect(() => deepar({ ...QUICK, tokens: "counts", min: 2 })).toThrow(/Counts begin at 0: a min of 2/);
    expect(() => deepar({ ...QUICK, bins: 1 })).toThrow(/bins of deepar must be a multiple of 4/);
  });

  test("a vocabulary of one value, and a count that was never seen", () => {
    const one = fit([0, 3, 3, 3, 3, 3, 3, 3], { tokens: "counts", epochs: 1 })();
    expect(forecast(one, { horizon: 3, paths: 50 }).mean.every(Number.isFinite)).toBe(true);
    const beyond = one.process.advance(one.params as never, one.state as never, 99, new Float64Array(0));
    const { mean } = one.process.conditional(one.params as never, beyond, new Float64Array(0));
    expect(Number.isFinite(mean)).toBe(true);
  });
});
