import fc from "fast-check";
import { expect, test } from "vitest";
import { momentOf } from "../../src/core/time/forms/index.js";
import { readIso } from "../../src/core/time/iso-time.js";
import { readOne } from "../../src/core/time/time-text.js";

const digits = (most: number, width: 1 | 2) =>
  fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(width, "0"));
const two = (most: number) => fc.oneof(digits(most, 2), digits(most, 1));
const year = fc.integer({ min: 1000, max: 2999 }).map(String);
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((texts) => texts.join(""));
const one = (...texts: string[]) => fc.constantFrom(...texts);

const day = fc
  .tuple(fc.oneof(year, one("-0050", "12024", "+2024")), one("-", "/", ".", " "), two(13), two(32))
  .map(([y, mark, m, d]) => [y, m, d].join(mark));
const seconds = joined(
  one(":"),
  digits(60, 2),
  fc.oneof(one(""), joined(one(".", ","), fc.stringMatching(/^\d{1,9}$/))),
);
const clock = joined(one("T", "t", " ", "  "), two(24), one(":"), digits(60, 2), fc.oneof(one(""), seconds));
const zone = one("", "Z", "z", " UTC", "GMT", "+01:00", "-0130", "+00", " +05:30");
const texts = fc.oneof(
  day,
  joined(year, one("-", "/", ":", "_", ".", " ", "M"), two(13)),
  joined(year, one("", "-", " "), one("Q", "q"), one("0", "1", "4", "5")),
  joined(year, one("", "-", " "), one("W", "w"), two(54)),
  joined(year, one("-W"), digits(54, 2), one("-0", "-1", "-7", "-8")),
  joined(day, clock, zone),
  joined(one("Jan", "JANUARY", "may", "February", "Sept", "Mai"), one(" ", "-"), year),
  joined(two(32), one(" ", "-"), one("Feb", "APR", "december"), one(" ", "-"), year),
  joined(one("Feb", "APR", "december", "May"), one(" "), two(32), one(", "), year),
);

test("a time with the year in front is read as the many forms of files read it, to the style", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const read = readOne(text);
      // Decimals of years are a column's, and names in other languages that of a file.
      const left = read?.form === "year-decimals" || /Mai|Sept/.test(text);
      const exists = read !== null && !Number.isNaN(momentOf(read));
      expect(readIso(text)).toEqual(left || !exists ? null : read);
    }),
    { numRuns: 3000 },
  );
});

test("other forms are left to files", () => {
  for (const text of [
    "janvier 2024",
    "31/01/2024",
    "01/2024",
    "Q1 2024",
    "20240131",
    "2024-01-31 5 pm",
    "",
    "x",
  ])
    expect(readIso(text)).toBeNull();
});
