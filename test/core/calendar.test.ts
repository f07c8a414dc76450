import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { YuleError } from "../../src/core/errors.js";
import {
  candidatePeriods,
  defaultPeriod,
  formatFrequency,
  parseFrequency,
  shiftAxis,
  timeAxis,
  timeLabel,
} from "../../src/core/time/calendar.js";
import { calendarFields } from "../../src/core/time/calendar-fields.js";
import type { TimeAxis } from "../../src/core/time/time.js";

function labels(axis: TimeAxis, count: number): string[] {
  return Array.from({ length: count }, (_, i) => timeLabel(axis, i));
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof YuleError) return error.code;
    throw error;
  }
  return "none";
}

describe("frequencies", () => {
  test.each([
    ["D", "day", 1],
    ["daily", "day", 1],
    ["W", "week", 1],
    ["W-SUN", "week", 1],
    ["M", "month", 1],
    ["MS", "month", 1],
    ["monthly", "month", 1],
    ["Q", "quarter", 1],
    ["QS", "quarter", 1],
    ["Y", "year", 1],
    ["10Y", "year", 10],
    ["A", "year", 1],
    ["H", "hour", 1],
    ["h", "hour", 1],
    ["6H", "hour", 6],
    ["min", "minute", 1],
    ["30min", "minute", 30],
    ["15 minutes", "minute", 15],
    ["half-hourly", "minute", 30],
    ["B", "business-day", 1],
    ["S", "second", 1],
    ["index", "index", 1],
  ])("%s", (text, unit, count) => {
    expect(parseFrequency(text)).toEqual({ unit, count });
  });

  test.each(["ME", "QE", "YE"])("%s means the last day", (text) => {
    expect(parseFrequency(text).day).toBe(31);
    expect(formatFrequency(parseFrequency(text))).toBe(text);
  });

  test("a name is read back as it was written", () => {
    for (const text of ["D", "B", "W", "2W", "M", "Q", "Y", "H", "15min", "S", "index"]) {
      expect(formatFrequency(parseFrequency(text))).toBe(text);
    }
  });

  test("an unknown one names the nearest", () => {
    expect(() => parseFrequency("mnthly")).toThrow(/nearest is monthly/);
    expect(codeOf(() => parseFrequency("fortnight"))).toBe("bad-frequency");
    expect(codeOf(() => parseFrequency("0D"))).toBe("bad-frequency");
    expect(codeOf(() => parseFrequency("-1D"))).toBe("bad-frequency");
    expect(codeOf(() => parseFrequency(""))).toBe("bad-frequency");
    expect(() => parseFrequency("15m")).toThrow(/15M or 15min/);
  });

  test.each([
    ["M", 12],
    ["Q", 4],
    ["W", 52],
    ["D", 7],
    ["B", 5],
    ["H", 24],
    ["30min", 48],
    ["15min", 96],
    ["5min", 288],
    ["min", 60],
    ["S", 60],
    ["Y", 1],
    ["10Y", 1],
    ["index", 1],
    ["6H", 4],
    ["2M", 6],
    ["5M", 1],
    ["3D", 1],
  ])("the usual period of %s is %i", (text, period) => {
    expect(defaultPeriod(parseFrequency(text))).toBe(period);
  });

  test("longer cycles are candidates", () => {
    expect(candidatePeriods(parseFrequency("H"))).toEqual([24, 168]);
    expect(candidatePeriods(parseFrequency("D"))).toEqual([7, 365]);
    expect(candidatePeriods(parseFrequency("30min"))).toEqual([48, 336]);
    expect(candidatePeriods(parseFrequency("Y"))).toEqual([]);
  });
});

