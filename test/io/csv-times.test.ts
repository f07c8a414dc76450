import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { formatFrequency } from "../../src/core/time/calendar.js";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { labelsOf, lines, noteOf, onlySeries } from "./csv-cases.js";

/** A file whose times are the given ones. */
function file(times: readonly string[], delimiter = ";"): string {
  return lines(`when${delimiter}y`, ...times.map((time, i) => `${time}${delimiter}${i + 0.5}`));
}

function dates(start: string, count: number, step: Temporal.DurationLike): string[] {
  const first = Temporal.PlainDate.from(start);
  const times = (i: number) =>
    Object.fromEntries(Object.entries(step).map(([unit, n]) => [unit, Number(n) * i]));
  return Array.from({ length: count }, (_, i) => first.add(times(i)).toString());
}

describe("forms of times: frequency, period, and the labels that go on as the input wrote them", () => {
  test.each([
    ["1949-01-01 1949-02-01 1949-03-01", "M", 12, "1949-04-01"],
    ["1949-01 1949-02 1949-03", "M", 12, "1949-04"],
    ["1960M11 1960M12 1961M01", "M", 12, "1961M02"],
    ["Jan_1960 Feb_1960 Mar_1960", "M", 12, "Apr_1960"],
    ["Nov-98 Dec-98 Jan-99", "M", 12, "Feb-99"],
    ["198811 198812 198901", "M", 12, "198902"],
    ["1960_Q1 1960_Q2 1960_Q3", "Q", 4, "1960_Q4"],
    ["1960Q3 1960Q4 1961Q1", "Q", 4, "1961Q2"],
    ["1960-Q3 1960-Q4 1961-Q1", "Q", 4, "1961-Q2"],
    ["1960 1961 1962 1963", "Y", 1, "1964"],
    ["1790-01-01 1800-01-01 1810-01-01", "10Y", 1, "1820-01-01"],
    ["2020-W51 2020-W52 2020-W53", "W", 52, "2021-W01"],
    ["2024-01-05 2024-01-12 2024-01-19", "W", 52, "2024-01-26"],
    ["2024-02-27 2024-02-28 2024-02-29", "D", 7, "2024-03-01"],
    ["20240227 20240228 20240229", "D", 7, "20240301"],
    ["2024-01-31 2024-02-29 2024-03-31", "M", 12, "2024-04-30"],
    ["2023-09-30 2023-10-31 2023-11-30", "M", 12, "2023-12-31"],
    ["2023-09-30 2023-12-31 2024-03-31", "Q", 4, "2024-06-30"],
    ["2023-06-30 2023-12-31 2024-06-30", "2Q", 2, "2024-12-31"],
    ["2021-12-31 2022-12-31 2023-12-31", "Y", 1, "2024-12-31"],
    ["2024-01-15 2024-02-15 2024-03-15", "M", 12, "2024-04-15"],
    ["2024-02-28T22:00 2024-02-28T23:00 2024-02-29T00:00", "H", 24, "2024-02-29T01:00"],
    ["2024-02-28_22:00:00 2024-02-28_23:00:00 2024-02-29_00:00:00", "H", 24, "2024-02-29_01:00:00"],
    ["2024-02-29T22:00Z 2024-02-29T22:30Z 2024-02-29T23:00Z", "30min", 48, "2024-02-29T23:30Z"],
    ["2024-02-29T22:00:00+01:00 2024-02-29T22:15:00+01:00", "15min", 96, "2024-02-29T22:30:00+01:00"],
    ["2024-02-29T23:58 2024-02-29T23:59 2024-03-01T00:00", "min", 60, "2024-03-01T00:01"],
    ["2024-02-29T23:59:58 2024-02-29T23:59:59", "S", 60, "2024-03-01T00:00:00"],
    ["1577836800 1577840400 1577844000", "H", 24, "1577847600"],
    ["1577836800000 1577923200000 1578009600000", "D", 7, "1578096000000"],
    ["1 2 3", "index", 1, "4"],
    ["0 10 20", "10index", 1, "30"],
    ["577 578 579", "index", 1, "580"],
    ["28/02/2024 29/02/2024 01/03/2024", "D", 7, "02/03/2024"],
    ["2/28/2024 2/29/2024 3/1/2024", "D", 7, "3/2/2024"],
    ["31.01.2024 29.02.2024 31.03.2024", "M", 12, "30.04.2024"],
    ["30/12/99 31/12/99 01/01/00", "D", 7, "02/01/00"],
    ["28-Feb-2024 29-Feb-2024 01-Mar-2024", "D", 7, "02-Mar-2024"],
    ["2024/2/28 2024/2/29 2024/3/1", "D", 7, "2024/3/2"],
    ["12/31/2023_11:00_PM 1/1/2024_12:00_AM 1/1/2024_1:00_AM", "H", 24, "1/1/2024_2:00_AM"],
  ])("%s", async (times, frequency, period, next) => {
    const cells = times.split(" ").map((time) => time.replaceAll("_", " "));
    const { panel, decisions } = await parseCsv(file(cells), { time: "when" });
    expect(formatFrequency(decisions.frequency!)).toBe(frequency);
    expect(panel[0]!.period).toBe(period);
    const labels = labelsOf(panel[0]!, 1);
    expect(labels.at(-1)).toBe(next.replaceAll("_", " "));
    if (cells.length === labels.length - 1) expect(labels.slice(0, -1)).toEqual(cells);
  });

  test("years before the year 1 are years where the last is one of today", async () => {
    const { panel } = await parseCsv(file(["-2", "-1", "0", "1", "1960"]), { frequency: "Y" });
    expect(labelsOf(panel[0]!, 1).at(-1)).toBe("1961");
    const refusal = parseCsv(file(["-2", "-1", "0", "1", "1960"]));
    await expect(refusal).rejects.toThrow("1960 follows 1 in row 5; 1,958 years are missing");
  });

  test("business days leave weekends out", async () => {
    const week = ["2024-02-28", "2024-02-29", "2024-03-01", "2024-03-04", "2024-03-05"];
    const { panel, decisions } = await parseCsv(file(week));
    expect(formatFrequency(decisions.frequency!)).toBe("B");
    expect(panel[0]!.period).toBe(5);
    expect(labelsOf(panel[0]!, 4).slice(5)).toEqual(["2024-03-06", "2024-03-07", "2024-03-08", "2024-03-11"]);
  });

  test("a holiday among business days is a missing value", async () => {
    const week = [
      "2024-02-28",
      "2024-02-29",
      "2024-03-01",
      "2024-03-05",
      "2024-03-06",
      "2024-03-07",
      "2024-03-08",
    ];
    const series = await onlySeries(file([...week, "2024-03-11"]));
    expect(labelsOf(series)[3]).toBe("2024-03-04");
    expect(series.y[3]).toBeNaN();
  });

  test("times without leading zeros and midnights without a clock are one column", async () => {
    const series = await onlySeries(file(["2024-9-30 23:00", "2024-10-1", "2024-10-1 01:00"]));
    expect(labelsOf(series, 1)).toEqual([
      "2024-9-30 23:00",
      "2024-10-1 00:00",
      "2024-10-1 01:00",
      "2024-10-1 02:00",
    ]);
  });

  test("a long daily series is stepped from its anchor", async () => {
    const days = dates("1999-12-30", 900, { days: 1 });
    const series = await onlySeries(file(days));
    expect(labelsOf(series)).toEqual(days);
  });

  test.each([1, 2, 3, 4, 6, 12, 24])("every %i months from the end of January", async (months) => {
    const days = dates("2019-01-31", 30, { months });
    const { panel } = await parseCsv(file(days.slice(0, 20)));
    expect(labelsOf(panel[0]!, 10)).toEqual(days);
  });
});

