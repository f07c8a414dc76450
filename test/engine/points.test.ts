import { expect, test } from "vitest";
import type { Distribution } from "../../src/core/distribution.js";
import { interval } from "../../src/core/forecast.js";
import { random } from "../../src/core/random.js";
import { series } from "../../src/core/series.js";
import { normal } from "../../src/distributions/families/normal.js";
import { forecast } from "../../src/engine/forecast.js";
import { pointsOf } from "../../src/engine/points.js";
import { parseModel } from "../../src/select/catalogue.js";

const usual = normal(10, 4);
const endless: Distribution = {
  ...usual,
  quantile: (p) => usual.quantile(p),
  mean: Number.POSITIVE_INFINITY,
};

test("means inside their 80 % interval stand as they are, without a note", () => {
  const { mean, median, notes } = pointsOf("a", Float64Array.of(10, 12.5, 7.5), [usual, usual, usual]);
  expect([...mean]).toEqual([10, 12.5, 7.5]);
  expect([...median]).toEqual([10, 10, 10]);
  expect(notes).toEqual([]);
});

test("a mean outside the interval stands, and the note names its step", () => {
  const { mean, notes } = pointsOf("a", Float64Array.of(10, 13, 7, 10), [usual, usual, usual, usual]);
  expect([...mean]).toEqual([10, 13, 7, 10]);
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatchObject({ code: "mean-unreliable", severity: "warning" });
  expect(notes[0]!.details).toEqual({ replaced: [], outside: [2, 3] });
  expect(notes[0]!.message).toMatch(
    /^The mean of steps 2 and 3 lies outside the 80 % interval; read the median/,
  );
});

test("the median takes the place of a mean that is not finite", () => {
  const { mean, notes } = pointsOf("a", Float64Array.of(10, Number.POSITIVE_INFINITY, Number.NaN), [
    usual,
    endless,
    endless,
  ]);
  expect([...mean]).toEqual([10, 10, 10]);
  expect(notes[0]!.details).toEqual({ replaced: [2, 3], outside: [] });
});

test("a distribution without spread has its mean on its interval", () => {
  expect(pointsOf("a", Float64Array.of(0.1 + 0.2), [normal(0.3, 0)]).notes).toEqual([]);
});

test("values beyond the largest number are an error with the step", () => {
  const lost: Distribution = { ...endless, quantile: () => Number.NaN };
  expect(() => pointsOf("a", Float64Array.of(10, Number.NaN), [usual, lost])).toThrow(
    /^The forecast of a at step 2 is NaN/,
  );
});

/** Series of many spreads, growing and not, on the scales where a transformed mean leaves its interval. */
function drawn(seed: number): number[] {
  const rng = random(seed);
  const spread = 0.05 + 1.5 * rng.uniform();
  let level = 2;
  return Array.from({ length: 20 + Math.floor(40 * rng.uniform()) }, () => {
    level += spread * (rng.uniform() - 0.5);
    return Math.exp(level + spread * (rng.uniform() - 0.5));
  });
}

test.each(["box-cox(naive)", "log(naive)", "log(ets(A,A,N))", "box-cox(mean, lambda=guerrero)", "tsb"])(
  "%s: every mean of 40 series is finite, and inside the 80 percent interval or named by a note",
  (notation) => {
    for (let seed = 1; seed <= 40; seed++) {
      const ahead = forecast(parseModel(notation).fit(series(drawn(seed))), { horizon: 12, paths: 200 });
      const { lower, upper } = interval(ahead, 80);
      const note = ahead.notes.find(({ code }) => code === "mean-unreliable");
      const named = [note?.details?.replaced ?? [], note?.details?.outside ?? []].flat();
      ahead.mean.forEach((mean, h) => {
        expect(Number.isFinite(mean)).toBe(true);
        const room = 1e-6 * (upper[h]! - lower[h]!);
        if (mean < lower[h]! - room || mean > upper[h]! + room) expect(named).toContain(h + 1);
      });
    }
  },
);