describe("labels are written as the start was", () => {
  test.each([
    ["1949-01", "M", ["1949-01", "1949-02", "1949-03"]],
    ["Jan 1960", "M", ["Jan 1960", "Feb 1960", "Mar 1960"]],
    ["JANUARY 1960", "M", ["JANUARY 1960", "FEBRUARY 1960", "MARCH 1960"]],
    ["1960M11", "M", ["1960M11", "1960M12", "1961M01"]],
    ["1960 Q3", "Q", ["1960 Q3", "1960 Q4", "1961 Q1"]],
    ["1960Q3", "Q", ["1960Q3", "1960Q4", "1961Q1"]],
    ["1960-Q3", "Q", ["1960-Q3", "1960-Q4", "1961-Q1"]],
    ["1949", "Y", ["1949", "1950", "1951"]],
    ["-1", "Y", ["-0001", "0000", "0001"]],
    ["2020-W52", "W", ["2020-W52", "2020-W53", "2021-W01"]],
    ["2024-02-28", "D", ["2024-02-28", "2024-02-29", "2024-03-01"]],
    ["2024-03-01", "B", ["2024-03-01", "2024-03-04", "2024-03-05"]],
    ["2024-12-31T23:00", "H", ["2024-12-31T23:00", "2025-01-01T00:00", "2025-01-01T01:00"]],
    ["2024-12-31 23:30:00", "30min", ["2024-12-31 23:30:00", "2025-01-01 00:00:00", "2025-01-01 00:30:00"]],
    [
      "2024-12-31T23:30:00Z",
      "15min",
      ["2024-12-31T23:30:00Z", "2024-12-31T23:45:00Z", "2025-01-01T00:00:00Z"],
    ],
    [
      "2024-12-31T23:30+05:30",
      "H",
      ["2024-12-31T23:30+05:30", "2025-01-01T00:30+05:30", "2025-01-01T01:30+05:30"],
    ],
    ["7", "index", ["7", "8", "9"]],
    ["31 Jan 2023", "M", ["31 Jan 2023", "28 Feb 2023", "31 Mar 2023"]],
    ["2024/1/5", "W", ["2024/1/5", "2024/1/12", "2024/1/19"]],
  ])("%s by %s", (start, frequency, expected) => {
    expect(labels(timeAxis(start, frequency), 3)).toEqual(expected);
  });

  test("a start too coarse for its step is written finer", () => {
    expect(labels(timeAxis("1949", "M"), 2)).toEqual(["1949-01", "1949-02"]);
    expect(labels(timeAxis("1949", "Q"), 2)).toEqual(["1949-Q1", "1949-Q2"]);
    expect(labels(timeAxis("2024-03", "D"), 2)).toEqual(["2024-03-01", "2024-03-02"]);
    expect(labels(timeAxis("2024-03-01", "H"), 2)).toEqual(["2024-03-01T00:00:00", "2024-03-01T01:00:00"]);
  });

  test.each(["soon", "", "2024-02-30", "2024-13", "03/04/2024", "2024 Q5", "2024-W60", "2024-01-01T25:00"])(
    "%j is no start",
    (start) => {
      expect(codeOf(() => timeAxis(start, "D"))).toBe("bad-start");
    },
  );

  test("an index start has to be a whole number", () => {
    expect(codeOf(() => timeAxis("1.5", "index"))).toBe("bad-start");
  });

  test("an unknown zone is named", () => {
    expect(codeOf(() => timeAxis("2024-01-01", "D", "Europe/Berln"))).toBe("bad-zone");
  });
});

