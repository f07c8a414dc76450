import { describe, expect, test } from "vitest";
import { timeLabel } from "../../src/core/time/calendar.js";
import {
  apply,
  arima,
  calendar,
  events,
  forecast,
  load,
  naive,
  random,
  type Series,
  save,
  series,
  simulate,
  slice,
  update,
} from "../../src/index.js";
import { holidayDates, holidays } from "../../src/io/known/holidays.js";
import { withHolidays } from "../../src/prepare/calendar/holidays.js";

const zeros = (count: number, start: string, frequency: string) =>
  series(new Array(count).fill(0), { id: "shop", start, frequency });
const columnOf = ({ inputs }: Series, name: string) => [...inputs.columns[inputs.names.indexOf(name)]!];
const utc = (text: string) => new Date(`${text}T00:00:00Z`);
const dayOf = (date: Date) => date.toISOString().slice(0, 10);
const plus = (date: Date, days: number) => new Date(date.getTime() + days * 86_400_000);

/** All days of a step by the calendar of JavaScript. */
function daysOfSteps(start: string, count: number, next: (date: Date) => Date): Date[][] {
  let begin = utc(start);
  return Array.from({ length: count }, () => {
    const end = next(begin);
    const days: Date[] = [];
    for (let day = begin; day < end; day = plus(day, 1)) days.push(day);
    begin = end;
    return days;
  });
}

const nextMonth = (months: number) => (date: Date) =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
const isLast = (day: Date) => plus(day, 1).getUTCDate() === 1;

