import { describe, expect, it } from "vitest";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";
import { calendar } from "../../../src/prepare/calendar/calendar.js";
import { monthDaysNote } from "../../../src/select/auto/features/month-days.js";
import { auto } from "../../../src/select/auto/index.js";
import "../../../src/select/catalogue.js";

const MS_PER_DAY = 86_400_000;
const dayOf = (t: number) => new Date(Date.UTC(2022, 0, 1) + t * MS_PER_DAY).getUTCDate();
const isLast = (t: number) => dayOf(t + 1) === 1;
const isPay = (t: number) => dayOf(t) === 1 || dayOf(t) === 15;

/** Days from 2022-01-01 with more at weekends, three times as much on some days. */
function days(n: number, special: (t: number) => boolean, seed = 1) {
  const rng = random(seed);
  return Array.from(
    { length: n },
    (_, t) => (special(t) ? 3 : 1) * (t % 7 > 4 ? 140 : 100) + 8 * standardNormal(rng),
  );
}
const daily = (y: number[]) => series(y, { start: "2022-01-01", frequency: "D" });

describe("days of the month", () => {
  it.each([
    ["the last one", isLast, ["last"], "--calendar month-end forecasts them"],
    ["pay days", isPay, [1, 15], "give these days as events"],
    ["the 31st", (t: number) => dayOf(t) === 31, [31], "give these days as events"],
  ] as const)("that differ are told, with what to do: %s", (_, special, found, remedy) => {
    const { notes } = auto().fit(daily(days(500, special))).report;
    const note = notes.find(({ code }) => code === "days-of-month");
    expect(note).toMatchObject({ severity: "warning", details: { days: found } });
    expect(note!.message).toContain(remedy);
  });

  it("are forecast as the note says", () => {
    const known = calendar(daily(days(500, isLast)), "month-end");
    const fitted = auto().fit(known);
    expect(fitted.report.notes.map(({ code }) => code)).not.toContain("days-of-month");
    const { mean } = forecast(fitted, { horizon: 20 });
    const at = Array.from({ length: 20 }, (_, h) => h).find((h) => isLast(500 + h))!;
    const usual = (500 + at) % 7 > 4 ? 140 : 100;
    expect(Math.abs(mean[at]! / usual - 3)).toBeLessThan(0.6);
  });

  it("are none in noise, a few far days, without dates, or in months", () => {
    const found = (y: number[]) => monthDaysNote(daily(y));
    for (let seed = 1; seed <= 10; seed++) expect(found(days(500, () => false, seed))).toBe(null);
    expect(found(days(500, (t) => t % 50 === 3))).toBe(null);
    expect(monthDaysNote(series(days(500, isLast), { period: 7 }))).toBe(null);
    const months = series(days(500, isLast), { start: "1980-01", frequency: "M" });
    expect(monthDaysNote(months)).toBe(null);
  });
});