describe("day and month", () => {
  test("are told apart from the last row of a long column", async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => {
      const day = Temporal.PlainDate.from("1990-01-01").add({ months: i });
      return `${String(day.day).padStart(2, "0")}/${String(day.month).padStart(2, "0")}/${day.year}`;
    });
    const { panel, decisions } = await parseCsv(file([...rows.slice(0, 2999), "31/12/2239"]), {
      frequency: "M",
    });
    expect(decisions.dateOrder).toBe("dmy");
    expect(decisions.flags).toContain("--date-order dmy");
    expect(labelsOf(panel[0]!)[1]).toBe("01/02/1990");
  });

  test("can be given", async () => {
    const times = ["01/02/2024", "01/03/2024", "01/04/2024"];
    const dmy = await parseCsv(file(times), { dateOrder: "dmy" });
    const mdy = await parseCsv(file(times), { dateOrder: "mdy" });
    expect(formatFrequency(dmy.decisions.frequency!)).toBe("M");
    expect(formatFrequency(mdy.decisions.frequency!)).toBe("D");
    expect(labelsOf(dmy.panel[0]!, 1).at(-1)).toBe("01/05/2024");
    expect(labelsOf(mdy.panel[0]!, 1).at(-1)).toBe("01/05/2024");
    expect(dmy.decisions.flags).not.toContain("date-order");
  });

  test("two-digit years lie together and are told", async () => {
    const result = await parseCsv(file(["Nov-48", "Dec-48", "Jan-49"]));
    expect(noteOf(result, "two-digit-years")).toContain("2048 to 2049");
    const old = await parseCsv(file(["Nov-49", "Dec-49", "Jan-50"]));
    expect(noteOf(old, "two-digit-years")).toContain("1949 to 1950");
    const turn = await parseCsv(file(["31/12/68", "01/01/69", "02/01/69"]));
    expect(labelsOf(turn.panel[0]!, 1).at(-1)).toBe("03/01/69");
  });
});

