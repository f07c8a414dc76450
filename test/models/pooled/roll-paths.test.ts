import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { pathStreams, roll, rollStepwise } from "../../../src/engine/roll.js";
import type { PooledParams } from "../../../src/models/pooled/params.js";
import { pooledProcess } from "../../../src/models/pooled/process.js";

const LOG = { offset: 1, least: 0.5, reach: 2 };
const USUAL = { cycle: 4, turns: 3 };
/** Of four values before the end, and one to three once some lie in the paths. */
const EVEN = { cycle: 4, turns: 4 };

function paramsOf(parts: Pick<PooledParams, "log" | "usual" | "low" | "dispersion">): PooledParams {
  const places = parts.usual === null ? 3 : 0;
  return {
    lags: [1, 2, 5, 9],
    period: 4,
    frequency: null,
    cycles: [],
    inputs: [],
    coefficients: Float64Array.from([
      parts.usual === null ? 0.1 : 0,
      0.5,
      0.2,
      0.1,
      -0.05,
      ...Array(places).fill(0.02),
    ]),
    fade: 0.97,
    error: 0.2,
    strength: 12,
    df: 4,
    spread: 0.8,
    ...parts,
  };
}

const FORMS = [LOG, null].flatMap((log) =>
  [USUAL, EVEN, null].flatMap((usual) => [0, null].map((low) => ({ log, usual, low }))),
);

const COUNTS = { log: null, usual: null, low: 0, dispersion: 0.7 };

const NONE = Array.from({ length: 30 }, () => new Float64Array(0));

function memoryOf(params: PooledParams) {
  const rng = random(3);
  const y = Float64Array.from({ length: 30 }, (_, t) =>
    t === 11 ? Number.NaN : 4 + (t % 4) + rng.uniform(),
  );
  return pooledProcess.advanceMany!(params, pooledProcess.start(params), y, NONE);
}

describe("paths side by side are those of the plain roll, beyond several cycles", () => {
  test.each([...FORMS, COUNTS])("%j", (parts) => {
    const params = paramsOf(parts);
    const state = memoryOf(params);
    const fast = roll(pooledProcess, params, state, NONE, pathStreams(5, 70));
    const plain = rollStepwise(pooledProcess, params, state, NONE, pathStreams(5, 70));
    expect(new Set(plain.values).size).toBeGreaterThan(parts === COUNTS ? 8 : 600);
    for (const [i, value] of fast.values.entries()) expect(value).toBeCloseTo(plain.values[i]!, 9);
  });
});

const PROBABILITIES = [0.025, 0.1, 0.5, 0.9, 0.975];
const INDEPENDENT = 20_000;
const SPREAD = 512;

describe("spread draws: quantiles are those of independent paths, within standard errors of 1,300 such paths", () => {
  test.each(FORMS)("%j", (parts) => {
    const params = paramsOf(parts);
    const state = memoryOf(params);
    const columns = pooledProcess.spreadAhead!(params, state, NONE, SPREAD, 1)!;
    const { values } = roll(pooledProcess, params, state, NONE, pathStreams(2, INDEPENDENT));
    const far: number[] = [];
    columns.forEach((column, h) => {
      const own = column.slice().sort();
      const other = Float64Array.from({ length: INDEPENDENT }, (_, i) => values[i * 30 + h]!).sort();
      for (const p of PROBABILITIES) {
        const quantile = own[Math.floor(p * SPREAD)]!;
        const [below, upTo] = [firstAt(other, quantile, false), firstAt(other, quantile, true)];
        const off = Math.max(0, below / INDEPENDENT - p, p - upTo / INDEPENDENT);
        far.push(off / Math.sqrt(p * (1 - p)));
      }
    });
    const mean = Math.sqrt(far.reduce((sum, z) => sum + z * z, 0) / far.length);
    expect(mean).toBeLessThan(1 / Math.sqrt(1300));
    expect(Math.max(...far)).toBeLessThan(4 / Math.sqrt(1300));
  });

  test("none of counts, and of a memory that has seen nothing", () => {
    const counts = paramsOf(COUNTS);
    expect(pooledProcess.spreadAhead!(counts, memoryOf(counts), NONE, SPREAD, 1)).toBe(null);
    const params = paramsOf(FORMS[0]!);
    expect(pooledProcess.spreadAhead!(params, pooledProcess.start(params), NONE, SPREAD, 1)).toBe(null);
  });
});

/** How many of the ascending values lie below `y`, or at it and below. */
function firstAt(ascending: Float64Array, y: number, equal: boolean): number {
  let count = 0;
  while (count < ascending.length && (ascending[count]! < y || (equal && ascending[count] === y))) count++;
  return count;
}
