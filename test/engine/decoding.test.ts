import { describe, expect, test } from "vitest";
import type { Process } from "../../src/core/model.js";
import { empirical, negativeBinomial } from "../../src/distributions/index.js";
import { beamSearch } from "../../src/engine/decoding/beam.js";
import { parseDecoding } from "../../src/engine/decoding/notation.js";

const NONE = new Float64Array(0);

/** A chain of three values whose next one depends on the last two. */
const chain: Process<null, readonly [number, number]> = {
  kind: "test-chain",
  start: () => [0, 0],
  conditional: (_, [a, b]) => empirical([0, 1, 2], weightsAfter(a, b)),
  advance: (_, [, b], y) => [b, y],
};

function weightsAfter(a: number, b: number): number[] {
  return [1 + ((a + 2 * b) % 3), 2 + ((2 * a + b) % 3), 1 + ((a * b) % 3) / 2];
}

/** Every path with its probability, by plain enumeration. */
function everyPath(horizon: number): { path: number[]; log: number }[] {
  let all = [{ path: [] as number[], log: 0 }];
  for (let h = 0; h < horizon; h++)
    all = all.flatMap(({ path, log }) => {
      const [a, b] = [path.at(-2) ?? 0, path.at(-1) ?? 0];
      const weights = weightsAfter(a, b);
      const total = weights.reduce((sum, w) => sum + w, 0);
      return weights.map((w, y) => ({ path: [...path, y], log: log + Math.log(w / total) }));
    });
  return all.sort((x, y) => y.log - x.log);
}

describe("beam search", () => {
  const horizon = 5;
  const inputs = Array.from({ length: horizon }, () => NONE);
  const all = everyPath(horizon);

  test("a beam as wide as the paths one step before the end finds the most probable ones, in order", () => {
    const width = 3 ** (horizon - 1);
    const { values, count, logProbabilities } = beamSearch(chain, null, [0, 0], inputs, width);
    expect(count).toBe(width);
    logProbabilities!.forEach((log, i) => {
      expect(log).toBeCloseTo(all[i]!.log, 12);
      const path = [...values.subarray(i * horizon, (i + 1) * horizon)];
      const known = all.find((one) => one.path.join() === path.join())!;
      expect(log).toBeCloseTo(known.log, 12);
    });
    const paths = Array.from({ length: count }, (_, i) =>
      values.slice(i * horizon, (i + 1) * horizon).join(),
    );
    expect(new Set(paths).size).toBe(count);
  });

  test("all paths together have probability 1", () => {
    const { logProbabilities } = beamSearch(chain, null, [0, 0], inputs, 3 ** horizon);
    expect(logProbabilities!.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 12);
  });

  test("a beam of one is the greedy path; a wider one is never worse", () => {
    let best = Number.NEGATIVE_INFINITY;
    for (const width of [1, 2, 4, 8]) {
      const [log] = beamSearch(chain, null, [0, 0], inputs, width).logProbabilities!;
      expect(log).toBeGreaterThanOrEqual(best - 1e-12);
      best = log!;
    }
    expect(best).toBeCloseTo(all[0]!.log, 12);
  });

  test("counts: integer-valued autoregression, against enumeration up to 40", () => {
    // INGARCH(1): Poisson with mean 0.5 + 0.4 y (K. Fokianos, A. Rahbek, D. Tjøstheim, JASA 2009).
    const counts: Process<null, number> = {
      kind: "test-counts",
      start: () => 0,
      conditional: (_, last) => negativeBinomial(0.5 + 0.4 * last, 0),
      advance: (_, __, y) => y,
    };
    const expected: { path: string; log: number }[] = [];
    for (let a = 0; a < 40; a++)
      for (let b = 0; b < 40; b++)
        expected.push({
          path: `${a},${b}`,
          log:
            negativeBinomial(0.5 + 0.4 * 2, 0).logDensity(a) +
            negativeBinomial(0.5 + 0.4 * a, 0).logDensity(b),
        });
    expected.sort((x, y) => y.log - x.log);
    const { values, logProbabilities } = beamSearch(counts, null, 2, [NONE, NONE], 12);
    for (let i = 0; i < 12; i++) {
      expect(`${values[2 * i]},${values[2 * i + 1]}`).toBe(expected[i]!.path);
      expect(logProbabilities![i]).toBeCloseTo(expected[i]!.log, 12);
    }
  });
});

describe("the notation of a decoding", () => {
  test.each(["greedy", "sample", "temperature=0", "temperature=2.5", "top-k=1", "top-p=1", " TOP-P=0.5 "])(
    "%s is read",
    (text) => {
      expect(parseDecoding(text).kind).toBe("steps");
    },
  );
  test.each([
    "",
    "top-k=0",
    "top-k=2.5",
    "top-k",
    "temperature=-1",
    "temperature=hot",
    "top-p=0",
    "top-p=1.1",
    "beam=0",
    "best",
  ])("%j is refused", (text) => {
    expect(() => parseDecoding(text)).toThrowError(expect.objectContaining({ code: "bad-decode" }));
  });
});
