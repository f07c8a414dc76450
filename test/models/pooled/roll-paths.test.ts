import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { pathStreams, roll, rollStepwise } from "../../../src/engine/roll.js";
import type { PooledParams } from "../../../src/models/pooled/params.js";
import { pooledProcess } from "../../../src/models/pooled/process.js";

const LOG = { offset: 1, least: 0.5, reach: 2 };
const USUAL = { cycle: 4, turns: 3 };

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
  [USUAL, null].flatMap((usual) => [0, null].map((low) => ({ log, usual, low }))),
);

const COUNTS = { log: null, usual: null, low: 0, dispersion: 0.7 };

describe("paths in local variables are those of the plain roll, beyond several cycles", () => {
  test.each([...FORMS, COUNTS])("%j", (parts) => {
    const params = paramsOf(parts);
    const rng = random(3);
    const y = Float64Array.from({ length: 30 }, (_, t) =>
      t === 11 ? Number.NaN : 4 + (t % 4) + rng.uniform(),
    );
    const none = Array.from({ length: 30 }, () => new Float64Array(0));
    const state = pooledProcess.advanceMany!(params, pooledProcess.start(params), y, none);
    const fast = roll(pooledProcess, params, state, none, pathStreams(5, 40));
    const plain = rollStepwise(pooledProcess, params, state, none, pathStreams(5, 40));
    expect(new Set(plain.values).size).toBeGreaterThan(parts === COUNTS ? 8 : 600);
    for (const [i, value] of fast.values.entries()) expect(value).toBeCloseTo(plain.values[i]!, 9);
  });
});
