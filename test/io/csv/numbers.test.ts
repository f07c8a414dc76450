import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  hasSign,
  isMissing,
  numberReader,
  plainNumber,
  stylesOf,
} from "../../../src/io/csv/numbers/numbers.js";

function plain(text: string, point = "."): number {
  const bytes = new TextEncoder().encode(text);
  return plainNumber(bytes, 0, bytes.length, point.charCodeAt(0));
}

describe("plain numbers are read exactly", () => {
  test("any double, written in any of the usual ways", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 0, max: 20 }),
        (value, n) => {
          for (const text of [String(value), value.toExponential(n), value.toPrecision(n + 1)]) {
            expect(plain(text)).toBe(Number(text));
            expect(plain(text.replace(".", ","), ",")).toBe(Number(text));
          }
        },
      ),
      { seed: 1, numRuns: 5000 },
    );
  });

  test("digits of any length and decimals anywhere", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9]{1,25}$/),
        fc.stringMatching(/^[0-9]{0,25}$/),
        fc.integer({ min: -330, max: 330 }),
        (whole, decimals, power) => {
          for (const text of [
            `${whole}.${decimals}`,
            `-${whole}.${decimals}e${power}`,
            `.${whole}`,
            `+${whole}`,
          ]) {
            expect(plain(text)).toBe(Number(text));
          }
        },
      ),
      { seed: 2, numRuns: 5000 },
    );
  });

  test("a reading in the middle of other bytes stops at its end", () => {
    const bytes = new TextEncoder().encode("99,12.5,77");
    expect(plainNumber(bytes, 3, 7, 46)).toBe(12.5);
  });

  test("negative zero stays negative", () => {
    expect(Object.is(plain("-0"), -0)).toBe(true);
  });

  test.each([
    "",
    "-",
    ".",
    "+",
    "e5",
    "1e",
    "1e+",
    "1.2.3",
    "1,5",
    "0x10",
    "1_000",
    "NaN",
    "Infinity",
    "12a",
    " 1",
    "--1",
  ])("%j is none", (text) => {
    expect(plain(text)).toBeNaN();
  });
});

describe("styles of numbers", () => {
  test.each([
    ["1,234.5", { point: ".", group: "," }, 1234.5],
    ["-1,234,567", { point: ".", group: "," }, -1234567],
    ["1.234,5", { point: ",", group: "." }, 1234.5],
    ["1 234,5", { point: ",", group: " " }, 1234.5],
    ["1\u00a0234\u00a0567,5", { point: ",", group: " " }, 1234567.5],
    ["1\u202f234", { point: ".", group: " " }, 1234],
    ["1'234.5", { point: ".", group: "'" }, 1234.5],
    ["1’234.5", { point: ".", group: "'" }, 1234.5],
    ["12,5", { point: ",", group: null }, 12.5],
    ["0,125", { point: ",", group: null }, 0.125],
    ["1,5e3", { point: ",", group: null }, 1500],
    ["−12.5", { point: ".", group: null }, -12.5],
  ] as const)("%s", (text, style, value) => {
    expect(numberReader(style)(text)).toBe(value);
    expect(stylesOf([text])).toContainEqual(style);
  });

  test.each(["12,34,56", "1,23", "1,2345", "01,234", "1,234.5,6", "1 23", "1.234.5"])(
    "groups in %j are not of three digits",
    (text) => {
      expect(numberReader({ point: ".", group: "," })(text)).toBeNaN();
    },
  );

  test("a column narrows its styles down", () => {
    expect(stylesOf(["1", "2"])[0]).toEqual({ point: ".", group: null });
    expect(stylesOf(["1,5", "NA", "2"])).toContainEqual({ point: ",", group: null });
    expect(stylesOf(["1,5", "2.5"])).toEqual([]);
    expect(stylesOf(["1", "x"])).toEqual([]);
  });
});

test.each(["", " ", "NA", "na", "NaN", "null", "NULL", "-", "?", "N/A", "#N/A", ".", "None"])(
  "%j is missing",
  (text) => {
    expect(isMissing(text)).toBe(true);
  },
);

test.each(["0", "no", "x", "0.0", "nope", "-1"])("%j is not missing", (text) => {
  expect(isMissing(text)).toBe(false);
});

test("signs of money and percent are known", () => {
  for (const text of ["$5", "5 €", "12%", "USD 3.50", "-£1,200"]) expect(hasSign(text)).toBe(true);
  for (const text of ["5", "abc", "$", "NA", "five%"]) expect(hasSign(text)).toBe(false);
});
