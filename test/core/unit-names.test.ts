import { expect, test } from "vitest";
import { plain, unitNamed } from "../../src/core/time/forms/unit-names.js";

const LANGUAGES = "en de fr es it pt nl pl ru sv da nb fi cs tr el ro hu uk hr sk sl id et lv ja ko zh".split(
  " ",
);
const FIELDS = ["year", "quarter", "month", "weekOfYear", "day", "hour", "minute"] as const;

test("names of units are those of CLDR, of which a platform may have another version", () => {
  const told = LANGUAGES.flatMap((language) => {
    const names = new Intl.DisplayNames(language, { type: "dateTimeField" });
    return FIELDS.map((field) => ({ field, language, name: names.of(field) ?? "" }));
  });
  const missing = told.filter(({ name }) => unitNamed(name) === null);
  expect(missing.length).toBeLessThan(told.length / 20);
  const first = new Map<string, string>();
  for (const { field, name } of told) {
    if (!first.has(plain(name))) first.set(plain(name), field === "weekOfYear" ? "week" : field);
  }
  for (const [name, unit] of first) expect([unit, null], name).toContain(unitNamed(name));
});

test("case, accents and points do not matter, other words are none", () => {
  expect(unitNamed("Année")).toBe("year");
  expect(unitNamed("MÊS")).toBe("month");
  expect(unitNamed("Stunde.")).toBe("hour");
  expect(unitNamed("년")).toBe("year");
  expect(unitNamed("value")).toBeNull();
});
