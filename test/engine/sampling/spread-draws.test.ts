import { expect, test } from "vitest";
import { pathStreams } from "../../../src/engine/roll.js";
import { studentTDraws } from "../../../src/engine/sampling/draws.js";
import { SpreadDraws } from "../../../src/engine/sampling/spread-draws.js";
import { studentTLevels } from "../../../src/engine/sampling/student-t-levels.js";
import { studentTCdf } from "../../../src/math/special-functions/student-t.js";

const DF = 4;

test("each step takes one draw of every stratum, whatever the number of paths and wherever they stand", () => {
  for (const count of [1, 2, 7, 64, 100]) {
    const draws = new SpreadDraws(count, DF, 3);
    const places = Float64Array.from({ length: count }, (_, i) => ((i * 37) % 11) - 1e6 * (i % 2));
    const out = new Float64Array(count);
    for (let h = 0; h < 3; h++) {
      draws.next(places, out);
      const strata = Array.from(out, (t) => Math.floor(count * studentTCdf(t, DF)));
      expect(strata.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
    }
  }
});

test("one path alone draws from the whole distribution: its levels over many steps, seeds and places", () => {
  const below = [0, 0, 0];
  const steps = 400;
  for (let seed = 0; seed < 10; seed++) {
    const draws = new SpreadDraws(16, DF, seed);
    const places = Float64Array.from({ length: 16 }, (_, i) => i);
    const out = new Float64Array(16);
    for (let h = 0; h < steps; h++) {
      draws.next(places, out);
      [0.02, 0.3, 0.9].forEach((p, k) => {
        if (studentTCdf(out[5]!, DF) < p) below[k]!++;
      });
    }
  }
  [0.02, 0.3, 0.9].forEach((p, k) => {
    const n = 10 * steps;
    expect(Math.abs(below[k]! / n - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n));
  });
});

test("levels are quantiles, ascending and symmetric; those of one number of degrees of freedom are not those of another", () => {
  const levels = studentTLevels(8, DF);
  levels.forEach((t, i) => {
    expect(studentTCdf(t, DF)).toBeCloseTo((i + 0.5) / 8, 12);
    expect(t).toBe(-levels[7 - i]!);
  });
  expect(studentTLevels(8, 9)[0]).toBeGreaterThan(levels[0]!);
});

/** The 10 % quantile, median and 90 % quantile of a random walk of 12 steps, from 128 paths. */
function walk(next: (h: number, places: Float64Array, out: Float64Array) => void): number[] {
  const places = new Float64Array(128);
  const out = new Float64Array(128);
  for (let h = 0; h < 12; h++) {
    next(h, places, out);
    for (let i = 0; i < 128; i++) places[i]! += out[i]!;
  }
  const sorted = places.slice().sort();
  return [0.1, 0.5, 0.9].map((p) => 0.5 * (sorted[Math.floor(127 * p)]! + sorted[Math.ceil(127 * p)]!));
}

test("quantiles of a random walk scatter less than half as much as those of independent draws, around the same values", () => {
  const spread: number[][] = [];
  const independent: number[][] = [];
  for (let seed = 1; seed <= 60; seed++) {
    const draws = new SpreadDraws(128, DF, seed);
    spread.push(walk((_, places, out) => draws.next(places, out)));
    const table = studentTDraws(pathStreams(seed, 128), 12, DF);
    independent.push(
      walk((h, _, out) => {
        for (let i = 0; i < 128; i++) out[i] = table.values[i * table.stride + h]!;
      }),
    );
  }
  for (const k of [0, 1, 2]) {
    const [a, b] = [spread, independent].map((all) => momentsOf(all.map((row) => row[k]!)));
    expect(a!.deviation).toBeLessThan(b!.deviation / 2);
    expect(Math.abs(a!.mean - b!.mean)).toBeLessThan((4 * b!.deviation) / Math.sqrt(60));
  }
});

function momentsOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
