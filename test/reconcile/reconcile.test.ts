import { describe, expect, test } from "vitest";
import { YuleError } from "../../src/core/errors.js";
import {
  autoEts,
  drift,
  hierarchy,
  interval,
  mean,
  naive,
  type Panel,
  random,
  reconcile,
  type Series,
  series,
} from "../../src/index.js";
import { standardNormal } from "../../src/math/special-functions/normal.js";

/** Series around their own levels, whose errors share a part. */
function correlated(ids: readonly string[], length: number, shared: number, seed = 1): Panel {
  const rng = random(seed);
  const values = ids.map(() => new Float64Array(length));
  for (let t = 0; t < length; t++) {
    const common = standardNormal(rng);
    ids.forEach((_, s) => {
      const own = standardNormal(rng);
      values[s]![t] = 50 + 10 * s + Math.sqrt(shared) * common + Math.sqrt(1 - shared) * own;
    });
  }
  return ids.map((id, s) => series(values[s]!, { id, start: "2020-01", frequency: "M", period: 1 }));
}

const SHOPS = ["North/A", "North/B", "South/C", "South/D"];

function refusal(work: () => unknown): YuleError {
  try {
    work();
  } catch (error) {
    if (error instanceof YuleError) return error;
  }
  return expect.unreachable("it was taken");
}

describe("the sums of a panel", () => {
  test("of columns that nest", () => {
    const whole = hierarchy(correlated(SHOPS, 20, 0), "region/store");
    expect(whole.series.map(({ id }) => id)).toEqual(["total", "North", "South", ...SHOPS]);
    expect(whole.levels).toEqual(["total", "region", "region", ...SHOPS.map(() => "region/store")]);
    const [total, north, south, a, b] = whole.series as readonly [Series, ...Series[]];
    expect(north!.y[3]).toBe(a!.y[3]! + b!.y[3]!);
    expect(total.y[3]).toBeCloseTo(north!.y[3]! + south!.y[3]!, 10);
    expect(total.time).toMatchObject({ start: "2020-01-01" });
  });

  test("of columns that cross, and of the total alone", () => {
    const crossed = hierarchy(correlated(["N/x", "N/y", "S/x", "S/y"], 5, 0), "region*product");
    expect(crossed.series.map(({ id }) => id).slice(0, 5)).toEqual(["total", "N", "S", "*/x", "*/y"]);
    const alone = hierarchy(correlated(["a", "b"], 5, 0), "total");
    expect(alone.series.map(({ id }) => id)).toEqual(["total", "a", "b"]);
  });

  test("a series that begins late adds nothing before, one that ends early is taken on as missing; both are told", () => {
    const make = (id: string, values: number[], start: string) =>
      series(values, { id, start, frequency: "M" });
    const whole = hierarchy(
      [
        make("a", [1, 2, 3, 4], "2020-01"),
        make("b", [10, 10, Number.NaN], "2020-02"),
        make("c", [7, 7], "2020-01"),
      ],
      "total",
    );
    expect(Array.from(whole.series[0]!.y)).toEqual([8, 19, Number.NaN, Number.NaN]);
    expect(whole.series.map(({ y }) => y.length)).toEqual([4, 4, 3, 4]);
    expect(whole.notes.map(({ code, severity }) => [code, severity])).toEqual([
      ["late-series", "info"],
      ["short-series", "warning"],
    ]);
  });

  test.each([
    ["region//store", "bad-hierarchy"],
    ["", "bad-hierarchy"],
    ["region*region", "bad-hierarchy"],
    ["state/region/store", "bad-ids"],
  ])("%j is refused", (notation, code) => {
    expect([code, "bad-notation"]).toContain(
      refusal(() => hierarchy(correlated(SHOPS, 5, 0), notation)).code,
    );
  });

  test("ids that a sum has too, or two series, are refused by name", () => {
    const taken = refusal(() => hierarchy(correlated(["total", "b"], 5, 0), "total"));
    expect(taken).toMatchObject({ code: "duplicate-ids", value: "total" });
    expect(taken.message).toContain("a sum of the hierarchy");
    expect(refusal(() => hierarchy(correlated(["b", "b"], 5, 0), "total")).code).toBe("duplicate-ids");
    expect(refusal(() => hierarchy(correlated(["*/x", "a/x"], 5, 0), "g*p")).code).toBe("duplicate-ids");
    expect(refusal(() => hierarchy(correlated(["b"], 5, 0), "total")).code).toBe("too-few-series");
  });
});

