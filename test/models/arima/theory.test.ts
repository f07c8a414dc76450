import { describe, expect, test } from "vitest";
import { YuleError } from "../../../src/core/errors.js";
import { isStationary } from "../../../src/math/polynomials.js";
import { armaAcf, armaPacf, armaSpectrum, piWeights, psiWeights } from "../../../src/models/arima/index.js";
import { readReference } from "../../reference.js";

interface TheoryCase {
  readonly id: string;
  readonly ar: number[];
  readonly ma: number[];
  readonly result: {
    psi: number[];
    piWeights: number[];
    acf: number[];
    pacf: number[];
    spectrumFreq: number[];
    spectrumSigma2one: number[];
  };
}

const cases = readReference("arma-theory").cases as TheoryCase[];

describe("arma-theory.json", () => {
  test("all nine cases are there", () => expect(cases.length).toBe(9));

  test.each(cases)("$id", ({ ar, ma, result }) => {
    // README: closed forms, relative 1e-9.
    expectClose(psiWeights({ ar, ma }, result.psi.length), result.psi);
    expectClose(piWeights({ ar, ma }, result.piWeights.length), result.piWeights);
    expectClose(armaSpectrum({ ar, ma }, result.spectrumFreq), result.spectrumSigma2one);
    expect(isStationary(ar)).toBe(true);
    expectClose(armaAcf({ ar, ma }, result.acf.length - 1), result.acf);
    expectClose(armaPacf({ ar, ma }, result.pacf.length), result.pacf);
  });

  function expectClose(actual: Float64Array, expected: readonly number[]) {
    expect(actual.length).toBe(expected.length);
    expected.forEach((value, i) => {
      expect(Math.abs(actual[i]! - value), `${i + 1}`).toBeLessThan(1e-9 * (1 + Math.abs(value)));
    });
  }
});

test("a non-stationary autoregression has no autocorrelations, and says so", () => {
  expect(() => armaAcf({ ar: [1.2] }, 3)).toThrow(YuleError);
  expect(() => psiWeights({ ar: [Number.NaN] }, 3)).toThrow(/finite/);
  expect(() => psiWeights({}, 0)).toThrow(YuleError);
});
