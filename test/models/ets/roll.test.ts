import { expect, test } from "vitest";
import { rollStepwise } from "../../../src/engine/roll.js";
import { normalDraws, pathStreams } from "../../../src/engine/sampling/draws.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";
import { etsProcess } from "../../../src/models/ets/process.js";
import type { EtsForm } from "../../../src/models/ets/recursion/form.js";
import type { EtsParams, EtsState } from "../../../src/models/ets/recursion/transition.js";

const forms = (["A", "M"] as const).flatMap((error) =>
  (["N", "A", "Ad", "M", "Md"] as const).flatMap((trend) =>
    (["N", "A", "M"] as const).map((season): [string, EtsForm] => [
      `${error},${trend},${season}`,
      {
        error,
        trend: trend.charAt(0) as EtsForm["trend"],
        damped: trend.endsWith("d"),
        season,
        period: season === "N" ? 1 : 4,
      },
    ]),
  ),
);

function model(form: EtsForm, sigma: number): { params: EtsParams; state: EtsState } {
  const seasons = { N: [], A: [9, -4, -7, 2], M: [1.3, 0.9, 0.6, 1.2] }[form.season];
  const growing = form.trend === "M";
  const params: EtsParams = {
    form,
    smoothing: {
      alpha: 0.4,
      beta: form.trend === "N" ? 0 : 0.1,
      gamma: form.season === "N" ? 0 : 0.2,
      phi: form.damped ? 0.9 : 1,
    },
    sigma2: (form.error === "M" ? sigma : 50 * sigma) ** 2,
    level: 50,
    slope: growing ? 1.01 : form.trend === "N" ? 0 : 0.7,
    season: Float64Array.from(seasons),
    floor: 5,
  };
  const { level, slope, season } = params;
  return { params, state: { level, slope, season, phase: season.length > 0 ? 3 : 0, covarianceRoot: [] } };
}

test.each(forms)(
  "ets(%s): the fast roll is the plain one, at rest and where states hit their floors",
  (_, form) => {
    const inputs = Array.from({ length: 11 }, () => new Float64Array(0));
    for (const sigma of [0.05, 0.9]) {
      const { params, state } = model(form, sigma);
      const fast = etsProcess.rollMany!(params, state, inputs, pathStreams(5, 60));
      const plain = rollStepwise(etsProcess, params, state, inputs, pathStreams(5, 60));
      fast.values.forEach((value, i) => {
        expect(Math.abs(value - plain.values[i]!)).toBeLessThanOrEqual(
          1e-9 * Math.abs(plain.values[i]!) + 1e-9,
        );
      });
    }
  },
);

test("draws that are kept are those that would be drawn", () => {
  const expected = pathStreams(8, 3).map((rng) => Array.from({ length: 5 }, () => standardNormal(rng)));
  for (const [count, each] of [
    [3, 5],
    [2, 4],
    [3, 5],
  ] as const) {
    const { values, stride } = normalDraws(pathStreams(8, count), each);
    for (let i = 0; i < count; i++) {
      for (let h = 0; h < each; h++) expect(values[i * stride + h]).toBe(expected[i]![h]);
    }
  }
});