describe("reconciled forecasts", () => {
  const whole = hierarchy(correlated(SHOPS, 60, 0.5), "region/store");
  const fitted = whole.series.map((own) => autoEts().fit(own));

  test.each(["bottom-up", "top-down", "ols", "mint"] as const)(
    "%s: means and every path add up",
    (method) => {
      const { forecasts, paths } = reconcile(whole, fitted, { method, horizon: 3, paths: 200 });
      const parts = [forecasts.map((ahead) => ahead.mean), paths];
      for (const values of parts) {
        for (let at = 0; at < values[0]!.length; at++) {
          whole.sums.forEach((members, s) => {
            const sum = members.reduce(
              (total, member) => total + values[whole.sums.length + member]![at]!,
              0,
            );
            expect(values[s]![at]).toBe(sum);
          });
        }
      }
    },
  );

  test("the same seed gives the same paths, and path i does not depend on how many are drawn", () => {
    const few = reconcile(whole, fitted, { horizon: 3, paths: 20, seed: 5 });
    const many = reconcile(whole, fitted, { horizon: 3, paths: 50, seed: 5 });
    few.paths.forEach((values, s) => {
      expect(values).toEqual(many.paths[s]!.subarray(0, 60));
    });
  });

  test("bottom-up leaves the bottom as it was; coherent base forecasts stay by every method", () => {
    const base = reconcile(whole, fitted, { method: "bottom-up", horizon: 2 });
    fitted.slice(3).forEach((_, j) => {
      expect(base.forecasts[3 + j]!.mean.every(Number.isFinite)).toBe(true);
    });
    const lastValues = whole.series.map((own) => naive().fit(own));
    for (const method of ["ols", "mint", "top-down"] as const) {
      const { forecasts } = reconcile(whole, lastValues, { method, horizon: 1 });
      forecasts.forEach((ahead, s) => {
        expect(ahead.mean[0]).toBeCloseTo(whole.series[s]!.y.at(-1)!, 9);
      });
    }
  });

  test.each([0, 0.8])(
    "the spread of the total is that of errors that share %d of their variance",
    (shared) => {
      const panel = correlated(["a", "b", "c", "d"], 2000, shared, 7);
      const sums = hierarchy(panel, "total");
      const fits = sums.series.map((own) => mean().fit(own));
      const { forecasts } = reconcile(sums, fits, { method: "bottom-up", horizon: 1, paths: 20_000 });
      // Var of a sum of 4 with correlation ρ: 4 + 12ρ. 20,000 paths leave 0.5 % in the deviation; 100 rows of errors, by which
      // they are correlated, leave a share of the correlation to chance: 4 standard errors of a variance of 100 values.
      const truth = Math.sqrt(4 + 12 * shared);
      const sd = Math.sqrt(forecasts[0]!.distributions[0]!.variance);
      expect(Math.abs(sd / truth - 1)).toBeLessThan(4 * Math.sqrt(1 / 200));
      const { lower, upper } = interval(forecasts[1]!, 80);
      expect(Math.abs((upper[0]! - lower[0]!) / (2 * 1.2815515655446004) - 1)).toBeLessThan(0.06);
    },
  );

  test("few errors in common: variances alone, told; amounts below 0 are told, and kept above by min", () => {
    const short = hierarchy(correlated(SHOPS, 3, 0), "region/store");
    const { notes } = reconcile(
      short,
      short.series.map((own) => naive().fit(own)),
      { horizon: 2 },
    );
    expect(notes.map(({ code }) => code)).toContain("few-errors");
    const falling = [
      series([60, 50, 40, 31, 19, 9, 1], { id: "a" }),
      series([1, 0, 0, 0, 0, 0, 0], { id: "b" }),
    ];
    const sums = hierarchy(falling, "total");
    const drifts = sums.series.map((own) => drift().fit(own));
    const free = reconcile(sums, drifts, { horizon: 3 });
    expect(free.forecasts[1]!.mean[2]).toBeLessThan(0);
    expect(free.notes.map(({ code }) => code)).toContain("below-zero");
    const held = reconcile(sums, drifts, { horizon: 3, min: 0 });
    expect(held.notes).toEqual([]);
    for (const values of held.paths) expect(values.every((value) => value >= 0)).toBe(true);
    expect(held.forecasts[0]!.mean[2]).toBe(0);
  });

  test.each([
    [{ method: "middle-out" }, "bad-method"],
    [{ min: 3 }, "bad-min"],
    [{ horizon: 0 }, "bad-horizon"],
  ])("%j is refused", (options, code) => {
    expect(refusal(() => reconcile(whole, fitted, options as never)).code).toBe(code);
  });

  test("models of other series are refused", () => {
    expect(refusal(() => reconcile(whole, fitted.slice(1))).code).toBe("bad-fits");
    const crossed = hierarchy(correlated(["N/x", "S/y"], 20, 0), "g*p");
    const fits = crossed.series.map((own) => naive().fit(own));
    expect(refusal(() => reconcile(crossed, fits, { method: "top-down" })).code).toBe("bad-reconcile");
  });
});
