import {
  days,
  monthEnds,
  months,
  newestFirst,
  quarters,
  reads,
  refuses,
  table,
  type Variant,
  write,
  years,
} from "./kit.js";

const monthly = months("2021-01-01", 24);
const daily = days("2023-01-01", 60);
const weekdays = days("2023-01-02", 84).filter((date) => date.getUTCDay() % 6 !== 0);
const analytics = (rows: string, range: string) =>
  `# ----------------------------------------\n# All Web Site Data\n# Audience Overview\n# ${range}\n# ----------------------------------------\n\n${rows}`;
const thousand = (row: number) => 1000 * (10 + row);
const sum = (n: number) => Array.from({ length: n }, (_, i) => 10 + i).reduce((a, b) => a + b, 0);

export const BUSINESS: readonly Variant[] = [
  reads(
    "Google Trends by week",
    `Category: All categories\n\n${table("Week,kayak: (United States)", days("2019-01-06", 100, 7), "%Y-%m-%d,#")}`,
    "W",
    days("2019-01-06", 100, 7),
    { notes: ["preamble-skipped"] },
  ),
  reads(
    "Google Trends by month",
    `Category: All categories\n\n${table("Month,kayak: (Worldwide)", monthly, "%Y-%m,#")}`,
    "M",
    monthly,
  ),
  reads(
    "Google Trends in German",
    `\ufeffKategorie: Alle Kategorien\r\n\r\n${table("Woche,Kajak: (Deutschland)", days("2019-01-06", 100, 7), "%Y-%m-%d,#").replaceAll("\n", "\r\n")}`,
    "W",
    days("2019-01-06", 100, 7),
  ),
  refuses(
    "Google Trends below one",
    `Category: All categories\n\n${table("Week,kayak: (Worldwide)", days("2019-01-06", 100, 7), (date, v) => `${write(date, "%Y-%m-%d")},${v % 20 === 3 ? "<1" : v}`)}`,
    "sign-in-number",
    /row 17.*--na '<1'.*--strip '<'/s,
  ),
  reads(
    "Google Trends below one, --strip",
    `Category: All categories\n\n${table("Week,kayak: (Worldwide)", days("2019-01-06", 100, 7), (date, v) => `${write(date, "%Y-%m-%d")},<${v}`)}`,
    "W",
    days("2019-01-06", 100, 7),
    { options: { strip: "<" } },
  ),
  refuses(
    "Google Trends of two terms",
    `Category: All categories\n\n${table("Month,kayak: (Worldwide),canoe: (Worldwide)", monthly, "%Y-%m,#,#5")}`,
    "ambiguous-value",
    /--value 'kayak: \(Worldwide\)'/,
  ),
  reads(
    "Google Analytics, comments, thousands and a row of the total",
    analytics(
      `${table("Day Index,Users", days("2020-01-01", 60), (date, v) => `${write(date, "%-m/%-d/%y")},"${v},000"`)},"2,370,000"\n`,
      "20200101-20200229",
    ),
    "D",
    days("2020-01-01", 60),
    { value: thousand, notes: ["footer-left-out"] },
  ),
  reads(
    "Google Analytics in months",
    analytics(`${table("Month of Year,Sessions", monthly, "%Y%m,#")}`, "20210101-20221231"),
    "M",
    monthly,
  ),
  reads(
    "Google Analytics 4, dates without marks",
    `# ----------------------------------------\n# Reports snapshot\n# Start date: 20230101\n# ----------------------------------------\n${table("Date,Active users", daily, "%Y%m%d,#")}`,
    "D",
    daily,
  ),
  reads(
    "SAP, trailing minus signs",
    table("Periode;Ist", monthly, (date, v) => `${write(date, "%m.%Y")};${v}.234,56-`),
    "M",
    monthly,
    { value: (row) => -(1000 * (10 + row) + 234.56) },
  ),
  reads(
    "SAP, trailing minus at a few",
    table(
      "Datum;Saldo",
      daily,
      (date, v) => `${write(date, "%d.%m.%Y")};${v}.234,56${v % 7 === 3 ? "-" : " "}`,
    ),
    "D",
    daily,
    { value: (row) => ((10 + row) % 7 === 3 ? -1 : 1) * (1000 * (10 + row) + 234.56) },
  ),
  reads(
    "SAP, fiscal periods of three digits",
    table("Period/Year;Amount", monthly, "0%m.%Y;#"),
    "M",
    monthly,
  ),
  reads(
    "SAP, fiscal years and periods without marks",
    table("FISCPER,AMOUNT", monthly, "%Y0%m,#"),
    "M",
    monthly,
  ),
  reads(
    "SAP, year and period in columns",
    table("Fiscal Year;Period;Amount", monthly, "%Y;%-m;#"),
    "M",
    monthly,
  ),
  reads(
    "SAP list with lines and bars",
    `---------------------------------\n|Datum     |Menge     |\n---------------------------------\n${table("", daily, (date, v) => `|${write(date, "%d.%m.%Y")}|  ${v}.000,5|`)}---------------------------------\n`,
    "D",
    daily,
    { value: (row) => 1000 * (10 + row) + 0.5 },
  ),
  reads(
    "Shopify by month with money",
    table("Month,Orders,Total sales", monthly, '%b %Y,3,"$#,000.50"'),
    "M",
    monthly,
    { options: { value: "Total sales", strip: "$" }, value: (row) => thousand(row) + 0.5 },
  ),
  reads(
    "Shopify by month with money, no --strip",
    table("Month,Total sales", monthly, '%b %Y,"$#,000.50"'),
    "M",
    monthly,
    { value: (row) => thousand(row) + 0.5, notes: ["units-left-out"] },
  ),
  reads(
    "Shopify by day with times of the shop",
    table("day,total_sales", daily, "%Y-%m-%dT00:00:00-05:00,#.5"),
    "D",
    daily,
    { value: (row) => 10.5 + row },
  ),
  reads(
    "Shopify, weeks by their beginning",
    table("Week,Net sales", days("2023-01-02", 40, 7), "%Y-%m-%d,#"),
    "W",
    days("2023-01-02", 40, 7),
  ),
  refuses(
    "Stripe, payments at any moment",
    table(
      "id,Amount,Created (UTC)",
      daily,
      (date, v) => `ch_${v},${v},${write(new Date(date.getTime() + v * v * 60_000), "%Y-%m-%d %H:%M")}`,
    ),
    "irregular-times",
    /--frequency/,
  ),
  reads("Stripe, months as UTC times", table("Month (UTC),Gross", monthly, "%Y-%m-%d 00:00,#"), "M", monthly),
  reads(
    "Yahoo Finance, business days with null",
    table("Date,Open,High,Low,Close,Adj Close,Volume", weekdays, (date, v) =>
      v === 15
        ? `${write(date, "%Y-%m-%d")},null,null,null,null,null,null`
        : `${write(date, "%Y-%m-%d")},1,2,0,${v},9,1000`,
    ),
    "B",
    weekdays,
    { missing: [5] },
  ),
  reads(
    "Yahoo Finance, copied from the page, newest first",
    newestFirst(table("Date,Open,Close,Volume", weekdays, '"%b %d, %Y",1,#,"1,000"')),
    "B",
    weekdays,
  ),
  reads(
    "Investing.com",
    `\ufeff${newestFirst(table('"Date","Price","Open","High","Low","Vol.","Change %"', weekdays, '"%m/%d/%Y","#","1.2","2","0","44.85M","0.28%"'))}`,
    "B",
    weekdays,
  ),
  reads(
    "Nasdaq with money",
    newestFirst(table("Date,Close/Last,Volume,Open", weekdays, "%m/%d/%Y,$#.5,44846020,$1.5")),
    "B",
    weekdays,
    { options: { value: "Close/Last", strip: "$" }, value: (row) => 10.5 + row },
  ),
  reads(
    "stooq in Polish",
    table("Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie,Wolumen", weekdays, "%Y-%m-%d,1,2,3,#,7"),
    "B",
    weekdays,
    { options: { value: "Zamkniecie" } },
  ),
  reads(
    "MetaTrader with a column of times",
    table(
      "<DATE>\t<TIME>\t<OPEN>\t<CLOSE>",
      minutesOf("2023-01-02T00:00:00", 60, 240),
      "%Y.%m.%d\t%H:%M:%S\t1\t#",
    ),
    "4H",
    minutesOf("2023-01-02T00:00:00", 60, 240),
    { options: { value: "<CLOSE>" } },
  ),
  reads(
    "Binance, milliseconds at the opening",
    table("open_time,open,close", days("2023-01-01", 60), (date, v) => `${date.getTime()},1,${v}`),
    "D",
    days("2023-01-01", 60),
  ),
  reads(
    "Power BI, year, quarter, month and day in columns",
    table("Year,Quarter,Month,Day,Sum of Sales", daily, "%Y,Qtr %q,%B,%-d,#"),
    "D",
    daily,
  ),
  reads(
    "Power BI, year and month in columns and filters below",
    `${table("Year,Month,Sum of Sales", monthly, "%Y,%B,#")}Total,,${sum(24)}\n\n"Applied filters:\nRegion is North"\n`,
    "M",
    monthly,
  ),
  reads(
    "pivot table with a grand total to the right and below",
    `Sum of Sales,Column Labels,,,\nRow Labels,2021,2022,2023,Grand Total\n${["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].map((month, m) => `${month},${10 + m},${22 + m},${34 + m},${66 + 3 * m}`).join("\n")}\nGrand Total,186,330,474,990\n`,
    "M",
    months("2021-01-01", 36),
  ),
  reads(
    "pivot table with one column of numbers and a grand total",
    `Row Labels,Sum of Sales\n${table("", monthly, "%b-%y,#")}Grand Total,${sum(24)}\n`,
    "M",
    monthly,
    { notes: ["totals-left-out"] },
  ),
  refuses(
    "pivot table with years above their months",
    `Row Labels,Sum of Sales\n2021,100\nJan,10\nFeb,11\nMar,12\n2022,100\nJan,13\nFeb,14\nMar,15\nGrand Total,200\n`,
    /bad-time|irregular-times|ambiguous-dates|duplicate-times/,
    /row|--time/,
  ),
  reads(
    "pivot table of months as times across and a total",
    `Product,Jan-21,Feb-21,Mar-21,Apr-21,Total\nA,10,11,12,13,46\nB,1010,1011,1012,1013,4046\nTotal,1020,1022,1024,1026,4092\n`,
    "M",
    months("2021-01-01", 4),
    { ids: ["A", "B"] },
  ),
  reads(
    "DATEV, months of a business analysis",
    `"EXTF";700;"BWA"\n${table("Monat;Umsatzerlöse;Kosten", monthly, '%m/%Y;#.000,00;"5.000,00"')}`,
    "M",
    monthly,
    { options: { value: "Umsatzerlöse" }, value: thousand },
  ),
  reads(
    "bank balance by month end, newest first",
    newestFirst(
      table(
        "Buchungstag;Valuta;Verwendungszweck;Saldo;Währung",
        monthEnds("2021-01-01", 24),
        '%d.%m.%Y;%d.%m.%Y;"Abschluss";"#.000,50";EUR',
      ),
    ),
    "ME",
    monthEnds("2021-01-01", 24),
    { value: (row) => thousand(row) + 0.5 },
  ),
  reads(
    "bank statement with properties above",
    `"Kontonummer:";"DE00 1234"\n\n"Von:";"01.01.2023"\n"Bis:";"01.03.2023"\n"Kontostand vom 01.03.2023:";"1.000,00 EUR"\n\n${newestFirst(table('"Buchungstag";"Wertstellung";"Saldo"', daily, '"%d.%m.%Y";"%d.%m.%Y";"#.000,00"'))}`,
    "D",
    daily,
    { value: thousand },
  ),
  refuses(
    "bank statement with several entries a day",
    table(
      "Date,Description,Amount",
      daily,
      (date, v) =>
        `${write(date, "%d/%m/%Y")},Shop ${v % 3},-${v}.50\n${write(date, "%d/%m/%Y")},Shop ${v % 3},-1.25`,
    ),
    "duplicate-times",
    /rows 2 and 3/,
  ),
  reads(
    "accounting negatives in brackets",
    table("Month,Result", monthly, (date, v) => `${write(date, "%b %Y")},${v % 5 === 0 ? `(${v})` : v}`),
    "M",
    monthly,
    { value: (row) => ((10 + row) % 5 === 0 ? -1 : 1) * (10 + row) },
  ),
  reads(
    "accounting negatives with thousands and money",
    table(
      "Month,Result",
      monthly,
      (date, v) => `${write(date, "%b %Y")},"${v % 5 === 0 ? `($${v},000.50)` : `$${v},000.50`}"`,
    ),
    "M",
    monthly,
    { options: { strip: "$" }, value: (row) => ((10 + row) % 5 === 0 ? -1 : 1) * (thousand(row) + 0.5) },
  ),
  reads("percent, --strip", table("Month,Rate", monthly, "%Y-%m,#.5%"), "M", monthly, {
    options: { strip: "%" },
    value: (row) => 10.5 + row,
  }),
  reads("percent", table("Month,Rate", monthly, "%Y-%m,#.5%"), "M", monthly, {
    value: (row) => 10.5 + row,
    notes: ["units-left-out"],
  }),
  reads(
    "money behind the number, --strip",
    table("Monat;Umsatz", monthly, "%m.%Y;#.000,50 €"),
    "M",
    monthly,
    { options: { strip: "€" }, value: (row) => thousand(row) + 0.5 },
  ),
  reads(
    "names of money before the number, --strip",
    table("Month,Sales", monthly, "%Y-%m,USD #.5"),
    "M",
    monthly,
    { options: { strip: "USD" }, value: (row) => 10.5 + row },
  ),
  reads("multiples of a thousand", table("Month,Users", monthly, "%Y-%m,#.5K"), "M", monthly, {
    value: (row) => thousand(row) + 500,
  }),
  reads(
    "fiscal quarters",
    table("Quarter,Revenue", quarters("2018-01-01", 20), "FY%y Q%q,#"),
    "Q",
    quarters("2018-01-01", 20),
  ),
  reads(
    "fiscal quarters with Q before the mark",
    table("Quarter,Revenue", quarters("2018-01-01", 20), "Q%q FY%Y,#"),
    "Q",
    quarters("2018-01-01", 20),
  ),
  reads(
    "fiscal years",
    table("Year,Revenue", years("2005-01-01", 16), "FY%Y,#"),
    "Y",
    years("2005-01-01", 16),
  ),
  reads(
    "fiscal years of two digits",
    table("Year,Revenue", years("2005-01-01", 16), "FY%y,#"),
    "Y",
    years("2005-01-01", 16),
  ),
  reads(
    "QuickBooks, months across with a total",
    `Profit and Loss\nAcme Inc.\n\n,Jan 2021,Feb 2021,Mar 2021,Apr 2021,Total\nIncome,10,11,12,13,46\n`,
    "M",
    months("2021-01-01", 4),
  ),
  reads(
    "Amazon, times in Pacific time",
    table("date/time,total", days("2023-01-01T00:00:00", 40), '"%b %-d, %Y 12:00:00 AM PST",#'),
    "D",
    days("2023-01-01", 40),
  ),
  reads(
    "Facebook Ads, beginning and end of reports",
    table("Reporting starts,Reporting ends,Amount spent (USD)", daily, "%Y-%m-%d,%Y-%m-%d,#"),
    "D",
    daily,
  ),
  reads(
    "Google Ads, a title, a range and a total",
    `Day report\n"January 1, 2023 - March 1, 2023"\n${table("Day,Clicks", daily, "%Y-%m-%d,#")}Total: Account,${sum(60)}\n`,
    "D",
    daily,
  ),
  reads(
    "Salesforce, a footer of five lines",
    `${table('"Close Month","Sum of Amount"', monthly, '"%B %Y","#"')}\n\n"Sales by month"\n"Copyright (c) 2000-2023 salesforce.com, inc. All rights reserved."\n"Confidential Information - Do Not Distribute"\n"Generated By:  A B  11/2/2023, 1:00 PM"\n"Acme"\n`,
    "M",
    monthly,
  ),
  reads(
    "Tableau, months of a date in words",
    table("Month of Order Date\tSales", monthly, '%B %Y\t"#,000"'),
    "M",
    monthly,
    { value: thousand },
  ),
  reads("Excel, days with weekdays", table("Date,Sales", daily, '"%A, %B %-d, %Y",#'), "D", daily),
  reads("Excel, Jan-20", table("Month,Sales", monthly, "%b-%y,#"), "M", monthly),
  reads("Excel, 20-Jan", table("Month,Sales", monthly, "%y-%b,#"), "M", monthly),
  reads("Excel, 1-Jan-21", table("Month,Sales", monthly, "%-d-%b-%y,#"), "M", monthly),
  reads(
    "Excel day numbers",
    table("Date,Sales", daily, (date, v) => `${date.getTime() / 86_400_000 + 25_569},${v}`),
    "D",
    daily,
    { notes: ["spreadsheet-days"] },
  ),
  reads(
    "Excel day numbers of months",
    table("Month,Sales", monthly, (date, v) => `${date.getTime() / 86_400_000 + 25_569},${v}`),
    "M",
    monthly,
  ),
  reads(
    "Excel day numbers with hours",
    table(
      "Time,Load",
      minutesOf("2023-01-01T00:00:00", 60, 60),
      (date, v) => `${(date.getTime() / 86_400_000 + 25_569).toFixed(9)},${v}`,
    ),
    "H",
    minutesOf("2023-01-01T00:00:00", 60, 60),
  ),
  reads(
    "Excel day numbers written with decimals",
    table("Date;Sales", daily, (date, v) => `${date.getTime() / 86_400_000 + 25_569}.0;${v}`),
    "D",
    daily,
  ),
];

function minutesOf(start: string, count: number, step: number): Date[] {
  const first = new Date(`${start}Z`).getTime();
  return Array.from({ length: count }, (_, i) => new Date(first + i * step * 60_000));
}
