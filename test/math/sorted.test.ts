import fc from "fast-check";
import { expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { sorted } from "../../src/math/sorted.js";
import { normalQuantile } from "../../src/math/special-functions/normal.js";

test("sorts as the language does, whatever the numbers, and leaves what it was given alone", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 300 }),
      (numbers) => {
        const values = Float64Array.from(numbers, (value) => value + 0);
        const before = values.slice();
        expect(sorted(values)).toEqual(before.slice().sort());
        expect(values).toEqual(before);
      },
    ),
  );
});

test("evenly spread, bell-shaped, tied, crowded and far-flung values", () => {
  const rng = random(5);
  const uniform = Float64Array.from({ length: 5000 }, () => rng.uniform());
  const shapes = [
    uniform,
    uniform.map(normalQuantile),
    uniform.map((u) => Math.floor(40 * u)),
    uniform.map(() => 3),
    uniform.map((u) => (u < 0.001 ? 1e300 : u)),
    uniform.map((u) => (u < 0.5 ? -1.7e308 : 1.7e308)),
    uniform.map((u) => 1e-320 * u),
  ];
  for (const values of shapes) expect(sorted(values)).toEqual(values.slice().sort());
});
