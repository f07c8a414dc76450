import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import {
  businessOrdinal,
  dateOf,
  daysInMonth,
  daysOf,
  daysOfBusiness,
  daysOfWeek,
  isDate,
  weekdayOf,
  weekOf,
} from "../../src/core/time/civil.js";

const EPOCH = Temporal.PlainDate.from("1970-01-01");

describe("dates as days, against Temporal", () => {
  const days = Array.from({ length: 4000 }, (_, i) => -2_900_000 + i * 911);

  test("both ways, with weekday and ISO week", () => {
    for (const day of days) {
      const date = EPOCH.add({ days: day });
      expect(dateOf(day)).toEqual({ year: date.year, month: date.month, day: date.day });
      expect(daysOf(date.year, date.month, date.day)).toBe(day);
      expect(weekdayOf(day)).toBe(date.dayOfWeek);
      expect(weekOf(day)).toEqual({ isoYear: date.yearOfWeek, week: date.weekOfYear });
      expect(daysInMonth(date.year, date.month)).toBe(date.daysInMonth);
    }
  });

  test("an ISO week begins on the Monday that Temporal finds", () => {
    for (const day of days) {
      const { isoYear, week } = weekOf(day);
      expect(daysOfWeek(isoYear, week)).toBe(day - weekdayOf(day) + 1);
    }
  });

  test("days that do not exist are told", () => {
    expect(isDate(2024, 2, 29)).toBe(true);
    expect(isDate(2023, 2, 29)).toBe(false);
    expect(isDate(1900, 2, 29)).toBe(false);
    expect(isDate(2000, 2, 29)).toBe(true);
    expect(isDate(2024, 13, 1)).toBe(false);
    expect(isDate(2024, 0, 1)).toBe(false);
    expect(isDate(2024, 4, 31)).toBe(false);
    expect(isDate(2024, 4, 0)).toBe(false);
  });
});

test("working days count Monday to Friday, one after the other", () => {
  let previous = businessOrdinal(-5000);
  for (let day = -4999; day < 5000; day++) {
    const ordinal = businessOrdinal(day);
    const weekday = weekdayOf(day);
    expect(ordinal - previous).toBe(weekday <= 5 && weekday > 1 ? 1 : weekday === 6 ? 1 : 0);
    if (weekday <= 5) expect(daysOfBusiness(ordinal)).toBe(day);
    previous = ordinal;
  }
});
