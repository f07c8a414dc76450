import { expect, test } from "vitest";
import { seasonalPicture } from "../../src/cli/output/figures.js";
import { spanNamed } from "../../src/cli/output/span-names.js";
import { series } from "../../src/core/series.js";

const drawn = (start: string, frequency: string, period: number) =>
  seasonalPicture(series(new Float64Array(3 * period), { start, frequency, period }))!;

test.each([
  ["2024-01-03", "D", 7, "day of the week", ["Wed", "Thu", "Fri", "Sat", "Sun", "Mon", "Tue"]],
  ["2023 Q2", "Q", 4, "quarter", ["Q2", "Q3", "Q4", "Q1"]],
  ["2024-01-01", "D", 3, "step of the season", ["1", "2", "3"]],
  ["2024-01-01", "2D", 7, "step of the season", ["1", "2", "3", "4", "5", "6", "7"]],
])("steps from %s, %s, period %i", (start, frequency, period, title, names) => {
  const { timeName, times } = drawn(start, frequency, period);
  expect([timeName, times]).toEqual([title, names]);
});

test("steps of a year and a day", () => {
  expect(drawn("2024-03", "M", 12).times.slice(0, 2)).toEqual(["Mar", "Apr"]);
  expect(drawn("2024-03-01T05:00", "h", 24).times.slice(0, 2)).toEqual(["05:00", "06:00"]);
});

test("a season of one day is called by its date, others by both ends", () => {
  expect(spanNamed("2024-04-04 00:00", "2024-04-04 23:00")).toBe("2024-04-04");
  expect(spanNamed("2024-04-04T05:00", "2024-04-05T04:00")).toBe("2024-04-04T05:00 to 2024-04-05T04:00");
  expect(spanNamed("1960-01-01", "1960-12-01")).toBe("1960");
  expect(spanNamed("1960-01", "1960-12")).toBe("1960");
  expect(spanNamed("1960Q1", "1960Q4")).toBe("1960");
  expect(spanNamed("1960-01-01", "1960-10-01")).toBe("1960");
  expect(spanNamed("2024-01-01", "2024-01-07")).toBe("2024-01-01 to 2024-01-07");
  expect(spanNamed("2024-04", "2025-03")).toBe("2024-04 to 2025-03");
});
