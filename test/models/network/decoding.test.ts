import { describe, expect, test } from "vitest";
import { mode } from "../../../src/distributions/decoding/mode.js";
import { piecesOf } from "../../../src/distributions/decoding/pieces.js";
import { simulate } from "../../../src/engine/forecast.js";
import { largestOf } from "../../../src/math/extremes.js";
import type { NetworkFitted } from "../../../src/models/network/index.js";
import { categorical, sharesOf } from "../../../src/models/network/stepping/categorical.js";
import { deepar, transformer, wavenet } from "../../../src/select/neural.js";
import { countPanel } from "./panels.js";

const TOKENS = 4;
const STEPS = 3;
const NONE = new Float64Array(0);
const QUICK = {
  likelihood: "categorical",
  tokens: "counts",
  epochs: 3,
  batches: 6,
  hidden: 8,
  layers: 2,
} as const;

interface Path {
  readonly values: readonly number[];
  /** Probabilities of all tokens before each choice. */
  readonly shares: readonly (readonly number[])[];
}

/** Every path of some tokens, by the plain steps. */
function allPaths({ process, params, state }: NetworkFitted, steps = STEPS): Path[] {
  if (steps === 0) return [{ values: [], shares: [] }];
  const distribution = process.conditional(params, state, NONE);
  const shares = Array.from({ length: TOKENS }, (_, k) => Math.exp(distribution.logDensity(k)));
  return shares.flatMap((_, k) => {
    const next = process.advance(params, state, k, NONE);
    return allPaths({ process, params, state: next } as NetworkFitted, steps - 1).map((rest) => ({
      values: [k, ...rest.values],
      shares: [shares, ...rest.shares],
    }));
  });
}

/** The probability of a path where each token's is changed before it is drawn. */
function probability({ values, shares }: Path, change: (shares: readonly number[]) => number[]): number {
  return values.reduce((product, k, t) => {
    const changed = change(shares[t]!);
    return (product * changed[k]!) / changed.reduce((sum, p) => sum + p, 0);
  }, 1);
}

const panel = countPanel(4, 70).map((series) => ({
  ...series,
  y: series.y.map((y) => Math.min(y, TOKENS - 1)),
}));

describe.each([
  ["deepar", deepar(QUICK)],
  ["wavenet", wavenet(QUICK)],
  ["transformer", transformer(QUICK)],
])("decoding tokens of %s, against all paths listed", (_, model) => {
  const fitted = model.fitPanel(panel).then(([first]) => first!);

  test("beam finds the most probable paths and their log probabilities", async () => {
    const paths = allPaths(await fitted).map((path) => ({
      values: path.values,
      log: Math.log(probability(path, (shares) => [...shares])),
    }));
    expect(paths.reduce((sum, { log }) => sum + Math.exp(log), 0)).toBeCloseTo(1, 10);
    const best = paths.sort((a, b) => b.log - a.log).slice(0, TOKENS ** (STEPS - 1));
    const found = simulate(await fitted, { horizon: STEPS, decode: `beam=${best.length}` });
    expect(found.count).toBe(best.length);
    best.forEach(({ values, log }, i) => {
      expect(found.logProbabilities![i]).toBeCloseTo(log, 10);
      expect([...found.values.slice(i * STEPS, (i + 1) * STEPS)]).toEqual(values);
    });
  });

  test("greedy takes the most probable token at each step", async () => {
    const chosen = allPaths(await fitted).find(({ values, shares }) =>
      values.every((k, t) => shares[t]!.every((p, other) => other === k || p < shares[t]![k]!)),
    );
    expect([...simulate(await fitted, { horizon: STEPS, decode: "greedy" }).values]).toEqual(chosen!.values);
  });

  const heldTo = (kept: number) => (shares: readonly number[]) => {
    const least = [...shares].sort((a, b) => b - a)[kept - 1]!;
    return shares.map((p) => (p >= least ? p : 0));
  };
  test.each([
    ["temperature=0.5", (shares: readonly number[]) => shares.map((p) => p ** 2)],
    ["temperature=2", (shares: readonly number[]) => shares.map((p) => Math.sqrt(p))],
    ["top-k=2", heldTo(2)],
  ] as const)("%s: paths come as often as they should, to 5 standard errors", async (decode, change) => {
    const count = 4000;
    const { values } = simulate(await fitted, { horizon: STEPS, paths: count, decode });
    const seen = new Map<string, number>();
    for (let i = 0; i < count; i++) {
      const key = values.slice(i * STEPS, (i + 1) * STEPS).join();
      seen.set(key, (seen.get(key) ?? 0) + 1 / count);
    }
    for (const path of allPaths(await fitted)) {
      const wanted = probability(path, change);
      const error = Math.sqrt((wanted * (1 - wanted)) / count);
      expect(Math.abs((seen.get(path.values.join()) ?? 0) - wanted)).toBeLessThanOrEqual(5 * error + 1e-12);
    }
  });
});

test.each([0.2, 0.5, 2])(
  "bins: temperature=%d raises densities to their power, greedy takes the densest bin",
  (temperature) => {
    const raw = Float32Array.from({ length: 8 }, (_, k) => Math.sin(3 * k) * 1.5);
    const edges = [0.2, 0.5, 0.7, 1, 1.1, 1.5, 3];
    const tokens = { kind: "bins", edges, start: 0, below: 1, above: 0.8 } as const;
    const distribution = categorical(tokens, raw, 1);
    const shares = sharesOf(raw, 0, 8);
    const widths = edges.map((edge, k) => edge - (edges[k - 1] ?? 0));
    const power = 1 / temperature;
    // ∫ (p/w)^c over a bin is p^c w^(1−c); of the tail p e^(−x/a)/a it is p^c a^(1−c)/c.
    const bins = widths.map((width, k) => shares[k]! ** power * width ** (1 - power));
    const mass = [...bins, (shares[7]! ** power * 0.8 ** (1 - power)) / power];
    const total = mass.reduce((sum, m) => sum + m, 0);
    const pieces = piecesOf(distribution.makeup!().density!, power)!;
    mass.forEach((m, k) => {
      const inside = pieces.mass.filter((_, i) => {
        const middle = pieces.from[i]! + pieces.width[i]! / 2;
        return middle > (edges[k - 1] ?? 0) && middle < (edges[k] ?? Infinity);
      });
      // Three points a piece integrate the tail to about a thousandth.
      expect(inside.reduce((sum, part) => sum + part, 0) / pieces.total).toBeCloseTo(m / total, 3);
    });
    const densest = widths.map((width, k) => shares[k]! / width);
    const top = densest.indexOf(largestOf(densest));
    const chosen = mode(distribution);
    expect(chosen).toBeGreaterThanOrEqual(edges[top - 1] ?? 0);
    expect(chosen).toBeLessThanOrEqual(edges[top]!);
  },
);