describe("zones", () => {
  const berlin = ["2024-10-27T01:00", "2024-10-27T02:00", "2024-10-27T02:00", "2024-10-27T03:00"];

  test("the hour that happens twice is two hours in its zone", async () => {
    const series = await onlySeries(file(berlin), { zone: "Europe/Berlin" });
    expect([...series.y]).toEqual([0.5, 1.5, 2.5, 3.5]);
    expect(labelsOf(series, 1)).toEqual([...berlin, "2024-10-27T04:00"]);
  });

  test("changing offsets are steps of exact time in their zone", async () => {
    const times = ["2024-03-31T00:00+01:00", "2024-03-31T01:00+01:00", "2024-03-31T03:00+02:00"];
    const { panel, decisions } = await parseCsv(file(times), { zone: "Europe/Berlin" });
    expect(formatFrequency(decisions.frequency!)).toBe("H");
    expect(labelsOf(panel[0]!, 1)).toEqual([...times, "2024-03-31T04:00+02:00"]);
  });

  test("midnights in UTC are days of their zone", async () => {
    const times = ["2024-03-29T23:00Z", "2024-03-30T23:00Z", "2024-03-31T22:00Z"];
    const { panel, decisions } = await parseCsv(file(times), { zone: "Europe/Berlin" });
    expect(formatFrequency(decisions.frequency!)).toBe("D");
    expect(labelsOf(panel[0]!, 1)).toEqual([...times, "2024-04-01T22:00Z"]);
  });

  test("one offset throughout is kept", async () => {
    const { decisions } = await parseCsv(file(["2024-01-01T00:00+05:30", "2024-01-01T01:00+05:30"]));
    expect(decisions.zone).toBe("+05:30");
    expect((await parseCsv(file(["2024-01-01T00:00Z", "2024-01-01T01:00Z"]))).decisions.zone).toBe("UTC");
  });

  test("epochs are UTC, or the clock of the zone that is given", async () => {
    const days = ["1711666800", "1711753200", "1711839600", "1711922400"];
    const { panel, decisions } = await parseCsv(file(days), { zone: "Europe/Berlin" });
    expect(formatFrequency(decisions.frequency!)).toBe("D");
    expect(labelsOf(panel[0]!)).toEqual(days);
  });
});

describe("a step that is given", () => {
  test("fills what lies between", async () => {
    const result = await parseCsv(file(["2024-01-01", "2024-01-03", "2024-01-07"]), { frequency: "D" });
    expect([...result.panel[0]!.y]).toEqual([0.5, NaN, 1.5, NaN, NaN, NaN, 2.5]);
    expect(noteOf(result, "gaps-filled")).toContain("4 rows missing");
  });

  test("months take one row each, whatever its day", async () => {
    const result = await parseCsv(file(["2024-01-31", "2024-02-29", "2024-03-29", "2024-04-30"]), {
      frequency: "M",
    });
    expect(result.panel[0]!.y).toHaveLength(4);
    expect(labelsOf(result.panel[0]!, 1).at(-1)).toBe("2024-05-31");
    expect(noteOf(result, "days-vary")).toBeDefined();
  });

  test("index counts rows", async () => {
    const series = await onlySeries(file(["2024-01-01", "2024-01-02", "2024-01-09"]), { frequency: "index" });
    expect(labelsOf(series, 1)).toEqual(["1", "2", "3", "4"]);
  });

  test("the period can be given too", async () => {
    expect((await onlySeries(file(["1", "2", "3"]), { time: "when", period: 7 })).period).toBe(7);
  });
});

describe("one row", () => {
  test.each([
    ["2024-01-01", "D"],
    ["2024-01-01T05:00", "H"],
    ["2024-01", "M"],
    ["2024 Q1", "Q"],
    ["2024-W01", "W"],
    ["7", "index"],
  ])("%s is assumed to step by %s", async (time, frequency) => {
    const result = await parseCsv(file([time]), { time: "when" });
    expect(formatFrequency(result.decisions.frequency!)).toBe(frequency);
    expect(noteOf(result, "single-value")).toBeDefined();
    expect(noteOf(result, "step-assumed")).toContain("--frequency");
  });
});
