import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { type EtsOptions, ets } from "../../../src/models/ets/index.js";
import { admissibleSlope, isAdmissible } from "../../../src/models/ets/likelihood/region.js";
import { etsProcess } from "../../../src/models/ets/process.js";
import type { EtsParams, EtsState } from "../../../src/models/ets/recursion/transition.js";
import { referenceSeries } from "../../reference.js";

const NONE = new Float64Array(0);

/** How deviations of the states go on when the values are known: the matrix whose powers say whether the start is forgotten. */
function discount(params: EtsParams): number[][] {
  const period = params.season.length;
  const size = 2 + period;
  const columns = Array.from({ length: size }, (_, i) => {
    const season = new Float64Array(period);
    if (i > 1) season[i - 2] = 1;
    const from: EtsState = {
      level: i === 0 ? 1 : 0,
      slope: i === 1 ? 1 : 0,
      season,
      phase: 0,
      covarianceRoot: [],
    };
    const to = etsProcess.advance(params, from, 0, NONE);
    // Seasons turned, so that the next to be used comes first again.
    const turned = Array.from({ length: period }, (_unused, j) => to.season[(1 + j) % period]!);
    return [to.level, to.slope, ...turned];
  });
  return columns[0]!.map((_, row) => columns.map((column) => column[row]!));
}

/** The largest of its eigenvalues, less the 1 that stands for what moves between level and seasons unseen. */
function radius(params: EtsParams, trend: boolean): number {
  const used = discount(params);
  const kept = used.map((_, i) => i).filter((i) => trend || i !== 1);
  const { realEigenvalues: re, imaginaryEigenvalues: im } = new EigenvalueDecomposition(
    new Matrix(kept.map((i) => kept.map((j) => used[i]![j]!))),
  );
  const sizes = re.map((value, i) => ({
    size: Math.hypot(value, im[i]!),
    off: Math.hypot(value - 1, im[i]!),
  }));
  sizes.sort((a, b) => a.off - b.off);
  if (params.season.length > 0) sizes.shift();
  return Math.max(...sizes.map(({ size }) => size));
}

function paramsOf(trend: boolean, period: number, smoothing: EtsParams["smoothing"]): EtsParams {
  return {
    form: {
      error: "A",
      trend: trend ? "A" : "N",
      damped: smoothing.phi < 1,
      season: period > 1 ? "A" : "N",
      period,
    },
    smoothing,
    sigma2: 1,
    level: 0,
    slope: 0,
    season: new Float64Array(period > 1 ? period : 0),
    floor: 0,
  };
}

describe("the admissible region", () => {
  test.each([
    [false, 1],
    [true, 1],
    [false, 4],
    [true, 4],
    [true, 12],
  ])("is where the eigenvalues of the discount matrix lie (trend %s, period %i)", (trend, period) => {
    const rng = random(7);
    let inside = 0;
    for (let run = 0; run < 400; run++) {
      const smoothing = {
        alpha: 2.2 * rng.uniform(),
        beta: trend ? rng.uniform() * rng.uniform() : 0,
        gamma: period > 1 ? 1.5 * rng.uniform() : 0,
        phi: trend && rng.uniform() < 0.5 ? 0.8 + 0.2 * rng.uniform() : 1,
      };
      const size = radius(paramsOf(trend, period, smoothing), trend);
      if (Math.abs(size - 1) < 1e-5) continue;
      expect(isAdmissible(smoothing, trend, period), JSON.stringify(smoothing)).toBe(size < 1);
      if (size < 1) inside++;
    }
    expect(inside).toBeGreaterThan(20);
  });

  test("the slope at its edge is where an eigenvalue reaches the unit circle", () => {
    for (const [alpha, gamma, phi] of [
      [0.5, 0.01, 1],
      [0.2, 0.3, 1],
      [0.8, 0.1, 0.95],
    ] as const) {
      const smoothing = { alpha, beta: 0, gamma, phi };
      const beta = admissibleSlope(smoothing, 12);
      expect(radius(paramsOf(true, 12, { ...smoothing, beta }), true)).toBeCloseTo(1, 5);
      expect(isAdmissible({ ...smoothing, beta: 0.99 * beta }, true, 12)).toBe(true);
      expect(isAdmissible({ ...smoothing, beta: 1.01 * beta }, true, 12)).toBe(false);
    }
  });
});

describe("estimates keep to their bounds", () => {
  const forms: [string, EtsOptions, string][] = [
    ["Nile", { trend: "Ad" }, "Nile"],
    ["WWWusage", { trend: "A" }, "WWWusage"],
    ["USAccDeaths", { trend: "A", season: "A" }, "USAccDeaths"],
    ["AirPassengers", { error: "M", trend: "Ad", season: "M" }, "AirPassengers"],
  ];
  test.each(forms)("%s %j", (name, form) => {
    const { values, period } = referenceSeries(name);
    const data = series(values, { period });
    const maximum = (bounds: "both" | "usual" | "admissible") => {
      const { report, params } = ets({ ...form, bounds }).fit(data);
      return {
        value: report.details.maximumWithoutConstants as number,
        smoothing: (params as EtsParams).smoothing,
      };
    };
    const [both, usual, admissible] = [maximum("both"), maximum("usual"), maximum("admissible")];
    const seasonal = form.season !== undefined;
    for (const { alpha, beta, gamma, phi } of [both.smoothing, usual.smoothing]) {
      expect(alpha).toBeGreaterThanOrEqual(1e-4);
      expect(alpha).toBeLessThanOrEqual(0.9999);
      expect(beta).toBeLessThanOrEqual(alpha);
      expect(gamma).toBeLessThanOrEqual(1 - alpha + 1e-12);
      if (phi < 1) expect(phi >= 0.8 && phi <= 0.98).toBe(true);
    }
    for (const { smoothing } of [both, admissible])
      expect(isAdmissible(smoothing, true, seasonal ? period : 1)).toBe(true);
    // The intersection holds no more than either.
    expect(both.value).toBeLessThanOrEqual(usual.value + 1e-6);
    expect(both.value).toBeLessThanOrEqual(admissible.value + 1e-6);
  });
});

describe("all of the admissible region", () => {
  // forecast::ets 8.20 (R 4.2.2), model "AAN", damped, bounds = "admissible": its loglik, without the Gaussian constants.
  const R: readonly (readonly [string, number, number])[] = [
    ["AirPassengers", -20, -106.1624],
    ["lynx", 0, -1063.056],
    ["Nile", 0, -724.4002],
    ["WWWusage", 0, -343.9038],
    ["LakeHuron", 0, -189.3064],
  ];
  test.each(R)(
    "is searched where damping is strong or the slope's weight negative: %s",
    (name, from, loglik) => {
      const y = Float64Array.from(referenceSeries(name).values).slice(from);
      const { report, params } = ets({ trend: "Ad", bounds: "admissible" }).fit(series(y));
      expect(-(report.details.maximumWithoutConstants as number)).toBeGreaterThan(loglik - 1e-3);
      expect(isAdmissible((params as EtsParams).smoothing, true, 1)).toBe(true);
    },
  );
});
