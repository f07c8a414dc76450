import {
  days,
  hours,
  minutes,
  monthEnds,
  months,
  newestFirst,
  pad,
  quarters,
  reads,
  refuses,
  table,
  type Variant,
  write,
  years,
} from "./kit.js";

const daily = days("2023-01-01", 60);
const monthly = months("2021-01-01", 30);
const hourly = hours("2023-03-01T00:00:00", 72);
const weekdays = days("2023-01-02", 84).filter((date) => date.getUTCDay() % 6 !== 0);
const ms = (date: Date) => date.getTime();
const spanish = "ene feb mar abr may jun jul ago sep oct nov dic".split(" ");
const dutch = "januari februari maart april mei juni juli augustus september oktober november december".split(
  " ",
);
const swedish = "jan feb mars apr maj juni juli aug sep okt nov dec".split(" ");
const polish = "sty lut mar kwi maj cze lip sie wrz paź lis gru".split(" ");
const italian =
  "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(" ");
const portuguese = "jan fev mar abr mai jun jul ago set out nov dez".split(" ");
const month = (names: readonly string[], date: Date) => names[date.getUTCMonth()]!;

/** Exports and tables typed by hand, their readings written down before they were first read. */
export const EXPORTS: readonly Variant[] = [
  reads(
    "bank, German, balance beside",
    table("Buchungstag;Valuta;Betrag", daily, "%d.%m.%Y;%d.%m.%Y;#,50"),
    "D",
    daily,
    { value: (row) => 10.5 + row },
  ),
  reads(
    "bank, Dutch, date without marks",
    table('"Datum","Bedrag (EUR)"', daily, (date, v) => `"${write(date, "%Y%m%d")}","${v},00"`),
    "D",
    daily,
  ),
  reads("Stripe balance by day", table("Created (UTC),Amount", daily, "%Y-%m-%d %H:%M,#.00"), "D", daily),
  reads(
    "Stripe, net volume, newest first",
    newestFirst(table("date,net_volume", daily, "%Y-%m-%d,#")),
    "D",
    daily,
  ),
  reads("Shopify, sales over time", table("Day,Total sales", daily, '"%b %-d, %Y",#.0'), "D", daily),
  reads("Shopify, months", table("Month,Total sales", monthly, "%Y-%m-01T00:00:00+00:00,#.0"), "M", monthly),
  reads(
    "Shopify with orders beside",
    table("day,orders,total_sales", daily, (date, v) => `${write(date, "%Y-%m-%d")},${v * 3},${v}`),
    "D",
    daily,
    { options: { value: "total_sales" } },
  ),
  reads("Matomo, dates as text", table("Date,Unique visitors", daily, '"%A, %B %-d, %Y",#'), "D", daily),
  reads("Matomo, semicolons", `sep=;\n${table("date;nb_visits", daily, "%Y-%m-%d;#")}`, "D", daily),
  reads(
    "Power BI, hierarchy of months",
    table("Year,Quarter,Month,Sum of Sales", monthly, (date, v) => `${write(date, "%Y,Qtr %q,%B")},${v}`),
    "M",
    monthly,
  ),
  reads(
    "Power BI, date with midnight",
    table("Date,Sum of Quantity", daily, "%-m/%-d/%Y 12:00:00 AM,#"),
    "D",
    daily,
  ),
  reads(
    "SAP, posting dates with points and units",
    table("Buch.dat.|Menge", daily, "%d.%m.%Y|#"),
    "D",
    daily,
  ),
  reads(
    "SAP, weeks",
    table(
      "Kalenderwoche;Menge",
      days("2022-01-03", 80, 7),
      (date, v) => `${isoWeek(date)[1]}.${isoWeek(date)[0]};${v}`,
    ),
    "W",
    days("2022-01-03", 80, 7),
  ),
  reads(
    "Datadog, milliseconds",
    table(
      "timestamp,avg:system.cpu.user",
      minutes("2023-05-01T10:00:00", 90, 5),
      (date, v) => `${ms(date)},${v}`,
    ),
    "5min",
    minutes("2023-05-01T10:00:00", 90, 5),
  ),
  reads(
    "Grafana, series to rows",
    table('"Time","cpu"', minutes("2023-05-01T10:00:00", 90, 1), '"%Y-%m-%d %H:%M:%S",#'),
    "min",
    minutes("2023-05-01T10:00:00", 90, 1),
  ),
  reads(
    "Grafana, values with a unit",
    table('"Time","Load"', minutes("2023-05-01T10:00:00", 90, 1), '"%Y-%m-%d %H:%M:%S",# %'),
    "min",
    minutes("2023-05-01T10:00:00", 90, 1),
    { options: { strip: "%" } },
  ),
  reads(
    "CloudWatch, label rows above",
    `Full label,CPUUtilization\nLabel,CPUUtilization\nRegion,eu-west-1\nPeriod,300\n\n${table("Timestamp,Average", minutes("2023-05-01T10:00:00", 60, 5), "%Y/%m/%d %H:%M:%S,#")}`,
    "5min",
    minutes("2023-05-01T10:00:00", 60, 5),
  ),
  reads(
    "Home Assistant, entity in each row",
    table("entity_id,state,last_changed", hourly, "sensor.power,#,%Y-%m-%dT%H:%M:%S.000Z"),
    "H",
    hourly,
    { ids: ["sensor.power"] },
  ),
  reads(
    "smart meter, quarter hours by their begin and end",
    table(
      "Von;Bis;Verbrauch (kWh)",
      minutes("2023-03-01T00:00:00", 96, 15),
      (date, v) =>
        `${write(date, "%d.%m.%Y %H:%M")};${write(new Date(ms(date) + 900_000), "%d.%m.%Y %H:%M")};${v},125`,
    ),
    "15min",
    minutes("2023-03-01T00:00:00", 96, 15),
    { value: (row) => 10.125 + row, options: { decimal: "," } },
  ),
  reads(
    "smart meter, half hours of Great Britain",
    table(
      "Consumption (kWh), Start, End",
      minutes("2023-03-01T00:00:00", 96, 30),
      (date, v) =>
        `${v}, ${write(date, "%Y-%m-%dT%H:%M:%S")}+00:00, ${write(new Date(ms(date) + 1_800_000), "%Y-%m-%dT%H:%M:%S")}+00:00`,
    ),
    "30min",
    minutes("2023-03-01T00:00:00", 96, 30),
  ),
  reads(
    "Green Button, interval with date and clock apart",
    table(
      "TYPE,DATE,START TIME,END TIME,USAGE",
      hourly,
      (date, v) => `Electric usage,${write(date, "%Y-%m-%d,%H:%M")},${pad(date.getUTCHours())}:59,${v}`,
    ),
    "H",
    hourly,
  ),
  reads(
    "ENTSO-E, price with currency in its name",
    table(
      '"MTU (CET/CEST)","Day-ahead Price [EUR/MWh]","Currency"',
      hourly,
      (date, v) =>
        `"${write(date, "%d.%m.%Y %H:%M")} - ${write(new Date(ms(date) + 3_600_000), "%d.%m.%Y %H:%M")}","${v}.00","EUR"`,
    ),
    "H",
    hourly,
  ),
  reads(
    "NOAA, station and attributes",
    table('"STATION","DATE","TMAX","TMAX_ATTRIBUTES"', daily, '"USW00094728","%Y-%m-%d","   #",",,W,2400"'),
    "D",
    daily,
    { ids: ["USW00094728"] },
  ),
  reads(
    "NOAA, annual, title lines",
    `# Global Land and Ocean\n# Units: Degrees Celsius\nYear,Anomaly\n${years("1950-01-01", 60)
      .map((date, i) => `${date.getUTCFullYear()},${10 + i}`)
      .join("\n")}\n`,
    "Y",
    years("1950-01-01", 60),
  ),
  reads(
    "FRED, missing as a point",
    table(
      "observation_date,UNRATE",
      monthly,
      (date, v) => `${write(date, "%Y-%m-%d")},${v === 14 ? "." : v}`,
    ),
    "M",
    monthly,
    { missing: [4] },
  ),
  reads(
    "FRED, quarters",
    table("DATE,GDP", quarters("2005-01-01", 60), "%Y-%m-%d,#"),
    "Q",
    quarters("2005-01-01", 60),
  ),
  reads(
    "Eurostat, wide",
    `geo\\TIME_PERIOD,${months("2022-01-01", 12)
      .map((date) => write(date, "%Y-%m"))
      .join(",")}\nDE,${Array.from({ length: 12 }, (_, i) => 10 + i).join(",")}\n`,
    "M",
    months("2022-01-01", 12),
  ),
  reads(
    "Eurostat, SDMX columns",
    table(
      "DATAFLOW,LAST UPDATE,freq,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG",
      monthly,
      "ESTAT:X(1.0),01/02/24 11:00:00,M,DE,%Y-%m,#,",
    ),
    "M",
    monthly,
    { options: { value: "OBS_VALUE", time: "TIME_PERIOD" } },
  ),
  reads(
    "OECD, quarters",
    table("LOCATION,TIME,Value", quarters("2010-01-01", 40), "AUS,%Y-Q%q,#"),
    "Q",
    quarters("2010-01-01", 40),
    { ids: ["AUS"] },
  ),
  reads(
    "World Bank, one country wide",
    `"Data Source","World Development Indicators",\n\n"Last Updated Date","2024-03-28",\n\n"Country Name","Country Code","Indicator Name","Indicator Code",${years(
      "1990-01-01",
      20,
    )
      .map((date) => `"${date.getUTCFullYear()}"`)
      .join(
        ",",
      )}\n"Norway","NOR","GDP","NY.GDP",${Array.from({ length: 20 }, (_, i) => `"${10 + i}"`).join(",")}\n`,
    "Y",
    years("1990-01-01", 20),
  ),
  reads(
    "Yahoo, close among others",
    table(
      "Date,Open,High,Low,Close,Adj Close,Volume",
      weekdays,
      (date, v) => `${write(date, "%Y-%m-%d")},1,2,3,${v},4,5000`,
    ),
    "B",
    weekdays,
  ),
  reads(
    "Yahoo, pasted, newest first",
    newestFirst(table("Date\tClose", weekdays, "%b %d, %Y\t#.00")),
    "B",
    weekdays,
  ),
  reads(
    "Binance, microseconds",
    table("open_time,close", hourly, (date, v) => `${ms(date)}000,${v}`),
    "H",
    hourly,
  ),
  reads(
    "CryptoDataDownload, a line above",
    `https://www.CryptoDataDownload.com\n${newestFirst(table("unix,date,symbol,close", hourly, (date, v) => `${ms(date)},${write(date, "%Y-%m-%d %H:%M:%S")},BTC/USDT,${v}`))}`,
    "H",
    hourly,
    { ids: ["BTC/USDT"], options: { time: "date" } },
  ),
  reads(
    "Stooq",
    table(
      "Date,Open,High,Low,Close,Volume",
      weekdays,
      (date, v) => `${write(date, "%Y-%m-%d")},1,1,1,${v},7`,
    ),
    "B",
    weekdays,
  ),
  reads(
    "Spanish, short months and a two-digit year",
    table("Mes;Ventas", monthly, (date, v) => `${month(spanish, date)}-${write(date, "%y")};${v},0`),
    "M",
    monthly,
  ),
  reads(
    "Spanish, days in full",
    table(
      "Fecha;Ventas",
      daily,
      (date, v) => `${date.getUTCDate()} de ${month(["enero", "febrero", "marzo"], date)} de 2023;${v}`,
    ),
    "D",
    daily,
  ),
  reads(
    "Dutch months",
    table("Maand;Omzet", monthly, (date, v) => `${month(dutch, date)} ${date.getUTCFullYear()};${v}`),
    "M",
    monthly,
  ),
  reads(
    "Swedish months",
    table("Månad;Antal", monthly, (date, v) => `${month(swedish, date)} ${date.getUTCFullYear()};${v}`),
    "M",
    monthly,
  ),
  reads(
    "Polish months, two digits",
    table("Miesiąc;Sprzedaż", monthly, (date, v) => `${month(polish, date)} ${write(date, "%y")};${v}`),
    "M",
    monthly,
  ),
  reads(
    "Italian months over a year before",
    table("Anno,Mese,Vendite", monthly, (date, v) => `${date.getUTCFullYear()},${month(italian, date)},${v}`),
    "M",
    monthly,
  ),
  reads(
    "Portuguese, slashes",
    table(
      "Mês;Receita",
      monthly,
      (date, v) => `${month(portuguese, date)}/${date.getUTCFullYear()};${v}.000,00`,
    ),
    "M",
    monthly,
    { value: (row) => 1000 * (10 + row) },
  ),
  reads("Japanese, days", table("日付,売上", daily, "%Y年%m月%d日,#"), "D", daily),
  reads("Chinese, months", table("月份,销售额", monthly, "%Y年%-m月,#"), "M", monthly),
  reads("Korean, days with points", table("날짜,매출", daily, "%Y. %-m. %-d.,#"), "D", daily),
  reads(
    "Russian, quarter words",
    table("Период;Значение", quarters("2015-01-01", 24), "%q кв. %Y;#"),
    "Q",
    quarters("2015-01-01", 24),
  ),
  reads(
    "French, quarters",
    table("Trimestre;CA", quarters("2015-01-01", 24), "T%q %Y;#,0"),
    "Q",
    quarters("2015-01-01", 24),
  ),
  reads(
    "English, ordinals",
    table(
      "When,Units",
      daily.slice(0, 31),
      (date, v) => `${write(date, "%B")} ${ordinal(date.getUTCDate())} ${date.getUTCFullYear()},${v}`,
    ),
    "D",
    daily.slice(0, 31),
  ),
  reads(
    "hand-typed, total with a mark below",
    `${table("Month,Sales", monthly, "%b-%y,#")}TOTAL:,${sum(30)}\n`,
    "M",
    monthly,
    { notes: ["totals-left-out"] },
  ),
  reads("hand-typed, empty columns to the right", table("Date,Sales,,", daily, "%d/%m/%Y,#,,"), "D", daily),
  reads("hand-typed, spaces around all", table(" date , units ", daily, " %Y-%m-%d , # "), "D", daily),
  reads(
    "hand-typed, month ends in American dates",
    table("Month End,Balance", monthEnds("2021-01-01", 30), '%-m/%-d/%Y,"#,000.00"'),
    "ME",
    monthEnds("2021-01-01", 30),
    { value: (row) => 1000 * (10 + row) },
  ),
  reads("hand-typed, euros", table("Datum;Umsatz", daily, "%d.%m.%Y;#,00 €"), "D", daily, {
    options: { strip: "€" },
  }),
  reads("hand-typed, euros without --strip", table("Datum;Umsatz", daily, "%d.%m.%Y;#,00 €"), "D", daily),
  refuses(
    "both orders fit, and both have a step",
    table(
      "date,y",
      days("2023-01-01", 12, 1).map((date) => new Date(Date.UTC(2023, 0, date.getUTCDate()))),
      "%d/01/%Y,#",
    ),
    "ambiguous-dates",
    /--date-order/,
  ),
  refuses(
    "a year of another calendar",
    table("日付,y", monthly.slice(0, 12), (date, v) => `令和5年${date.getUTCMonth() + 1}月,${v}`),
    "bad-time",
    /令和5年/,
  ),
  refuses(
    "two columns of numbers without a hint",
    table("date,a,b", daily, "%Y-%m-%d,#,#5"),
    "ambiguous-value",
    /--value a/,
  ),
  refuses(
    "a word among times",
    table("date,y", daily, (date, v) => `${v === 20 ? "tbd" : write(date, "%Y-%m-%d")},${v}`),
    "bad-time",
    /row 12.*tbd/s,
  ),
  reads(
    "fiscal years",
    table("Fiscal Year,Revenue", years("2001-01-01", 20), "FY%y,#"),
    "Y",
    years("2001-01-01", 20),
  ),
  reads(
    "log of a web server, requests by hour",
    table("time,requests", hourly, "[%d/%b/%Y:%H:%M:%S +0000],#"),
    "H",
    hourly,
  ),
  reads("Unix date with a zone", table("when;load", hourly, "%a %b %d %H:%M:%S UTC %Y;#"), "H", hourly),
  reads(
    "JSON of a service, seconds",
    JSON.stringify({ status: "ok", data: hourly.map((date, i) => ({ t: ms(date) / 1000, v: 10 + i })) }),
    "H",
    hourly,
  ),
  reads(
    "NDJSON of a sensor",
    `${hourly.map((date, i) => JSON.stringify({ ts: date.toISOString(), reading: 10 + i })).join("\n")}\n`,
    "H",
    hourly,
  ),
  reads(
    "R, ts of months with decimals",
    table(
      "time,x",
      monthly,
      (date, v) => `${(date.getUTCFullYear() + date.getUTCMonth() / 12).toFixed(3)},${v}`,
    ),
    "M",
    monthly,
  ),
  reads(
    "Stata months",
    table("month,y", monthly, (date, v) => `${date.getUTCFullYear()}m${date.getUTCMonth() + 1},${v}`),
    "M",
    monthly,
  ),
  reads(
    "EViews quarters",
    table("obs,y", quarters("2000-01-01", 40), "%Y:%q,#"),
    "Q",
    quarters("2000-01-01", 40),
  ),
];

function sum(count: number): number {
  return Array.from({ length: count }, (_, i) => 10 + i).reduce((a, b) => a + b, 0);
}

function ordinal(day: number): string {
  const tail = day % 10 < 4 && Math.floor(day / 10) !== 1 ? ["th", "st", "nd", "rd"][day % 10]! : "th";
  return `${day}${tail}`;
}

/** ISO year and week of a Monday. */
function isoWeek(monday: Date): readonly [number, string] {
  const thursday = new Date(ms(monday) + 3 * 86_400_000);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return [thursday.getUTCFullYear(), pad(1 + Math.floor((ms(thursday) - first) / 604_800_000))];
}
