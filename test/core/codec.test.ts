import fc from "fast-check";
import { expect, test } from "vitest";
import { decode, encode } from "../../src/core/codec.js";

const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.double(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.float64Array(),
    fc.float32Array(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((key) => !key.startsWith("$")),
      tie("value"),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

test("plain data survive a round trip through JSON text, bit for bit", () => {
  fc.assert(
    fc.property(plain, (value) => {
      expect(decode(JSON.parse(JSON.stringify(encode(value))))).toStrictEqual(value);
    }),
    { numRuns: 500 },
  );
});

test("a key called __proto__ stays a plain key", () => {
  const back = decode(JSON.parse('{"__proto__": {"polluted": 1}}')) as Record<string, unknown>;
  expect(Object.keys(back)).toEqual(["__proto__"]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("what is not plain data, and tags never written, are refused", () => {
  expect(() => encode(() => 1)).toThrow(TypeError);
  expect(() => decode({ $date: 1 })).toThrow(/\$date/);
  expect(() => decode({ $f32: "AAA=" })).toThrow(/broken length/);
});
