import { describe, expect, test } from "vitest";
import type { Distribution } from "../../src/core/distribution.js";
import { random } from "../../src/core/random.js";
import { nucleusDraw, temperedDraw, topDraw } from "../../src/distributions/decoding/draws.js";
import { mode } from "../../src/distributions/decoding/mode.js";
import { clipped } from "../../src/distributions/derived/clipped.js";
import {
  diffuse,
  empirical,
  mixture,
  negativeBinomial,
  normal,
  studentT,
  transformed,
} from "../../src/distributions/index.js";
import { makeupOf } from "../../src/distributions/makeup.js";
import { demand } from "../../src/models/intermittent/demand.js";

const log = { kind: "log" } as const;

const continuous: [name: string, distribution: Distribution][] = [
  ["normal", normal(3, 4)],
  ["student-t", studentT(-2, 3, 5)],
  ["log-normal", transformed(normal(1, 0.5), log)],
  ["between bounds", transformed(normal(1, 4), { kind: "bounded", lower: 0, upper: 100 })],
  ["two bells", mixture([normal(0, 1), normal(7, 0.25)], [2, 1.2])],
  ["a needle in a hill", mixture([normal(0, 100), normal(30, 0.04)], [3, 1])],
  ["t and normal", mixture([studentT(1, 2, 6), normal(4, 0.04)], [3, 1])],
  ["real-valued sample", empirical([3.5, 1.25, 4.75, 1.5, 5, 9.5, 2, 6])],
];

const counts: [name: string, distribution: Distribution][] = [
  ["negative binomial", negativeBinomial(7, 0.4)],
  ["mostly zeros", negativeBinomial(0.3, 8)],
  ["Poisson", negativeBinomial(12.5, 0)],
  ["mixture of counts", mixture([negativeBinomial(2, 0.5), negativeBinomial(15, 0)], [1, 3])],
  ["whole sample", empirical([3, 1, 3, 0, 7, 3, 1])],
  ["clipped counts", clipped(negativeBinomial(7, 0.4), 2, 10)],
  ["demand in pieces", demand(0.4, 3, { kind: "counts", dispersion: 0.3 })],
];

/** The density on a fine grid, by nothing but `logDensity`: what the decoders are held against. */
function gridOf(d: Distribution, power: number) {
  const reach = Math.max(1, Math.sqrt(1 / power));
  const centre = d.quantile(0.5);
  let low = centre - reach * 1.5 * (centre - d.quantile(1e-8));
  let high = centre + reach * 1.5 * (d.quantile(1 - 1e-8) - centre);
  // A scale that ends, ends.
  if (Math.exp(d.logDensity(-1e-3)) === 0 && d.kind === "transformed") low = Math.max(low, 0);
  if (Math.exp(d.logDensity(100 + 1e-3)) === 0 && d.kind === "transformed")
    high = Math.min(high, d.quantile(1 - 1e-12));
  if (d.kind === "empirical") [low, high] = [-20, 30];
  const n = d.kind === "mixture" ? 100_000 : 20_000;
  const width = (high - low) / n;
  const y = Float64Array.from({ length: n }, (_, i) => low + (i + 0.5) * width);
  const density = y.map((value) => Math.exp(power * d.logDensity(value)));
  const total = density.reduce((sum, f) => sum + f, 0) * width;
  return { y, density: density.map((f) => f / total), width };
}

/** The largest distance between the distribution functions of draws and of a grid, as Kolmogorov and Smirnov measure it. */
function distance(draws: Float64Array, y: Float64Array, cumulative: Float64Array): number {
  const sorted = draws.slice().sort();
  let k = 0;
  let most = 0;
  for (let i = 0; i < sorted.length; i++) {
    while (k < y.length - 1 && y[k]! < sorted[i]!) k++;
    most = Math.max(most, Math.abs((i + 0.5) / sorted.length - cumulative[k]!));
  }
  return most;
}

const N = 600;
/** Of so many draws a distance this large is met by chance once in 10,000 times: √(ln(2/1e-4)/2/n). */
const BOUND = Math.sqrt(Math.log(2 / 1e-4) / 2 / N);

function drawsOf(draw: (rng: ReturnType<typeof random>) => number, seed: number): Float64Array {
  const rng = random(seed);
  return Float64Array.from({ length: N }, () => draw(rng));
}

function summed(values: Float64Array, width: number): Float64Array {
  let sum = 0;
  return values.map((value) => (sum += value * width));
}

