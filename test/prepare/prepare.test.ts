import { describe, expect, test } from "vitest";
import { timeLabel } from "../../src/core/time/calendar.js";
import { aggregate, exclude, fill, only, series, total, window } from "../../src/index.js";

const days = (count: number, start = "2024-01-15") =>
  series(
    Array.from({ length: count }, (_, t) => t + 1),
    { id: "shop", start, frequency: "D" },
  );
const labels = (one: ReturnType<typeof series>) =>
  Array.from(one.y, (_, t) => (one.time === null ? String(t + 1) : timeLabel(one.time, t)));

describe("sums of periods with missing values", () => {
  const daily = (value: (t: number) => number) =>
    series(
      Float64Array.from({ length: 91 }, (_, t) => value(t)),
      { start: "2024-01-01", frequency: "D" },
    );

  test("days of the week that never have a value are 0", () => {
    const closedOnSundays = daily((t) => (t % 7 === 6 ? Number.NaN : 2));
    expect([...aggregate(closedOnSundays, { frequency: "M" }).y]).toEqual([54, 50, 52]);
  });

  test("a week with one missing day of seven is scaled up, one with two is missing", () => {
    const lossy = daily((t) => (t === 3 || t === 8 || t === 9 ? Number.NaN : 6));
    expect([...aggregate(lossy, { frequency: "W" }).y].slice(0, 3)).toEqual([42, Number.NaN, 42]);
  });

  test("days never open and days missing by chance are told apart", () => {
    const both = daily((t) => (t % 7 === 6 || t === 3 ? Number.NaN : 5));
    expect([...aggregate(both, { frequency: "W" }).y].slice(0, 2)).toEqual([30, 30]);
  });

  test("a count at the step of the series is 1 where there is a value, else 0", () => {
    const counted = aggregate(
      daily((t) => (t === 1 ? Number.NaN : 7)),
      { frequency: "D", by: "count" },
    );
    expect([...counted.y].slice(0, 3)).toEqual([1, 0, 1]);
  });
});

describe("aggregate", () => {
  test("days become months; months covered in part are left out, or kept", () => {
    // 15 January to 9 May 2024: whole are February (rows 18 to 46), March (47 to 77) and April (78 to 107).
    const daily = days(116);
    const monthly = aggregate(daily, { frequency: "M" });
    expect(labels(monthly)).toEqual(["2024-02", "2024-03", "2024-04"]);
    const sum = (from: number, to: number) => ((from + to) * (to - from + 1)) / 2;
    expect([...monthly.y]).toEqual([sum(18, 46), sum(47, 77), sum(78, 107)]);
    expect(monthly.period).toBe(12);
    const kept = aggregate(daily, { frequency: "M", partial: "keep" });
    expect(labels(kept)).toEqual(["2024-01", "2024-02", "2024-03", "2024-04", "2024-05"]);
    expect(kept.y.reduce((all, value) => all + value, 0)).toBe(sum(1, 116));
  });

  test("weeks are ISO weeks, from Monday on", () => {
    // 15 January 2024 is a Monday.
    const weekly = aggregate(days(20), { frequency: "W", by: "mean" });
    expect(labels(weekly)).toEqual(["2024-01-15", "2024-01-22"]);
    expect([...weekly.y]).toEqual([4, 11]);
    expect(labels(aggregate(days(20, "2024-01-17"), { frequency: "W" }))).toEqual([
      "2024-01-22",
      "2024-01-29",
    ]);
  });

  test.each([
    ["mean", 2.5],
    ["median", 2.5],
    ["first", 1],
    ["last", 4],
    ["min", 1],
    ["max", 4],
    ["count", 4],
    ["sum", 10],
  ] as const)("%s of quarters of hours", (by, expected) => {
    const quarters = series([1, 2, 3, 4], { start: "2024-01-01T00:00", frequency: "15min" });
    expect([...aggregate(quarters, { frequency: "H", by }).y]).toEqual([expected]);
  });

  test("a sum with a missing part is missing, a mean takes what is there", () => {
    const monthly = series([1, Number.NaN, 3, 4, 5, 6], { start: "2024-01", frequency: "M" });
    expect([...aggregate(monthly, { frequency: "Q" }).y]).toEqual([Number.NaN, 15]);
    expect([...aggregate(monthly, { frequency: "Q", by: "mean" }).y]).toEqual([2, 5]);
    expect([...aggregate(monthly, { frequency: "Q", by: "count" }).y]).toEqual([2, 3]);
  });

  test("regressors are averaged, and half years begin in January", () => {
    const y = Array.from({ length: 12 }, (_, t) => t);
    const monthly = series(y, { start: "2024-01", frequency: "M", inputs: { price: y } });
    const halves = aggregate(monthly, { frequency: "6M" });
    expect([...halves.y]).toEqual([15, 51]);
    expect([...halves.inputs.columns[0]!]).toEqual([2.5, 8.5]);
  });

  test("hours of a day on which clocks change belong to their local day", () => {
    const hours = series(new Array(71).fill(1), { start: "2024-03-30T00:00", frequency: "H" });
    const zoned = {
      ...hours,
      time: { ...hours.time!, zone: "Europe/Berlin", start: "2024-03-30T00:00:00+01:00" },
    };
    expect([...aggregate(zoned, { frequency: "D" }).y]).toEqual([24, 23, 24]);
  });

  test.each<[string, () => unknown, string]>([
    ["a finer step", () => aggregate(days(10), { frequency: "H" }), "not-coarser"],
    ["a series without dates", () => aggregate(series([1, 2]), { frequency: "M" }), "no-times"],
    ["no whole period", () => aggregate(days(10), { frequency: "M" }), "too-short"],
    [
      "an unknown way",
      () => aggregate(days(60), { frequency: "W", by: "average" as "mean" }),
      "bad-aggregate",
    ],
  ])("%s is refused", (_, act, code) => {
    expect(act).toThrow(expect.objectContaining({ code }));
  });
});