describe("parts of the calendar", () => {
  const grids: [string, string, number, (date: Date) => Date][] = [
    ["D", "2023-11-07", 500, (date) => plus(date, 1)],
    ["W", "2023-11-06", 120, (date) => plus(date, 7)],
    ["M", "2019-03", 70, nextMonth(1)],
    ["Q", "2019-01-01", 30, nextMonth(3)],
  ];
  test.each(grids)("%s: counts agree with walking through every day", (frequency, start, count, next) => {
    const made = calendar(zeros(count, start, frequency), "trading-days,leap,month-end");
    const steps = daysOfSteps(start.length === 7 ? `${start}-01` : start, count, next);
    const counted = (is: (day: Date) => boolean) => steps.map((days) => days.filter(is).length);
    const expected = {
      "trading-days": counted((day) => day.getUTCDay() % 6 !== 0),
      leap: counted((day) => dayOf(day).endsWith("-02-29")),
      "month-end": counted(isLast),
    };
    for (const [name, values] of Object.entries(expected)) {
      const varies = values.some((value) => value !== values[0]);
      expect(made.inputs.names.includes(name)).toBe(varies);
      if (varies) expect(columnOf(made, name)).toEqual(values);
    }
  });

  test("weekdays of days are told from Monday, of months as days less Sundays", () => {
    // 1 January 2024 is a Monday.
    const days = calendar(zeros(14, "2024-01-01", "D"), "weekday");
    expect(days.inputs.names).toEqual(["tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);
    expect(columnOf(days, "tuesday").flatMap((value, t) => (value === 1 ? [t] : []))).toEqual([1, 8]);
    const months = calendar(zeros(24, "2023-01", "M"), "weekday");
    // January 2024 has five Mondays, Tuesdays and Wednesdays and four of every other day.
    const january = Object.fromEntries(months.inputs.names.map((name) => [name, columnOf(months, name)[12]]));
    expect(january).toEqual({ monday: 1, tuesday: 1, wednesday: 1, thursday: 0, friday: 0, saturday: 0 });
  });

  test("the last working day ends a month of working days", () => {
    const made = calendar(zeros(50, "2024-02-26", "B"), "month-end");
    const ends = columnOf(made, "month-end").flatMap((value, t) =>
      value === 1 ? [timeLabel(made.time!, t)] : [],
    );
    expect(ends).toEqual(["2024-02-29", "2024-03-29", "2024-04-30"]);
  });

  test("waves of a year have their period and come back after it", () => {
    const made = calendar(zeros(366 + 365, "2024-01-01", "D"), "year-fourier:2");
    expect(made.inputs.names).toEqual(["year-sin1", "year-cos1", "year-sin2", "year-cos2"]);
    const wave = columnOf(made, "year-cos1");
    expect([wave[0], wave[366]]).toEqual([1, 1]);
    expect(wave[183]).toBeCloseTo(-1, 12);
  });

  test("what does not vary is left out, what is unknown is refused with the nearest", () => {
    expect(calendar(zeros(60, "2024-01", "M"), ["month-end", "trading-days"]).inputs.names).toEqual([
      "trading-days",
    ]);
    const bad = () => calendar(zeros(9, "2024-01-01", "D"), "wekday");
    expect(bad).toThrow(expect.objectContaining({ code: "bad-calendar" }));
    expect(bad).toThrow(/did you mean weekday/);
    expect(() => calendar(series([1, 2, 3]), "month")).toThrow(expect.objectContaining({ code: "no-times" }));
    const twice = () => calendar(calendar(zeros(60, "2024-01-01", "D"), "month-end"), "month-end");
    expect(twice).toThrow(expect.objectContaining({ code: "duplicate-input" }));
  });
});

describe("events", () => {
  const days = zeros(60, "2024-01-01", "D");

  test("cover their days, the last included, and share a column by name", () => {
    const made = events(days, [
      { name: "promo", date: "2024-01-10", until: "2024-01-12" },
      { name: "promo", date: "2024-02-01" },
      { name: "fair", date: "2024-02" },
      { name: "opening", date: "2030-01-01" },
    ]);
    expect(made.inputs.names).toEqual(["promo", "fair"]);
    const on = (name: string) => columnOf(made, name).flatMap((value, t) => (value === 1 ? [t] : []));
    expect(on("promo")).toEqual([9, 10, 11, 31]);
    expect(on("fair")).toEqual(Array.from({ length: 29 }, (_, i) => 31 + i));
  });

  test("are counted by days in longer steps, overlaps once, and by hours in shorter ones", () => {
    const list = [
      { name: "promo", date: "2024-01-30", until: "2024-02-02" },
      { name: "promo", date: "2024-02-01", until: "2024-02-05" },
    ];
    expect(columnOf(events(zeros(3, "2024-01", "M"), list), "promo")).toEqual([2, 5, 0]);
    const hours = events(zeros(48, "2024-01-01T00:00", "H"), [
      { name: "outage", date: "2024-01-01T06:30", until: "2024-01-01T08" },
    ]);
    expect(columnOf(hours, "outage").flatMap((value, t) => (value === 1 ? [t] : []))).toEqual([6, 7, 8]);
  });

  test("that end before they begin, or have no date, are refused by name", () => {
    const wrong = [{ name: "promo", date: "2024-01-10", until: "2024-01-09" }];
    expect(() => events(days, wrong)).toThrow(/"promo" of 2024-01-10 ends before it begins/);
    expect(() => events(days, [{ name: "promo", date: "soon" }])).toThrow(
      expect.objectContaining({ code: "bad-events", value: "soon" }),
    );
  });
});

/** Easter Sunday by Gauss's rule as Meeus, Jones and Butcher give it. */
function easter(year: number): Date {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const l = (32 + 2 * e + 2 * i - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return new Date(Date.UTC(year, month - 1, ((h + l - 7 * m + 114) % 31) + 1));
}

describe("holidays", () => {
  const years = Array.from({ length: 12 }, (_, i) => 2012 + i);
  const daily = zeros(12 * 365 + 3, "2012-01-01", "D");

  test("of Germany lie where Easter puts them", async () => {
    const made = await holidays(daily, "DE");
    const on = (name: string) =>
      columnOf(made, name).flatMap((value, t) => (value === 1 ? [timeLabel(made.time!, t)] : []));
    const after = (offset: number) => years.map((year) => dayOf(plus(easter(year), offset)));
    expect(on("Good Friday")).toEqual(after(-2));
    expect(on("Easter Monday")).toEqual(after(1));
    expect(on("Ascension Day")).toEqual(after(39));
    expect(on("Whit Monday")).toEqual(after(50));
    expect(on("National Holiday")).toEqual(years.map((year) => `${year}-10-03`));
    // Reformation Day was a holiday of the whole country in 2017 only.
    expect(made.inputs.names.filter((name) => /Reform/.test(name))).toEqual([]);
  });

  test("a window has a column for each day around, but none for a day that is another holiday", async () => {
    const made = await holidays(daily, "DE", { window: [-1, 1] });
    const { names } = made.inputs;
    expect(names).toEqual(expect.arrayContaining(["Christmas Day", "Christmas Day -1", "Boxing Day +1"]));
    expect(names.filter((name) => ["Boxing Day -1", "Christmas Day +1"].includes(name))).toEqual([]);
    const eve = columnOf(made, "Christmas Day -1").indexOf(1);
    expect(timeLabel(made.time!, eve)).toBe("2012-12-24");
    await expect(holidays(daily, "DE", { window: [1, 2] })).rejects.toThrow(/-1,1/);
  });

  test("months count their days with a holiday, weeks have a column a holiday", async () => {
    const months = await holidays(zeros(24, "2023-01", "M"), "DE");
    expect(months.inputs.names).toEqual(["holidays"]);
    // 2024: New Year; Good Friday in March, Easter Monday in April; three in May; 3 October; two in December.
    expect(columnOf(months, "holidays").slice(12)).toEqual([1, 0, 1, 1, 3, 0, 0, 0, 0, 1, 0, 2]);
    const weeks = await holidays(zeros(156, "2021-01-04", "W"), "US");
    expect(weeks.inputs.names).toContain("Thanksgiving Day");
    expect(columnOf(weeks, "Thanksgiving Day").filter((value) => value === 1)).toHaveLength(3);
  });

  test.each([
    ["DD", /nearest is/],
    ["Germny", /nearest is DE \(Germany\)/],
    ["DE-BYY", /nearest is DE-BY \(Bayern\)/],
    ["DE-BY-KAT", /nearest is DE-BY-KATH/],
  ])("the region %s is refused with the nearest", async (region, nearest) => {
    const refused = holidays(daily, region);
    await expect(refused).rejects.toThrow(expect.objectContaining({ code: "unknown-region" }));
    await expect(refused).rejects.toThrow(nearest);
  });
});

describe("future values", () => {
  const rng = random(3);
  const plain = series(
    Array.from({ length: 200 }, (_, t) => 20 + (t % 7) + rng.uniform()),
    { id: "shop", start: "2024-01-01", frequency: "D", period: 7 },
  );
  const list = [
    { name: "promo", date: "2024-03-01", until: "2024-03-05" },
    { name: "promo", date: "2024-07-20", until: "2024-07-22" },
  ];
  const known = events(calendar(plain, "weekday,month-end"), list);
  const model = arima({ order: [1, 0, 0] });
  const horizon = 20;

  test("are made for forecasts and paths, to the bit those that could be given", () => {
    const fitted = model.fit(known);
    const longer = events(calendar(zeros(200 + horizon, "2024-01-01", "D"), "weekday,month-end"), list);
    const inputs = Object.fromEntries(
      known.inputs.names.map((name) => [name, columnOf(longer, name).slice(200)]),
    );
    const given = forecast(fitted, { horizon, inputs });
    expect(inputs.promo).toContain(1);
    expect([...forecast(fitted, { horizon }).mean]).toEqual([...given.mean]);
    expect([...simulate(fitted, { horizon, paths: 5 }).values]).toEqual([
      ...simulate(fitted, { horizon, inputs, paths: 5 }).values,
    ]);
  });

  test("a saved model makes them, and so it does after updates", () => {
    const fitted = model.fit(slice(known, 0, 190));
    const loaded = load(save(fitted));
    expect([...forecast(loaded, { horizon }).mean]).toEqual([...forecast(fitted, { horizon }).mean]);
    const moved = update(loaded, known.y.subarray(190));
    expect([...forecast(moved, { horizon }).mean]).toEqual([
      ...forecast(apply(fitted, known), { horizon }).mean,
    ]);
  });

  test("a series without the columns is served by the rules", () => {
    const fitted = model.fit(known);
    expect([...forecast(apply(fitted, plain), { horizon }).mean]).toEqual([
      ...forecast(fitted, { horizon }).mean,
    ]);
  });

  test("a file with rules that no model has is refused", () => {
    const text = save(model.fit(known)).replace(/"spans":\[\[(\d+),/, '"spans":[["x",');
    expect(() => load(text)).toThrow(expect.objectContaining({ code: "bad-model-file" }));
  });

  test("models without inputs go on without them", () => {
    const fitted = naive().fit(known);
    expect(fitted.origin.inputRules).toBeUndefined();
    expect(forecast(fitted, { horizon: 3 }).mean).toHaveLength(3);
  });
});

test("holidays beyond the years that are known are refused, not taken for none", async () => {
  const made = await holidays(zeros(800, "2022-01-01", "D"), "DE");
  const fitted = arima({ order: [0, 0, 0] }).fit({ ...made, y: made.y.map((_, t) => Math.sin(t)) });
  expect(forecast(fitted, { horizon: 3650 }).mean).toHaveLength(3650);
  expect(() => forecast(fitted, { horizon: 6000 })).toThrow(
    expect.objectContaining({ code: "unknown-holidays" }),
  );
});

test("a window of days is of no use in weeks, and a warning says so", async () => {
  const dates = await holidayDates("DE", [zeros(156, "2021-01-04", "W")], 0);
  const { used, notes } = withHolidays(zeros(156, "2021-01-04", "W"), dates, [-1, 1]);
  expect(used).toContain("Easter Monday");
  expect(used.filter((name) => / [+-]\d$/.test(name))).toEqual([]);
  expect(notes.map(({ code, severity }) => [code, severity])).toContainEqual(["window-unused", "warning"]);
});
