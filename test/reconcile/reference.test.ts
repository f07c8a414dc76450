import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { series } from "../../src/index.js";
import { completeRows, meanSquares, shrinkage } from "../../src/reconcile/error-covariance.js";
import { hierarchy } from "../../src/reconcile/hierarchy.js";
import { projectionOf, type ReconcileMethod } from "../../src/reconcile/projection.js";

interface Case {
  readonly id: string;
  readonly ids: readonly string[];
  readonly base: readonly number[][];
  readonly errors: readonly number[][];
  readonly lambda: number;
  readonly results: Readonly<Record<string, readonly number[][]>>;
}

const { cases } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../reference/reconcile.json"), "utf8"),
) as { cases: readonly Case[] };

describe.each(cases)("hts 6.0.3 on trips in Australia, $id", ({ id, ids, base, errors, lambda, results }) => {
  const bottom = ids.filter((name) => name.includes("/") && !name.startsWith("*"));
  const whole = hierarchy(
    bottom.map((name) => series([1, 2], { id: name })),
    id,
  );
  const residuals = errors.map((row) => Float64Array.from(row));
  const rows = completeRows(residuals);
  const variances = meanSquares(rows, ids.length);
  const covariance = { variances, lambda: shrinkage(rows, variances), errors: rows };

  test("the same series in the same order, the same shrinkage", () => {
    expect(whole.series.map((own) => own.id)).toEqual(ids);
    // It is printed to four digits.
    expect(Math.abs(covariance.lambda - lambda)).toBeLessThan(5.1e-5);
  });

  test.each(Object.keys(results) as ReconcileMethod[])("%s", (method) => {
    const project = projectionOf(
      whole,
      method,
      covariance,
      base.map((row) => Float64Array.from(row)),
    );
    for (let h = 0; h < base[0]!.length; h++) {
      const values = Float64Array.from(base, (row) => row[h]!);
      project(values, h);
      results[method]!.forEach((row, s) => {
        // Both solve systems of at most 15 equations; their condition leaves 10 digits.
        expect(Math.abs(values[s]! / row[h]! - 1)).toBeLessThan(1e-10);
      });
    }
  });
});