describe("steps are counted from the anchor", () => {
  test("month ends do not drift", () => {
    expect(labels(timeAxis("2023-01-31", "M"), 5)).toEqual([
      "2023-01-31",
      "2023-02-28",
      "2023-03-31",
      "2023-04-30",
      "2023-05-31",
    ]);
    expect(labels(timeAxis("2023-01-30", "M"), 4)).toEqual([
      "2023-01-30",
      "2023-02-28",
      "2023-03-30",
      "2023-04-30",
    ]);
    expect(labels(timeAxis("2023-02-28", "ME"), 3)).toEqual(["2023-02-28", "2023-03-31", "2023-04-30"]);
    expect(labels(timeAxis("2024-02-29", "Y"), 5)).toEqual([
      "2024-02-29",
      "2025-02-28",
      "2026-02-28",
      "2027-02-28",
      "2028-02-29",
    ]);
  });

  test("not after a shift either", () => {
    const shifted = shiftAxis(timeAxis("2023-01-31", "M"), 1);
    expect(shifted.start).toBe("2023-02-28");
    expect(labels(shifted, 3)).toEqual(["2023-02-28", "2023-03-31", "2023-04-30"]);
    expect(labels(shiftAxis(timeAxis("2023-01-30", "M"), 1), 2)).toEqual(["2023-02-28", "2023-03-30"]);
  });

  test("shifting by k is the same as starting k later, for any axis", () => {
    const axes = [
      ["2023-01-31", "M"],
      ["2023-11-30", "Q"],
      ["2024-02-29", "Y"],
      ["2024-01-05", "B"],
      ["2024-10-26T12:00", "H", "Europe/Berlin"],
      ["2024-10-26T12:00", "30min", "Australia/Lord_Howe"],
      ["2024-10-26T12:00", "D", "America/New_York"],
      ["1960 Q1", "Q"],
      ["5", "index"],
    ] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...axes),
        fc.integer({ min: -400, max: 400 }),
        fc.integer({ min: -400, max: 400 }),
        ([start, frequency, zone], shift, index) => {
          const axis = timeAxis(start, frequency, zone);
          expect(timeLabel(shiftAxis(axis, shift), index)).toBe(timeLabel(axis, shift + index));
        },
      ),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe("time zones, against Temporal", () => {
  const zones = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kolkata",
  ];

  test.each(zones)("hours of %s are steps of exact time", (zone) => {
    const axis = timeAxis("2023-12-31T22:15", "H", zone);
    const anchor = Temporal.PlainDateTime.from("2023-12-31T22:15").toZonedDateTime(zone);
    for (let hours = 0; hours < 9000; hours += 1) {
      const then = anchor.add({ hours });
      expect(timeLabel(axis, hours)).toBe(then.toPlainDateTime().toString({ smallestUnit: "minute" }));
    }
  });

  test.each(zones)("days of %s keep the clock, and the offset is that of the day", (zone) => {
    const start = Temporal.PlainDateTime.from("2023-12-31T02:30").toZonedDateTime(zone);
    const axis = timeAxis(start.toString({ timeZoneName: "never", smallestUnit: "minute" }), "D", zone);
    for (let days = 0; days < 500; days++) {
      const local = Temporal.PlainDateTime.from("2023-12-31T02:30").add({ days });
      const then = local.toZonedDateTime(zone, { disambiguation: "compatible" });
      const expected = then.toPlainDateTime().equals(local)
        ? then.toString({ timeZoneName: "never", smallestUnit: "minute" })
        : `${local.toString({ smallestUnit: "minute" })}${then.subtract({ days: 1 }).offset}`;
      expect(timeLabel(axis, days)).toBe(expected);
    }
  });

  test("the hour that happens twice is told apart by its offset", () => {
    const axis = timeAxis("2024-10-27T01:30+02:00", "H", "Europe/Berlin");
    expect(labels(axis, 4)).toEqual([
      "2024-10-27T01:30+02:00",
      "2024-10-27T02:30+02:00",
      "2024-10-27T02:30+01:00",
      "2024-10-27T03:30+01:00",
    ]);
    expect(labels(timeAxis("2024-10-27T02:30+01:00", "H", "Europe/Berlin"), 2)).toEqual([
      "2024-10-27T02:30+01:00",
      "2024-10-27T03:30+01:00",
    ]);
  });

  test("times written in UTC stay so, whatever zone their steps follow", () => {
    const days = timeAxis("2024-03-29T23:00Z", "D", "Europe/Berlin");
    expect(days.start).toBe("2024-03-30");
    expect(labels(days, 3)).toEqual(["2024-03-29T23:00Z", "2024-03-30T23:00Z", "2024-03-31T22:00Z"]);
    expect(calendarFields(days, 2)?.hour).toBe(0);
  });
});

describe("calendar fields", () => {
  test("agree with Temporal", () => {
    const axis = timeAxis("1899-12-28T05:45", "37H");
    const anchor = Temporal.PlainDateTime.from("1899-12-28T05:45");
    for (let i = 0; i < 3000; i++) {
      const then = anchor.add({ hours: 37 * i });
      expect(calendarFields(axis, i)).toEqual({
        year: then.year,
        quarter: Math.ceil(then.month / 3),
        month: then.month,
        day: then.day,
        weekday: then.dayOfWeek,
        dayOfYear: then.dayOfYear,
        hour: then.hour,
        minute: then.minute,
      });
    }
  });

  test("an index has none", () => {
    expect(calendarFields(timeAxis("1", "index"), 3)).toBeNull();
  });
});