describe.each(continuous)("%s", (_, d) => {
  test("the mode is where a fine grid has its largest density", () => {
    const { y, density, width } = gridOf(d, 1);
    const best = density.indexOf(density.reduce((most, f) => Math.max(most, f)));
    expect(Math.abs(mode(d) - y[best]!)).toBeLessThanOrEqual(1.01 * width);
    expect(d.logDensity(mode(d))).toBeGreaterThanOrEqual(d.logDensity(y[best]!) - 1e-9);
  });

  test.each([0.3, 0.8, 1.7])("temperature %d: draws follow the density to the power 1/T", (temperature) => {
    const { y, density, width } = gridOf(d, 1 / temperature);
    const draws = drawsOf((rng) => temperedDraw(d, temperature, rng), 3);
    expect(distance(draws, y, summed(density, width))).toBeLessThan(BOUND);
  });

  test.each([0.2, 0.5, 0.95])(
    "top-p %d: draws follow the density within the region of highest density",
    (p) => {
      const { y, density, width } = gridOf(d, 1);
      const falling = density.slice().sort().reverse();
      let held = 0;
      const threshold = falling.find((f) => (held += f * width) >= p)!;
      const kept = density.map((f) => (f >= threshold ? f / p : 0));
      const draws = drawsOf((rng) => nucleusDraw(d, p, rng), 4);
      expect(distance(draws, y, summed(kept, width))).toBeLessThan(BOUND + 1e-3);
      // No draw lies outside, but for the rounding of the region's ends.
      const slack = 0.01 * Math.abs(threshold) + 1e-12;
      for (const draw of draws) expect(Math.exp(d.logDensity(draw))).toBeGreaterThan(threshold - slack);
    },
  );

  test("top-k is refused, and the refusal says what can be had", () => {
    expect(() => topDraw(d, 3, random(1))).toThrowError(/discrete outcomes.*top-p/s);
  });
});

/** Probabilities by value, and how often each was drawn against how often it should be, in standard errors. */
function worst(draws: Float64Array, values: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, w) => sum + w, 0);
  const strangers = draws.filter((draw) => !values.includes(draw)).length;
  if (strangers > 0) return Number.POSITIVE_INFINITY;
  let most = 0;
  values.forEach((value, i) => {
    const p = weights[i]! / total;
    if (N * p < 5) return;
    const seen = draws.filter((draw) => draw === value).length;
    most = Math.max(most, Math.abs(seen - N * p) / Math.sqrt(N * p * (1 - p) + 1e-9));
  });
  return most;
}

describe.each(counts)("%s", (name, d) => {
  const range = Array.from({ length: 400 }, (_, k) => k);
  const atoms = name === "whole sample" ? [0, 1, 3, 7] : range;
  const shares =
    name === "whole sample" ? [1 / 7, 2 / 7, 3 / 7, 1 / 7] : range.map((k) => Math.exp(d.logDensity(k)));
  const order = atoms.map((_, i) => i).sort((i, j) => shares[j]! - shares[i]! || i - j);

  test("its outcomes are those of its log probabilities, and hold all probability", () => {
    const { atoms: found, probabilities, density } = makeupOf(d);
    expect(density).toBeNull();
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 11);
    found.forEach((k, i) => {
      expect(probabilities[i]).toBeCloseTo(shares[atoms.indexOf(k)]!, 12);
    });
  });

  test("the mode is the most probable value", () => {
    expect(mode(d)).toBe(atoms[order[0]!]);
  });

  test.each([0.4, 2])("temperature %d: probabilities to the power 1/T", (temperature) => {
    const draws = drawsOf((rng) => temperedDraw(d, temperature, rng), 5);
    expect(
      worst(
        draws,
        atoms,
        shares.map((p) => p ** (1 / temperature)),
      ),
    ).toBeLessThan(4.5);
  });

  test.each([1, 2, 4])("top-k %d: the k most probable values alone", (k) => {
    const kept = order.slice(0, k);
    const draws = drawsOf((rng) => topDraw(d, k, rng), 6);
    expect(
      worst(
        draws,
        kept.map((i) => atoms[i]!),
        kept.map((i) => shares[i]!),
      ),
    ).toBeLessThan(4.5);
  });

  test.each([0.3, 0.9])("top-p %d: the fewest values that hold p", (p) => {
    let held = 0;
    const kept = order.filter((i) => {
      const wanted = held < p - 1e-12;
      held += shares[i]!;
      return wanted;
    });
    const draws = drawsOf((rng) => nucleusDraw(d, p, rng), 7);
    expect(
      worst(
        draws,
        kept.map((i) => atoms[i]!),
        kept.map((i) => shares[i]!),
      ),
    ).toBeLessThan(4.5);
  });
});

