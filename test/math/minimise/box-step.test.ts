import { expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { BoxStep } from "../../../src/math/minimise/box-step.js";

const D = 4;
const BOXED = 2;
const LOWER = Float64Array.of(-1, -0.5);
const UPPER = Float64Array.of(1, 0.5);

/** g'p + p'Bp/2. */
function modelled(b: Float64Array, g: Float64Array, p: ArrayLike<number>): number {
  let value = 0;
  for (let i = 0; i < D; i++) {
    value += g[i]! * p[i]!;
    for (let j = 0; j < D; j++) value += 0.5 * p[i]! * b[i * D + j]! * p[j]!;
  }
  return value;
}

/** The minimiser with some coordinates fixed, by Gaussian elimination. */
function minimiser(b: Float64Array, g: Float64Array, fixed: ReadonlyMap<number, number>): number[] {
  const free = Array.from({ length: D }, (_, i) => i).filter((i) => !fixed.has(i));
  const rows = free.map((i) => [
    ...free.map((j) => b[i * D + j]!),
    [...fixed].reduce((sum, [j, p]) => sum - b[i * D + j]! * p, -g[i]!),
  ]);
  for (let k = 0; k < free.length; k++) {
    for (let i = 0; i < free.length; i++) {
      if (i === k) continue;
      const share = rows[i]![k]! / rows[k]![k]!;
      rows[i] = rows[i]!.map((x, j) => x - share * rows[k]![j]!);
    }
  }
  return Array.from(
    { length: D },
    (_, i) => fixed.get(i) ?? rows[free.indexOf(i)]!.at(-1)! / rows[free.indexOf(i)]![free.indexOf(i)]!,
  );
}

/** The least value of the model within the box: every choice of coordinates at an edge is tried. */
function least(b: Float64Array, g: Float64Array, z: Float64Array): number {
  let best = Number.POSITIVE_INFINITY;
  for (let choice = 0; choice < 9; choice++) {
    const at = [choice % 3, Math.floor(choice / 3)];
    const fixed = new Map<number, number>();
    at.forEach((edge, i) => {
      if (edge > 0) fixed.set(D - BOXED + i, (edge === 1 ? LOWER[i]! : UPPER[i]!) - z[D - BOXED + i]!);
    });
    const p = minimiser(b, g, fixed);
    const isInside = at.every((_, i) => {
      const x = z[D - BOXED + i]! + p[D - BOXED + i]!;
      return x >= LOWER[i]! - 1e-12 && x <= UPPER[i]! + 1e-12;
    });
    if (isInside) best = Math.min(best, modelled(b, g, p));
  }
  return best;
}

test("the step minimises a convex model within the box, as trying every edge does", () => {
  const rng = random(12);
  const solver = new BoxStep(D, LOWER, UPPER);
  const step = new Float64Array(D);
  let held = 0;
  for (let trial = 0; trial < 300; trial++) {
    const root = Float64Array.from({ length: D * D }, () => 2 * rng.uniform() - 1);
    const b = new Float64Array(D * D);
    for (let i = 0; i < D; i++) {
      for (let j = 0; j < D; j++) {
        for (let k = 0; k < D; k++) b[i * D + j]! += root[i * D + k]! * root[j * D + k]!;
      }
      b[i * D + i]! += 0.1;
    }
    const g = Float64Array.from({ length: D }, () => 2 * rng.uniform() - 1);
    const z = Float64Array.from(
      { length: D },
      (_, i) => (i < D - BOXED ? 3 : LOWER[i - D + BOXED]!) * (2 * rng.uniform() - 1),
    );
    const decrease = solver.solve(b, g, z, step);
    const value = modelled(b, g, step);
    expect(value).toBeLessThan(least(b, g, z) + 1e-9);
    for (let i = 0; i < BOXED; i++) {
      const x = z[D - BOXED + i]! + step[D - BOXED + i]!;
      expect(x).toBeGreaterThanOrEqual(LOWER[i]! - 1e-15);
      expect(x).toBeLessThanOrEqual(UPPER[i]! + 1e-15);
      if (Math.min(x - LOWER[i]!, UPPER[i]! - x) < 1e-12) held++;
    }
    const slope = g.reduce((sum, x, i) => sum + x * step[i]!, 0);
    expect(decrease).toBeCloseTo(-slope / 2, 12);
  }
  // Edges matter in many of the trials, and in many they do not.
  expect(held).toBeGreaterThan(60);
  expect(held).toBeLessThan(540);
});

test("a move ends inside the box", () => {
  const solver = new BoxStep(D, LOWER, UPPER);
  const out = new Float64Array(D);
  solver.move(Float64Array.of(0, 0, 0.9, 0), 2, Float64Array.of(5, -5, 1, -1), out);
  expect(Array.from(out)).toEqual([10, -10, 1, -0.5]);
});
