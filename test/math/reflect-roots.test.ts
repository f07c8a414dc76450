import { expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { multiply } from "../../src/math/polynomials.js";
import { reflectRoots } from "../../src/math/reflect-roots.js";

/** 1 + θ₁z + … from real reciprocal roots g and pairs r·e^{±iω}. */
function polynomialOf(
  real: readonly number[],
  pairs: readonly (readonly [r: number, angle: number])[],
): number[] {
  const factors = [
    ...real.map((g) => [1, -g]),
    ...pairs.map(([r, angle]) => [1, -2 * r * Math.cos(angle), r * r]),
  ];
  return factors.reduce<number[]>((product, factor) => Array.from(multiply(product, factor)), [1]);
}

const inside = (g: number) => (Math.abs(g) > 1 ? 1 / g : g);

test("reciprocal roots outside the unit circle are mirrored, the others stay", () => {
  const rng = random(1);
  for (let round = 0; round < 100; round++) {
    const real = Array.from(
      { length: 1 + (round % 3) },
      (_, i) => (i % 2 === 0 ? 1 : -1) * (0.3 + 1.6 * rng.uniform()),
    );
    const pairs = Array.from(
      { length: 1 + (round % 2) },
      (_, i) => [0.3 + 1.5 * rng.uniform(), 0.4 + i + rng.uniform()] as const,
    );
    const written = polynomialOf(real, pairs);
    const wanted = polynomialOf(
      real.map(inside),
      pairs.map(([r, angle]) => [inside(r), angle] as const),
    );
    const x = Float64Array.of(9, ...written.slice(1), 9);
    reflectRoots(x, 1, written.length - 1);
    expect([x[0], x.at(-1)]).toEqual([9, 9]);
    // Roots that lie close together by chance cost half of the digits.
    for (let i = 1; i < written.length; i++) expect(x[i]).toBeCloseTo(wanted[i]!, 6);
  }
});
