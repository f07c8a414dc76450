import { expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { LONGEST_NUMBER, writeNumber } from "../../src/report/text/number-bytes.js";

const bytes = new Uint8Array(LONGEST_NUMBER);
const double = new Float64Array(1);
const whole = new BigUint64Array(double.buffer);

function written(x: number): string {
  return Buffer.from(bytes.subarray(0, writeNumber(bytes, 0, x))).toString("latin1");
}

/** The first number that is not written as the engine writes it. */
function firstOther(count: number, make: (uniform: () => number) => number): number | null {
  const rng = random(15);
  for (let i = 0; i < count; i++) {
    const x = make(() => rng.uniform());
    if (Number.isFinite(x) && written(x) !== String(x)) return x;
  }
  return null;
}

function near(x: number, steps: number): number {
  double[0] = x;
  whole[0] = whole[0]! + BigInt(steps);
  return double[0];
}

test("numbers are written to the digit as the engine writes them", () => {
  expect(firstOther(100_000, (uniform) => 100 + 50 * uniform())).toBeNull();
  expect(
    firstOther(100_000, (uniform) => (uniform() - 0.5) * 10 ** Math.floor(24 * uniform() - 8)),
  ).toBeNull();
  expect(
    firstOther(100_000, (uniform) => Math.round(1e6 * uniform()) / 10 ** Math.floor(9 * uniform())),
  ).toBeNull();
});

test("doubles of any bits are written as the engine writes them", () => {
  const any = (uniform: () => number) => {
    whole[0] = (BigInt(Math.floor(uniform() * 2 ** 32)) << 32n) | BigInt(Math.floor(uniform() * 2 ** 32));
    return double[0]!;
  };
  expect(firstOther(50_000, any)).toBeNull();
});

test("numbers beside powers of two and of ten, where doubles or digits change their length, are written as the engine writes them", () => {
  const places = Array.from({ length: 90 }, (_, i) => i - 30);
  const wrong = places.flatMap((k) =>
    [2 ** k, Number(`1e${k - 20}`)].flatMap((x) =>
      Array.from({ length: 41 }, (_, i) => near(x, i - 20)).filter((y) => written(y) !== String(y)),
    ),
  );
  expect(wrong).toEqual([]);
});

test("whole numbers, zeros and the largest and smallest doubles are too", () => {
  const some = [
    0,
    -0,
    1,
    -1,
    2_147_483_647,
    2_147_483_648,
    2 ** 53,
    -1e21,
    1e-7,
    5e-324,
    1.7976931348623157e308,
  ];
  expect(some.map(written)).toEqual(some.map(String));
});
