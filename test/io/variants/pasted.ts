import {
  DAY,
  days,
  hours,
  isoDay,
  months,
  quarters,
  reads,
  refuses,
  table,
  type Variant,
  write,
  years,
} from "./kit.js";

const monthly = months("2022-01-01", 24);
const daily = days("2024-01-01", 40);
const hourly = hours("2024-03-04", 72);
const halves = months("2015-01-01", 16, 6);

/** A year and its part as decimals. */
const decimal = (date: Date, digits: number) =>
  (date.getUTCFullYear() + date.getUTCMonth() / 12).toFixed(digits);
const seconds = (date: Date) => date.getTime() / 1000;
const line = (dates: readonly Date[], row: (date: Date, value: number) => string) =>
  dates.map((date, i) => row(date, 10 + i)).join("\n");
const values = (dates: readonly Date[], more = 0) => dates.map((_, i) => 10 + i + more);
const json = (name: string, value: unknown, step: string, dates: readonly Date[], more = {}) =>
  reads(name, JSON.stringify(value), step, dates, more);
const byDay = daily.map((date, i) => [isoDay(date), { "1. open": "1", "4. close": String(10 + i) }] as const);

export const PASTED: readonly Variant[] = [
  reads(
    "half years as decimals",
    table("year,gdp", halves, (d, v) => `${decimal(d, 1)},${v}`),
    "2Q",
    halves,
    { notes: ["decimal-years"] },
  ),
  reads(
    "half years as decimals without a header",
    table("", halves, (d, v) => `${decimal(d, 1)},${v}`),
    "2Q",
    halves,
  ),
  reads(
    "half years with decimal commas, whole years bare",
    table("time;x", halves, (d, v) => `${decimal(d, 1).replace(".0", "").replace(".", ",")};${v}`),
    "2Q",
    halves,
  ),
  reads(
    "days of a spreadsheet with hours and decimal commas",
    table("Zeit;Wert", hourly, (d, v) => `${(d.getTime() / DAY + 25569).toFixed(6).replace(".", ",")};${v}`),
    "H",
    hourly,
  ),
  reads(
    "milliseconds with an exponent",
    table("timestamp,value", hourly, (d, v) => `${d.getTime().toExponential()},${v}`),
    "H",
    hourly,
  ),
  refuses(
    "weeks as decimals of years",
    `date,y\n${Array.from({ length: 110 }, (_, i) => `${(2015 + i / 52).toFixed(4)},${10 + i}`).join("\n")}`,
    "bad-time",
    /lie on no months, quarters or days; count rows with --time none, .* --period 52\./,
  ),
  reads(
    "weeks by W/C",
    table("Week,y", days("2024-01-01", 30, 7), "W/C %d/%m/%Y,#"),
    "W",
    days("2024-01-01", 30, 7),
  ),
  reads(
    "weeks by their last day in words",
    table("Week ending,y", days("2024-01-07", 30, 7), "week ending %d %b %Y,#"),
    "W",
    days("2024-01-07", 30, 7),
  ),
  reads(
    "fiscal years of two digits",
    table(
      "Year,y",
      years("2008-01-01", 15),
      (d, v) => `FY ${write(d, "%y")}-${write(new Date(d.getTime() + 370 * DAY), "%y")},${v}`,
    ),
    "Y",
    years("2008-01-01", 15),
  ),
  reads(
    "Japanese weekdays in brackets",
    table("日付,売上", daily, (d, v) => `${write(d, "%Y/%m/%d")}(${"日月火水木金土"[d.getUTCDay()]}),${v}`),
    "D",
    daily,
  ),
  refuses(
    "days without a year",
    table("Date,y", daily, "%d %b,#"),
    "bad-time",
    /a day and a month without a year/,
  ),
  refuses(
    "times of day without a date",
    table("time,y", hourly.slice(0, 24), "%H:%M,#"),
    "bad-time",
    /without a date/,
  ),
  refuses(
    "ranges of months",
    table(
      "Period,y",
      quarters("2021-01-01", 12),
      (d, v) => `${write(d, "%b")}-${write(new Date(d.getTime() + 62 * DAY), "%b")} ${write(d, "%Y")},${v}`,
    ),
    "bad-time",
    /range of months; write quarters as 2024 Q1/,
  ),
  reads(
    "comments between rows",
    table("ds,y", daily, (d, v) => `${v === 20 ? "# moved, new sensor\n" : ""}${isoDay(d)},${v}`),
    "D",
    daily,
    {
      notes: ["comments-left-out"],
    },
  ),
  reads(
    "Home Assistant with what it does not know",
    table(
      "entity_id,state,last_changed",
      hourly,
      (d, v) => `sensor.x,${v === 15 ? "unavailable" : v},${d.toISOString()}`,
    ),
    "H",
    hourly,
    { missing: [5], ids: ["sensor.x"], notes: ["missing-cells"] },
  ),
  reads(
    "debit and credit in a column",
    table("Datum;Betrag;S/H", daily, (d, v) => `${write(d, "%d.%m.%Y")};${v},00;${v % 2 ? "S" : "H"}`),
    "D",
    daily,
    {
      notes: ["sides-ignored"],
    },
  ),
  reads(
    "R, a year in part above",
    `     Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec\n1949                          10  11  12  13  14  15\n1950  16  17  18  19  20  21  22  23  24  25  26  27\n1951  28  29  30  31\n`,
    "M",
    months("1949-07-01", 22),
  ),
  reads(
    "R, quarters with a year in part",
    "     Qtr1 Qtr2 Qtr3 Qtr4\n1971        10   11   12\n1972   13   14   15   16\n1973   17\n",
    "Q",
    quarters("1971-04-01", 8),
  ),
  reads(
    "R, years",
    "Time Series:\nStart = 1871 \nEnd = 1876 \nFrequency = 1 \n[1] 10 11 12 13\n[5] 14 15\n",
    "Y",
    years("1871-01-01", 6),
  ),
  reads(
    "pandas, a series",
    `${line(daily, (d, v) => `${isoDay(d)}    ${v}`)}\nFreq: D, Name: y, dtype: int64\n`,
    "D",
    daily,
  ),
  reads(
    "fixed width with commas in dates",
    `Date          Close\n${line(daily, (d, v) => `${write(d, "%b %d, %Y")}  ${v.toFixed(2).padStart(6)}`)}\n`,
    "D",
    daily,
  ),
  reads(
    "DuckDB, a table in a frame",
    `┌────────────┬───────┐\n│    date    │   y   │\n│    date    │ int32 │\n├────────────┼───────┤\n${line(daily, (d, v) => `│ ${isoDay(d)} │    ${v} │`)}\n└────────────┴───────┘\n`,
    "D",
    daily,
  ),
  json(
    "JSON of a chart",
    {
      type: "line",
      data: {
        labels: monthly.map((d) => write(d, "%b %Y")),
        datasets: [{ label: "Sales", data: values(monthly) }],
      },
    },
    "M",
    monthly,
  ),
  json(
    "JSON of traces",
    [0, 1000].map((more) => ({ x: daily.map(isoDay), y: values(daily, more), name: `at ${more}` })),
    "D",
    daily,
    { ids: ["at 0", "at 1000"] },
  ),
  json(
    "JSON of Prometheus",
    {
      status: "success",
      data: {
        resultType: "matrix",
        result: [{ metric: { job: "a" }, values: hourly.map((d, i) => [seconds(d), String(10 + i)]) }],
      },
    },
    "H",
    hourly,
  ),
  json(
    "JSON of InfluxDB",
    {
      results: [
        {
          statement_id: 0,
          series: [
            {
              name: "cpu",
              columns: ["time", "usage"],
              values: hourly.map((d, i) => [d.toISOString(), 10 + i]),
            },
          ],
        },
      ],
    },
    "H",
    hourly,
  ),
  json(
    "JSON of Graphite",
    [{ target: "x", datapoints: hourly.map((d, i) => [10 + i, seconds(d)]) }],
    "H",
    hourly,
  ),
  json(
    "JSON of Highcharts",
    { series: [{ name: "Load", data: hourly.map((d, i) => [d.getTime(), 10 + i]) }] },
    "H",
    hourly,
  ),
  json(
    "JSON of Yahoo Finance",
    {
      chart: {
        result: [
          {
            meta: { symbol: "X" },
            timestamp: daily.map(seconds),
            indicators: { quote: [{ close: values(daily) }] },
          },
        ],
      },
    },
    "D",
    daily,
  ),
  json(
    "JSON of Open-Meteo",
    {
      latitude: 52,
      hourly_units: { time: "iso8601" },
      hourly: { time: hourly.map((d) => d.toISOString().slice(0, 16)), temperature_2m: values(hourly) },
    },
    "H",
    hourly,
  ),
  json(
    "JSON of Alpha Vantage",
    {
      "Meta Data": { "1. Information": "Daily" },
      "Time Series (Daily)": Object.fromEntries([...byDay].reverse()),
    },
    "D",
    daily,
    { options: { value: "4. close" } },
  ),
  json(
    "JSON of the BLS",
    {
      Results: {
        series: [
          {
            seriesID: "CUUR",
            data: [...monthly]
              .reverse()
              .map((d, i) => ({ year: write(d, "%Y"), period: `M${write(d, "%m")}`, value: String(33 - i) })),
          },
        ],
      },
    },
    "M",
    monthly,
  ),
  json(
    "JSON of several lists of pairs",
    { prices: daily.map((d, i) => [d.getTime(), 10 + i]), volumes: daily.map((d) => [d.getTime(), 7]) },
    "D",
    daily,
    { options: { value: "prices" } },
  ),
  json(
    "JSON of pandas, split",
    { columns: ["y"], index: monthly.map(isoDay), data: values(monthly).map((v) => [v]) },
    "M",
    monthly,
  ),
  json(
    "JSON of pandas, by milliseconds",
    Object.fromEntries(monthly.map((d, i) => [d.getTime(), 10 + i])),
    "M",
    monthly,
  ),
  json(
    "JSON-stat",
    {
      class: "dataset",
      id: ["geo", "time"],
      size: [2, 24],
      dimension: {
        geo: { category: { index: { AT: 0, DE: 1 } } },
        time: { category: { index: Object.fromEntries(monthly.map((d, i) => [write(d, "%YM%m"), i])) } },
      },
      value: [...values(monthly), ...values(monthly, 1000)],
    },
    "M",
    monthly,
    { ids: ["AT", "DE"] },
  ),
  json(
    "JSON records with lists of tags",
    monthly.map((d, i) => ({ date: isoDay(d), value: 10 + i, tags: ["a", "b", "c", "d", "e"] })),
    "M",
    monthly,
  ),
];