describe("outcomes beside a density", () => {
  const touching = clipped(normal(0.5, 1), 0, Number.POSITIVE_INFINITY);
  const atZero = normal(0.5, 1).cdf(0);

  test("the makeup has an atom at the bound, and a density that holds the rest", () => {
    const { atoms, probabilities, density } = makeupOf(touching);
    expect([...atoms]).toEqual([0]);
    expect(probabilities[0]).toBe(atZero);
    expect(density!.mass).toBeCloseTo(1 - atZero, 14);
  });

  test("the larger share decides: the bound where most lies beyond it, else the highest density", () => {
    expect(mode(touching)).toBeCloseTo(0.5, 7);
    expect(mode(clipped(normal(-0.1, 1), 0, 9))).toBe(0);
    expect(mode(clipped(normal(20, 1), 0, 9))).toBe(9);
    // A bound that is never met does not attract.
    expect(mode(clipped(normal(10, 4), 0, 11))).toBeCloseTo(10, 7);
  });

  test("temperature: the bound against the rest, as two outcomes", () => {
    const draws = drawsOf((rng) => temperedDraw(touching, 0.5, rng), 8);
    const zero = atZero ** 2 / (atZero ** 2 + (1 - atZero) ** 2);
    const seen = draws.filter((draw) => draw === 0).length / N;
    expect(Math.abs(seen - zero)).toBeLessThan(4.5 * Math.sqrt((zero * (1 - zero)) / N));
    expect(draws.every((draw) => draw >= 0)).toBe(true);
  });

  test("top-p: the bound first, then the highest density; nothing leaves the bounds", () => {
    const few = drawsOf((rng) => nucleusDraw(touching, 0.3, rng), 9);
    expect(few.every((draw) => draw === 0)).toBe(true);
    const most = drawsOf((rng) => nucleusDraw(touching, 0.9, rng), 10);
    const seen = most.filter((draw) => draw === 0).length / N;
    const zero = atZero / 0.9;
    expect(Math.abs(seen - zero)).toBeLessThan(4.5 * Math.sqrt((zero * (1 - zero)) / N));
    expect(most.every((draw) => draw >= 0 && draw < 2.3)).toBe(true);
  });

  test("demand: a period without one is an outcome", () => {
    const ratios = Float64Array.of(0.6, 0.8, 0.9, 1, 1.2, 1.5);
    const d = demand(0.3, 10, { kind: "scaled", ratios, bandwidth: 0.2 });
    expect(mode(d)).toBe(0);
    expect(mode(demand(0.9, 10, { kind: "scaled", ratios, bandwidth: 0.2 }))).toBeGreaterThan(6);
    expect(() => topDraw(d, 1, random(1))).toThrowError(/discrete outcomes/);
  });
});

describe("closed forms", () => {
  test("a normal at temperature T has T times its variance; Student's t stays one", () => {
    const wide = drawsOf((rng) => temperedDraw(normal(2, 9), 4, rng), 11);
    expect(distance(wide, ...cumulative(normal(2, 36)))).toBeLessThan(BOUND);
    const cooled = (5 + 1) / 2 - 1;
    const heavy = drawsOf((rng) => temperedDraw(studentT(0, 1, 5), 2, rng), 12);
    expect(distance(heavy, ...cumulative(studentT(0, Math.sqrt(5 / cooled), cooled)))).toBeLessThan(BOUND);
  });

  test("a log-normal at temperature T is log-normal again, with σ²T and μ + σ²(T − 1)", () => {
    const draws = drawsOf((rng) => temperedDraw(transformed(normal(1, 0.5), log), 1.8, rng), 13);
    expect(distance(draws, ...cumulative(transformed(normal(1 + 0.5 * 0.8, 0.9), log)))).toBeLessThan(BOUND);
    expect(mode(transformed(normal(1, 0.5), log))).toBeCloseTo(Math.exp(0.5), 6);
  });

  function cumulative(d: Distribution): [Float64Array, Float64Array] {
    const n = d.kind === "mixture" ? 100_000 : 20_000;
    const y = Float64Array.from({ length: n }, (_, i) => d.quantile((i + 0.5) / n));
    return [y, y.map((value) => d.cdf(value))];
  }

  test("tails too heavy for a temperature are refused with the bound", () => {
    expect(() => temperedDraw(studentT(0, 1, 2), 3, random(1))).toThrowError(/temperature below 3/);
    expect(() => temperedDraw(mixture([studentT(0, 1, 2), normal(1, 1)]), 4, random(1))).toThrowError(
      expect.objectContaining({ code: "bad-temperature" }),
    );
  });
});

describe("counts that are too many to be listed", () => {
  const d = negativeBinomial(1e6, 0.2);

  test("mode, top-k and top-p are those of the closed forms", () => {
    // (1 − α) μ is a whole number, so that it and the one before are equally probable.
    expect(mode(d)).toBe(799_999);
    const top = drawsOf((rng) => topDraw(d, 3, rng), 14);
    expect([...new Set(top)].sort()).toHaveLength(3);
    for (const draw of top) expect(Math.abs(draw - 800_000)).toBeLessThan(3);
    const draws = drawsOf((rng) => nucleusDraw(d, 0.5, rng), 15);
    expect(draws.every(Number.isInteger)).toBe(true);
    const ends = [Math.min(...draws), Math.max(...draws)].map((y) => d.logDensity(y));
    // The region ends at the same density on either side and holds half.
    expect(Math.abs(ends[0]! - ends[1]!)).toBeLessThan(0.02);
    expect(d.cdf(Math.max(...draws)) - d.cdf(Math.min(...draws))).toBeCloseTo(0.5, 2);
  });
});

test("nothing is chosen where nothing is known", () => {
  expect(() => mode(diffuse(3))).toThrowError(expect.objectContaining({ code: "diffuse-sample" }));
});
