import { expect, test } from "vitest";
import { random } from "../../src/core/random.js";

test("a stream is a pure function of its seed and keys", () => {
  const draws = (seed: number, ...keys: number[]) => {
    const rng = keys.reduce((stream, key) => stream.fork(key), random(seed));
    return Array.from({ length: 5 }, () => rng.uniform());
  };
  expect(draws(42)).toEqual(draws(42));
  expect(draws(42)).not.toEqual(draws(43));
  expect(draws(42, 1)).not.toEqual(draws(42, 2));
  expect(draws(42, 1, 2)).not.toEqual(draws(42, 2, 1));
  expect(draws(2 ** 40)).not.toEqual(draws(2 ** 41));
  expect(draws(-1)).not.toEqual(draws(1));
});

test("a fork does not depend on what was drawn before", () => {
  const used = random(7);
  for (let i = 0; i < 10; i++) used.uniform();
  expect(used.fork(3).uniform()).toBe(random(7).fork(3).uniform());
});

test("draws are uniform within and across streams: moments, correlation and occupancy in standard errors", () => {
  const n = 200_000;
  const root = random(1);
  for (const draw of [
    (i: number) => root.fork(i).uniform(),
    (
      (rng) => () =>
        rng.uniform()
    )(random(9)),
  ]) {
    const u = Float64Array.from({ length: n }, (_, i) => draw(i));
    const mean = u.reduce((a, b) => a + b, 0) / n;
    expect(Math.abs(mean - 0.5) / Math.sqrt(1 / 12 / n)).toBeLessThan(5);
    let product = 0;
    for (let i = 1; i < n; i++) product += (u[i]! - 0.5) * (u[i - 1]! - 0.5);
    expect(Math.abs(product / n) / (1 / 12 / Math.sqrt(n))).toBeLessThan(5);
    const bins = new Float64Array(256);
    for (const value of u) bins[Math.floor(value * 256)]!++;
    const chi = bins.reduce((sum, count) => sum + (count - n / 256) ** 2 / (n / 256), 0);
    expect(Math.abs(chi - 255) / Math.sqrt(2 * 255)).toBeLessThan(5);
  }
});

test("0 and 1 are never drawn", () => {
  const rng = random(3);
  for (let i = 0; i < 100_000; i++) {
    const u = rng.uniform();
    expect(u > 0 && u < 1).toBe(true);
  }
});
