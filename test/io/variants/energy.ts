import {
  days,
  hours,
  minutes,
  months,
  newestFirst,
  pad,
  reads,
  refuses,
  table,
  type Variant,
  write,
} from "./kit.js";

const WINTER = "2023-01-30T00:00:00";
const later = (date: Date, step: number) => new Date(date.getTime() + step * 60_000);

/** Hours of local time in Berlin around the end of summer time, as exports write them. */
const autumn = [
  ...hours("2023-10-28T00:00:00", 27).map((date) => ({ date, name: "CEST" })),
  ...hours("2023-10-29T02:00:00", 22).map((date) => ({ date, name: "CET" })),
];
const autumnUtc = hours("2023-10-27T22:00:00", 49);
const berlin = { zone: "Europe/Berlin" };

export const ENERGY: readonly Variant[] = [
  reads(
    "ENTSO-E load, intervals",
    table(
      '"MTU (CET/CEST)","Actual Total Load [MW] - Germany (DE)"',
      hours(WINTER, 60),
      (date, v) => `"${write(date, "%d.%m.%Y %H:%M")} - ${write(later(date, 60), "%d.%m.%Y %H:%M")}","${v}"`,
    ),
    "H",
    hours(WINTER, 60),
  ),
  reads(
    "ENTSO-E load, quarter hours, two columns of numbers",
    table(
      '"Time (CET/CEST)","Day-ahead Total Load Forecast [MW] - BZN|DE-LU","Actual Total Load [MW] - BZN|DE-LU"',
      minutes(WINTER, 60, 15),
      (date, v) =>
        `"${write(date, "%d.%m.%Y %H:%M")} - ${write(later(date, 15), "%d.%m.%Y %H:%M")}","${v + 3}","${v}"`,
    ),
    "15min",
    minutes(WINTER, 60, 15),
    { options: { value: "Actual Total Load [MW] - BZN|DE-LU" } },
  ),
  reads(
    "ENTSO-E with slashes and an area column",
    table(
      '"MTU (UTC)","Area","Actual Total Load (MW)"',
      hours(WINTER, 60),
      (date, v) =>
        `"${write(date, "%d/%m/%Y %H:%M")} - ${write(later(date, 60), "%d/%m/%Y %H:%M")}","BZN|DE-LU","${v}"`,
    ),
    "H",
    hours(WINTER, 60),
  ),
  reads(
    "ENTSO-E with zone names in an autumn night, --zone",
    `"MTU (CET/CEST)","Day-ahead Price [EUR/MWh]"\n${autumn
      .map(
        ({ date, name }, i) =>
          `"${write(date, "%d/%m/%Y %H:%M")} (${name}) - ${write(later(date, 60), "%d/%m/%Y %H:%M")} (${name})","${10 + i}"`,
      )
      .join("\n")}\n`,
    "H",
    autumnUtc,
    { options: berlin, first: "2023-10-28", last: "2023-10-29T23:00:00", zone: "Europe/Berlin" },
  ),
  refuses(
    "ENTSO-E with zone names, without --zone",
    `"MTU (CET/CEST)","Day-ahead Price [EUR/MWh]"\n${autumn
      .map(({ date, name }, i) => `"${write(date, "%d/%m/%Y %H:%M:%S")} ${name}","${10 + i}"`)
      .join("\n")}\n`,
    "changing-offsets",
    /--zone Europe\/\w+/,
  ),
  refuses(
    "ENTSO-E autumn night without names",
    `"MTU (CET/CEST)","Price"\n${autumn
      .map(
        ({ date }, i) =>
          `"${write(date, "%d.%m.%Y %H:%M")} - ${write(later(date, 60), "%d.%m.%Y %H:%M")}","${10 + i}"`,
      )
      .join("\n")}\n`,
    "duplicate-times",
    /--zone/,
  ),
  reads(
    "ENTSO-E autumn night without names, --zone",
    `"MTU (CET/CEST)","Price"\n${autumn
      .map(
        ({ date }, i) =>
          `"${write(date, "%d.%m.%Y %H:%M")} - ${write(later(date, 60), "%d.%m.%Y %H:%M")}","${10 + i}"`,
      )
      .join("\n")}\n`,
    "H",
    autumnUtc,
    { options: berlin, first: "2023-10-28", last: "2023-10-29T23:00:00" },
  ),
  reads(
    "ENTSO-E with n/e for what is not expected, --na",
    table(
      '"MTU (UTC)","Load (MW)"',
      hours(WINTER, 30),
      (date, v) =>
        `"${write(date, "%d/%m/%Y %H:%M")} - ${write(later(date, 60), "%d/%m/%Y %H:%M")}","${v > 35 ? "n/e" : v}"`,
    ),
    "H",
    hours(WINTER, 30),
    { options: { na: ["n/e"] }, missing: [26, 27, 28, 29] },
  ),
  refuses(
    "ENTSO-E with n/e",
    table(
      '"MTU (UTC)","Load (MW)"',
      hours(WINTER, 30),
      (date, v) =>
        `"${write(date, "%d/%m/%Y %H:%M")} - ${write(later(date, 60), "%d/%m/%Y %H:%M")}","${v > 35 ? "n/e" : v}"`,
    ),
    "text-in-value",
    /--na n\/e/,
  ),
  reads(
    "SMARD from and to",
    `\ufeff${table(
      "Datum von;Datum bis;Netzlast [MWh] Originalauflösungen",
      minutes(WINTER, 50, 15),
      (date, v) => `${write(date, "%d.%m.%Y %H:%M")};${write(later(date, 15), "%d.%m.%Y %H:%M")};${v}.000,25`,
    )}`,
    "15min",
    minutes(WINTER, 50, 15),
    { value: (row) => 1000 * (10 + row) + 0.25 },
  ),
  reads(
    "SMARD with the date and two clocks apart",
    table(
      "Datum;Anfang;Ende;Gesamt (Netzlast) [MWh] Berechnete Auflösungen",
      hours(WINTER, 50),
      (date, v) => `${write(date, "%d.%m.%Y;%H:%M")};${write(later(date, 60), "%H:%M")};${v}`,
    ),
    "H",
    hours(WINTER, 50),
  ),
  reads(
    "SMARD in the first days of a month",
    table(
      "Datum von;Datum bis;Netzlast [MWh]",
      hours("2023-02-01T00:00:00", 100),
      (date, v) => `${write(date, "%d.%m.%Y %H:%M")};${write(later(date, 60), "%d.%m.%Y %H:%M")};${v}.288,12`,
    ),
    "H",
    hours("2023-02-01T00:00:00", 100),
    { value: (row) => 1000 * (10 + row) + 288.12 },
  ),
  reads(
    "EIA hours of local time with points in a.m.",
    table(
      "Timestamp (Hour Ending),Demand (MWh)",
      hours("2023-06-01T00:00:00", 40),
      (date, v) => `${write(date, "%-m/%-d/%Y %-I")} ${date.getUTCHours() < 12 ? "a.m." : "p.m."} EDT,${v}`,
    ),
    "H",
    hours("2023-06-01T00:00:00", 40),
  ),
  reads(
    "EIA hours of local time, H am",
    table(
      "Hour,Demand",
      hours("2023-06-01T00:00:00", 40),
      (date, v) => `${write(date, "%-m/%-d/%Y %-I%p")},${v}`,
    ),
    "H",
    hours("2023-06-01T00:00:00", 40),
  ),
  reads(
    "EIA API, hours without minutes",
    newestFirst(table("period,respondent,value", hours(WINTER, 50), "%Y-%m-%dT%H,CISO,#")),
    "H",
    hours(WINTER, 50),
  ),
  reads(
    "EIA browser, months newest first below lines of text",
    `Henry Hub Natural Gas Spot Price\nhttps://www.eia.gov/dnav/ng/hist/rngwhhdM.htm\n08:12:11 GMT-0400 (EDT)\n"Data Source: Thomson Reuters, all rights reserved"\n${newestFirst(
      table(
        "Month,Henry Hub Natural Gas Spot Price Dollars per Million Btu",
        months("2020-01-01", 30),
        '"%b %Y",#',
      ),
    )}`,
    "M",
    months("2020-01-01", 30),
    { notes: ["preamble-skipped"] },
  ),
  reads(
    "EIA-930 with a date, an hour and two times",
    table(
      "Balancing Authority,Data Date,Hour Number,Local Time at End of Hour,UTC Time at End of Hour,Demand (MW)",
      hours("2023-01-01T05:00:00", 60),
      (date, v) => {
        const local = later(date, -240);
        const begin = later(local, -60);
        return `AEC,${write(begin, "%m/%d/%Y")},${begin.getUTCHours() + 1},${write(local, "%m/%d/%Y %-I:%M:%S %p")},${write(date, "%m/%d/%Y %-I:%M:%S %p")},${v}`;
      },
    ),
    "H",
    hours("2023-01-01T05:00:00", 60),
    { options: { time: "UTC Time at End of Hour" } },
  ),
  reads(
    "ERCOT load, hour ending 24:00",
    table('"Hour Ending","ERCOT"', hours("2023-01-01T01:00:00", 60), (date, v) => {
      const end = date.getUTCHours() === 0;
      return `"${write(end ? later(date, -60) : date, "%m/%d/%Y")} ${end ? "24:00" : write(date, "%H:%M")}","${v},000.50"`;
    }),
    "H",
    hours("2023-01-01T01:00:00", 60),
    { value: (row) => 1000 * (10 + row) + 0.5 },
  ),
  reads(
    "ERCOT prices, delivery date and hour ending",
    table(
      "DeliveryDate,HourEnding,SettlementPoint,SettlementPointPrice,DSTFlag",
      hours("2023-01-01T00:00:00", 60),
      (date, v) => `${write(date, "%m/%d/%Y")},${pad(date.getUTCHours() + 1)}:00,HB_BUSAVG,${v},N`,
    ),
    "H",
    hours("2023-01-01T01:00:00", 60),
  ),
  reads(
    "ERCOT quarter hours, date, hour and interval",
    table(
      "Delivery Date,Delivery Hour,Delivery Interval,Settlement Point Price",
      minutes("2023-01-01T00:00:00", 200, 15),
      (date, v) =>
        `${write(date, "%m/%d/%Y")},${date.getUTCHours() + 1},${date.getUTCMinutes() / 15 + 1},${v}`,
    ),
    "15min",
    minutes("2023-01-01T00:00:00", 200, 15),
  ),
  reads(
    "CAISO, intervals in GMT beside the trading day and hour",
    table(
      "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,MW",
      hours("2023-01-01T08:00:00", 50),
      (date, v) => {
        const local = later(date, -480);
        return `${write(date, "%Y-%m-%dT%H:%M:%S-00:00")},${write(later(date, 60), "%Y-%m-%dT%H:%M:%S-00:00")},${write(local, "%Y-%m-%d")},${local.getUTCHours() + 1},${v}`;
      },
    ),
    "H",
    hours("2023-01-01T08:00:00", 50),
  ),
  reads(
    "CAISO, operating day and hour 1 to 24",
    table(
      "OPR_DT,OPR_HR,MW",
      hours("2023-01-01T00:00:00", 50),
      (date, v) => `${write(date, "%Y-%m-%d")},${date.getUTCHours() + 1},${v}`,
    ),
    "H",
    hours("2023-01-01T01:00:00", 50),
  ),
  reads(
    "AEMO five minutes, two columns of numbers",
    table(
      "REGION,SETTLEMENTDATE,TOTALDEMAND,RRP,PERIODTYPE",
      minutes("2023-01-01T00:05:00", 50, 5),
      (date, v) => `NSW1,${write(date, "%Y/%m/%d %H:%M:%S")},${v},55.1,TRADE`,
    ),
    "5min",
    minutes("2023-01-01T00:05:00", 50, 5),
    { options: { value: "TOTALDEMAND" } },
  ),
  reads(
    "Elexon, settlement date and period 1 to 48",
    table(
      "settlementDate,settlementPeriod,initialDemandOutturn",
      minutes("2023-01-01T00:00:00", 100, 30),
      (date, v) =>
        `${write(date, "%Y-%m-%d")},${(date.getUTCHours() * 60 + date.getUTCMinutes()) / 30 + 1},${v}`,
    ),
    "30min",
    minutes("2023-01-01T00:00:00", 100, 30),
  ),
  reads(
    "National Grid, SETTLEMENT_DATE as 01-JAN-2023",
    table(
      "SETTLEMENT_DATE,SETTLEMENT_PERIOD,ND",
      minutes("2023-01-01T00:00:00", 100, 30),
      (date, v) =>
        `${write(date, "%d-%b-%Y").toUpperCase()},${(date.getUTCHours() * 60 + date.getUTCMinutes()) / 30 + 1},${v}`,
    ),
    "30min",
    minutes("2023-01-01T00:00:00", 100, 30),
  ),
  reads(
    "NYISO with a column of the zone",
    table(
      '"Time Stamp","Time Zone","Name","PTID","Load"',
      minutes("2023-01-01T00:00:00", 50, 5),
      (date, v) => `"${write(date, "%m/%d/%Y %H:%M:%S")}","EST","CAPITL",61757,${v}`,
    ),
    "5min",
    minutes("2023-01-01T00:00:00", 50, 5),
  ),
  reads(
    "PJM, UTC and local beginnings of hours",
    table(
      "datetime_beginning_utc,datetime_beginning_ept,zone,mw",
      hours("2023-01-01T05:00:00", 50),
      (date, v) =>
        `${write(date, "%-m/%-d/%Y %-I:%M:%S %p")},${write(later(date, -300), "%-m/%-d/%Y %-I:%M:%S %p")},AE,${v}`,
    ),
    "H",
    hours("2023-01-01T05:00:00", 50),
  ),
  reads(
    "Nord Pool, hours as ranges",
    table(
      "Date;Hours;SYS",
      hours("2023-01-30T00:00:00", 50),
      (date, v) => `${write(date, "%d-%m-%Y;%H")}\u00a0-\u00a0${write(later(date, 60), "%H")};${v},5`,
    ),
    "H",
    hours("2023-01-30T00:00:00", 50),
    { value: (row) => 10.5 + row },
  ),
  reads(
    "PSE, date without marks and hour 1 to 24",
    table(
      "Data;Godz.;Zapotrzebowanie",
      hours("2023-01-01T00:00:00", 50),
      (date, v) => `${write(date, "%Y%m%d")};${date.getUTCHours() + 1};${v}`,
    ),
    "H",
    hours("2023-01-01T01:00:00", 50),
  ),
  reads(
    "OMIE, year, month, day and hour in columns",
    table(
      "Año;Mes;Día;Hora;Precio",
      hours("2023-01-01T00:00:00", 50),
      (date, v) => `${write(date, "%Y;%m;%d")};${date.getUTCHours() + 1};${v},5`,
    ),
    "H",
    hours("2023-01-01T01:00:00", 50),
    { value: (row) => 10.5 + row },
  ),
  reads(
    "RTE, date and time in columns, every other value blank",
    table(
      "Périmètre\tNature\tDate\tHeures\tConsommation",
      minutes("2023-01-01T00:00:00", 100, 15),
      (date, v) =>
        `France\tDonnées définitives\t${write(date, "%Y-%m-%d\t%H:%M")}\t${date.getUTCMinutes() % 30 === 0 ? v : ""}`,
    ),
    "15min",
    minutes("2023-01-01T00:00:00", 100, 15),
    { missing: Array.from({ length: 50 }, (_, i) => 2 * i + 1) },
  ),
  reads(
    "Fingrid, beginning and end in UTC with milliseconds",
    table(
      "startTime;endTime;Electricity consumption in Finland",
      hours(WINTER, 40),
      (date, v) => `${date.toISOString()};${later(date, 60).toISOString()};${v}`,
    ),
    "H",
    hours(WINTER, 40),
  ),
  reads(
    "Energinet, UTC and Danish hours",
    table(
      "HourUTC;HourDK;PriceArea;SpotPriceEUR",
      hours(WINTER, 40),
      (date, v) => `${write(date, "%Y-%m-%d %H:%M")};${write(later(date, 60), "%Y-%m-%d %H:%M")};DK1;${v},25`,
    ),
    "H",
    hours(WINTER, 40),
    { value: (row) => 10.25 + row },
  ),
  reads(
    "Open Power System Data, UTC and local with offsets",
    table("utc_timestamp,cet_cest_timestamp,DE_load_actual_entsoe_transparency", autumnUtc, (date, v) => {
      const offset = date.getTime() < Date.UTC(2023, 9, 29, 1) ? 2 : 1;
      return `${write(date, "%Y-%m-%dT%H:%M:%SZ")},${write(later(date, 60 * offset), "%Y-%m-%dT%H:%M:%S")}+0${offset}00,${v}`;
    }),
    "H",
    autumnUtc,
  ),
  refuses(
    "offsets that change",
    table("time,load", autumnUtc, (date, v) => {
      const offset = date.getTime() < Date.UTC(2023, 9, 29, 1) ? 2 : 1;
      return `${write(later(date, 60 * offset), "%Y-%m-%dT%H:%M:%S")}+0${offset}:00,${v}`;
    }),
    "changing-offsets",
    /--zone/,
  ),
  refuses(
    "a repeated hour at the end of summer time",
    `ts;mw\n${autumn.map(({ date }, i) => `${write(date, "%Y-%m-%d %H:%M")};${10 + i}`).join("\n")}\n`,
    "duplicate-times",
    /--zone/,
  ),
  reads(
    "a skipped hour at the beginning of summer time, --zone",
    table("ts,mw", hours("2023-03-25T23:00:00", 26), (date, v) => {
      const offset = date.getTime() < Date.UTC(2023, 2, 26, 1) ? 1 : 2;
      return `${write(later(date, 60 * offset), "%Y-%m-%d %H:%M")},${v}`;
    }),
    "H",
    hours("2023-03-25T23:00:00", 26),
    { options: berlin, first: "2023-03-26", last: "2023-03-27T02:00:00" },
  ),
  reads(
    "hours newest first with a repeated hour, --zone",
    newestFirst(
      `ts,mw\n${autumn.map(({ date }, i) => `${write(date, "%Y-%m-%d %H:%M")},${10 + i}`).join("\n")}\n`,
    ),
    "H",
    autumnUtc,
    { options: berlin, first: "2023-10-28", last: "2023-10-29T23:00:00" },
  ),
  reads(
    "a gas day that begins at 06:00",
    table("Gastag,Verbrauch", days("2023-01-01T06:00:00", 30), "%d.%m.%Y 06:00,#"),
    "D",
    days("2023-01-01T06:00:00", 30),
  ),
  reads(
    "hour ending as HE 1 to HE 24",
    table(
      "Date,HE,Price",
      hours("2023-01-01T00:00:00", 50),
      (date, v) => `${write(date, "%m/%d/%Y")},HE${pad(date.getUTCHours() + 1)},${v}`,
    ),
    "H",
    hours("2023-01-01T01:00:00", 50),
  ),
];