describe("window and exclude", () => {
  test.each([
    [{ from: "2024-03" }, "2024-03-01", "2024-05-09"],
    [{ to: "2024-02" }, "2024-01-15", "2024-02-29"],
    [{ from: "2024-02-10", to: "2024-02-12" }, "2024-02-10", "2024-02-12"],
    [{ last: "10" }, "2024-04-30", "2024-05-09"],
    [{ last: "2w" }, "2024-04-26", "2024-05-09"],
    [{ last: "1m" }, "2024-04-10", "2024-05-09"],
    [{ to: "2024-03", last: "1m" }, "2024-03-01", "2024-03-31"],
  ])("%j", (options, first, last) => {
    const part = window(days(116), options);
    expect([labels(part)[0], labels(part).at(-1)]).toEqual([first, last]);
  });

  test("rows stand for times where there are none", () => {
    expect([...window(series([5, 6, 7, 8]), { from: "2", to: "3" }).y]).toEqual([6, 7]);
  });

  test("excluded values are missing, and nothing else changes", () => {
    const { y } = exclude(days(116), "2024-03..2024-04");
    expect([...y.keys()].filter((t) => Number.isNaN(y[t]!))).toEqual(
      Array.from({ length: 61 }, (_, i) => 46 + i),
    );
    expect(Number.isNaN(exclude(days(5), "2024-01-16").y[1]!)).toBe(true);
  });

  test.each<[string, () => unknown, string]>([
    ["a start after the end", () => window(days(5), { from: "2030" }), "empty-window"],
    ["an end before the start", () => window(days(5), { to: "2001-01" }), "empty-window"],
    ["no time", () => window(days(5), { from: "March" }), "bad-time-text"],
    ["30 February", () => window(days(5), { from: "2024-02-30" }), "bad-time-text"],
    ["no amount", () => window(days(5), { last: "3 moons" }), "bad-last"],
    ["months of a series without dates", () => window(series([1, 2]), { last: "3m" }), "bad-last"],
    ["a span without values", () => exclude(days(5), "1999..2000"), "empty-window"],
    ["three ends", () => exclude(days(5), "2024..2025..2026"), "bad-time-text"],
  ])("%s is refused", (_, act, code) => {
    expect(act).toThrow(expect.objectContaining({ code }));
  });
});

describe("panels", () => {
  const a = series([1, 2, 3], { id: "a", start: "2024-01", frequency: "M" });
  const b = series([10, 20, 30], { id: "b", start: "2024-02", frequency: "M" });

  test("the total has the times of all; where one is absent it is missing", () => {
    const sum = total([a, b]);
    expect(sum.id).toBe("total");
    expect(labels(sum)).toEqual(["2024-01", "2024-02", "2024-03", "2024-04"]);
    expect([...sum.y]).toEqual([Number.NaN, 12, 23, Number.NaN]);
    expect([...total([b, a]).y]).toEqual([...sum.y]);
  });

  test("series of other steps cannot be added up", () => {
    expect(() => total([a, days(3)])).toThrow(expect.objectContaining({ code: "mixed-steps" }));
  });

  test("only keeps the order of the panel and names the nearest id", () => {
    expect(only([a, b], ["b", "a"]).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(() => only([a, b], ["A1"])).toThrow(/"a"/);
  });

  test("missing values are filled in", () => {
    const gappy = series([Number.NaN, 2, Number.NaN, 4]);
    expect([...fill(gappy, "zero").y]).toEqual([0, 2, 0, 4]);
    expect([...fill(gappy, "last").y]).toEqual([Number.NaN, 2, 2, 4]);
    expect(fill(gappy, "interpolate").y[2]).toBe(3);
  });
});
