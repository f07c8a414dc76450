import {
  days,
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
const daily = days("2023-01-01", 40);
const yearly = years("2001-01-01", 20);
const plain = table("Month,Sales", monthly, "%Y-%m,#");
const sum = Array.from({ length: 24 }, (_, i) => 10 + i).reduce((a, b) => a + b, 0);
const names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const across = (from: number) => yearly.map((_, i) => from + i).join(",");
const yearHeader = yearly.map((date) => write(date, "%Y")).join(",");

const below = (rows: string) => `${plain}${rows}\n`;
const above = (rows: string) => `${rows}\n${plain}`;

export const TABLES: readonly Variant[] = [
  ...[
    ["a title", "Sales of Acme"],
    ["a title and a blank line", "Sales of Acme\n"],
    ["a title with a comma", '"Sales, net of tax"'],
    ["a title of as many cells", "Sales of Acme,"],
    ["properties", "Unit:,EUR\nRegion:,North\n"],
    ["properties with dates", "Created:,2023-11-02\nFrom:,2021-01\nTo:,2022-12\n"],
    ["comments", "# made by hand\n# in 2023"],
    ["comments with numbers", "# 1,2\n# 2,3"],
    ["a line of text with a number", "Report 2023"],
    ["five lines of text", "Report\nof\nsales\nby\nmonth\n"],
    ["blank lines", "\n\n"],
    ["rows of delimiters", ",\n,"],
    ["a title in brackets", "[Sales]"],
    ["slashes as comments", "// made by hand"],
  ].map(([name, rows]) => reads(`above: ${name}`, above(rows!), "M", monthly)),
  ...[
    ["Total", `Total,${sum}`],
    ["Grand Total", `Grand Total,${sum}`],
    ["Summe", `Summe,${sum}`],
    ["TOTAL with a blank row before", `,\nTOTAL,${sum}`],
    ["Total:", `Total:,${sum}`],
    ["Gesamt", `Gesamt,${sum}`],
    ["Total général", `Total général,${sum}`],
    ["Mean", "Mean,21.5"],
    ["Average and sum", `Average,21.5\nSum,${sum}`],
    ["Min and max", "Min,10\nMax,33"],
    ["a total without a word", `,${sum}`],
    ["a source", "Source: Acme"],
    ["a source with a comma", "Source: Acme, Berlin"],
    ["a source below a blank line", "\nSource: Acme"],
    ["Quelle", "Quelle: Statistisches Bundesamt"],
    ["Fuente", "Fuente: INE"],
    ["Note", '"Note: figures are provisional, and may change."'],
    ["a sentence", "Figures for 2022 are provisional."],
    ["a star", "* provisional"],
    ["the day of export", "Exported on 2023-11-02"],
    ["the day of export in two cells", "Exported,2023-11-02"],
    ["a line", "----------"],
    ["end of file", "END OF DATA"],
    ["a comment", "# end"],
    ["a copyright", "© 2023 Acme Inc."],
  ].map(([name, rows]) => reads(`below: ${name}`, below(rows!), "M", monthly)),
  reads("units below the header", table("Month,Sales\n,EUR", monthly, "%Y-%m,#"), "M", monthly, {
    notes: ["units-row"],
  }),
  reads(
    "units in brackets below the header",
    table("Month,Sales\n[-],[kEUR]", monthly, "%Y-%m,#"),
    "M",
    monthly,
  ),
  reads("units with a pattern of dates", table("time;load\nyyyy-mm;MW", monthly, "%Y-%m;#"), "M", monthly),
  reads("two rows of header", table(",Germany\nMonth,Sales", monthly, "%Y-%m,#"), "M", monthly),
  reads(
    "two rows of header, the upper with merged cells",
    table(",Germany,,France,\nMonth,Sales,Costs,Sales,Costs", monthly, "%Y-%m,#,1,2,3"),
    "M",
    monthly,
    { options: { value: "Germany Sales" } },
  ),
  reads("names below a row of codes", table("A2301,A2302\nMonth,Sales", monthly, "%Y-%m,#"), "M", monthly),
  reads("pandas, a row of the name of the index", table(",Sales\nMonth,", monthly, "%Y-%m,#"), "M", monthly),
  reads(
    "repeated headers",
    table(
      "Month,Sales",
      monthly,
      (date, v) => `${v % 10 === 0 && v > 10 ? "Month,Sales\n" : ""}${write(date, "%Y-%m")},${v}`,
    ),
    "M",
    monthly,
    { notes: ["repeated-header"] },
  ),
  reads(
    "subtotals of years",
    table(
      "Month,Sales",
      monthly,
      (date, v) => `${write(date, "%Y-%m")},${v}${date.getUTCMonth() === 11 ? `\nSubtotal,${v}` : ""}`,
    ),
    "M",
    monthly,
    { notes: ["totals-left-out"] },
  ),
  reads(
    "totals of years named with the year",
    table(
      "Month,Sales",
      monthly,
      (date, v) =>
        `${write(date, "%Y-%m")},${v}${date.getUTCMonth() === 11 ? `\nTotal ${write(date, "%Y")},${v}` : ""}`,
    ),
    "M",
    monthly,
  ),
  reads(
    "totals of years with the year before",
    table(
      "Month;Sales",
      monthly,
      (date, v) =>
        `${write(date, "%m/%Y")};${v}${date.getUTCMonth() === 11 ? `\n${write(date, "%Y")} Total;${v}` : ""}`,
    ),
    "M",
    monthly,
  ),
  reads("--skip beyond the title", `Sales 1,2\nMonth,Sales\n${plain}`, "M", monthly, {
    options: { skip: 2 },
  }),
  reads(
    "an index without a name",
    table(",Month,Sales", monthly, (date, v) => `${v - 10},${write(date, "%Y-%m")},${v}`),
    "M",
    monthly,
  ),
  reads(
    "Unnamed: 0",
    table("Unnamed: 0,ds,y", monthly, (date, v) => `${v - 10},${write(date, "%Y-%m-%d")},${v}`),
    "M",
    monthly,
  ),
  reads(
    "an index of R",
    table('"","date","value"', monthly, (date, v) => `"${v - 9}",${write(date, "%Y-%m-%d")},${v}`),
    "M",
    monthly,
  ),
  reads(
    "an index of R without a name",
    table('"date","value"', monthly, (date, v) => `"${v - 9}",${write(date, "%Y-%m-%d")},${v}`),
    "M",
    monthly,
  ),
  reads("times without a name", table(",sales", monthly, "%Y-%m-%d,#"), "M", monthly),
  reads("a series of pandas", table(",0", monthly, "%Y-%m-%d,#"), "M", monthly),
  reads("no header", table("", monthly, "%Y-%m-%d,#"), "M", monthly),
  reads(
    "no header, three columns",
    ["a", "b"]
      .map((id, at) => table("", monthly, (date, v) => `${id},${write(date, "%Y-%m-%d")},${v + 1000 * at}`))
      .join(""),
    "M",
    monthly,
    { ids: ["a", "b"] },
  ),
  reads("no header, newest first", newestFirst(table("", monthly, "%b %Y;#"), 0), "M", monthly),
  reads("no header, years", table("", yearly, "%Y,#"), "Y", yearly),
  reads("years over one series", `Country,${yearHeader}\nNorway,${across(10)}\n`, "Y", yearly),
  reads(
    "years over series",
    `Country,${yearHeader}\nNorway,${across(10)}\nSweden,${across(1010)}\n`,
    "Y",
    yearly,
    { ids: ["Norway", "Sweden"] },
  ),
  reads(
    "years over series with a code",
    `Country,Code,${yearHeader}\nNorway,NOR,${across(10)}\nSweden,SWE,${across(1010)}\n`,
    "Y",
    yearly,
    { ids: ["Norway", "Sweden"] },
  ),
  reads(
    "years with X of R over series",
    `"Country",${yearly.map((date) => `"X${write(date, "%Y")}"`).join(",")}\nNorway,${across(10)}\nSweden,${across(1010)}\n`,
    "Y",
    yearly,
    { ids: ["Norway", "Sweden"] },
  ),
  reads(
    "years newest first over series",
    `Country,${yearly
      .toReversed()
      .map((date) => write(date, "%Y"))
      .join(",")}\nNorway,${yearly.map((_, i) => 29 - i).join(",")}\n`,
    "Y",
    yearly,
  ),
  reads(
    "fiscal years over series",
    `Country,${yearly.map((date) => write(date, "FY%Y")).join(",")}\nNorway,${across(10)}\nSweden,${across(1010)}\n`,
    "Y",
    yearly,
    { ids: ["Norway", "Sweden"] },
  ),
  reads(
    "months over series",
    `Item,${monthly.map((date) => write(date, "%b-%y")).join(",")}\nA,${monthly.map((_, i) => 10 + i).join(",")}\nB,${monthly.map((_, i) => 1010 + i).join(",")}\n`,
    "M",
    monthly,
    { ids: ["A", "B"] },
  ),
  reads(
    "days over series",
    `item,store,${daily.map((date) => write(date, "%Y-%m-%d")).join(",")}\nA,1,${daily.map((_, i) => 10 + i).join(",")}\nA,2,${daily.map((_, i) => 1010 + i).join(",")}\n`,
    "D",
    daily,
    { ids: ["A/1", "A/2"] },
  ),
  reads(
    "American days over series",
    `item,${daily.map((date) => write(date, "%-m/%-d/%y")).join(",")}\nA,${daily.map((_, i) => 10 + i).join(",")}\nB,${daily.map((_, i) => 1010 + i).join(",")}\n`,
    "D",
    daily,
    { ids: ["A", "B"] },
  ),
  reads(
    "quarters over series",
    `Country;${quarters("2018-01-01", 12)
      .map((date) => write(date, "Q%q %Y"))
      .join(";")}\nA;${monthly
      .slice(0, 12)
      .map((_, i) => 10 + i)
      .join(";")}\nB;${monthly
      .slice(0, 12)
      .map((_, i) => 1010 + i)
      .join(";")}\n`,
    "Q",
    quarters("2018-01-01", 12),
    { ids: ["A", "B"] },
  ),
  reads(
    "years over months",
    `Month,2021,2022,2023\n${names.map((name, m) => `${name},${10 + m},${22 + m},${34 + m}`).join("\n")}\n`,
    "M",
    months("2021-01-01", 36),
  ),
  reads(
    "years over months, the last year not yet full",
    `Month,2021,2022,2023\n${names.map((name, m) => `${name},${10 + m},${22 + m},${m < 7 ? 34 + m : ""}`).join("\n")}\n`,
    "M",
    months("2021-01-01", 31),
  ),
  reads(
    "years over months, one year",
    `Month,2021,2022,2023\n${names.map((name, m) => `${name},${1 + m},${10 + m},${34 + m}`).join("\n")}\n`,
    "M",
    months("2022-01-01", 12),
    { options: { value: "2022" } },
  ),
  reads(
    "years over months of numbers",
    `Month,2021,2022,2023\n${names.map((_, m) => `${m + 1},${10 + m},${22 + m},${34 + m}`).join("\n")}\n`,
    "M",
    months("2021-01-01", 36),
  ),
  reads(
    "years over months with a total row",
    `Month;2021;2022;2023\n${names.map((name, m) => `${name};${10 + m};${22 + m};${34 + m}`).join("\n")}\nTotal;186;330;474\n`,
    "M",
    months("2021-01-01", 36),
  ),
  reads(
    "years over months with a mean column",
    `Month;2021;2022;2023;Mean\n${names.map((name, m) => `${name};${10 + m};${22 + m};${34 + m};${22 + m}`).join("\n")}\n`,
    "M",
    months("2021-01-01", 36),
  ),
  reads(
    "years over quarters",
    `Quarter,2020,2021,2022\n${[1, 2, 3, 4].map((quarter) => `Q${quarter},${9 + quarter},${13 + quarter},${17 + quarter}`).join("\n")}\n`,
    "Q",
    quarters("2020-01-01", 12),
  ),
  reads(
    "months over years",
    `Year,${names.join(",")}\n${[2020, 2021, 2022].map((year, y) => `${year},${names.map((_, m) => 10 + 12 * y + m).join(",")}`).join("\n")}\n`,
    "M",
    months("2020-01-01", 36),
  ),
  reads(
    "months over years with a total",
    `Year,${names.join(",")},Total\n${[2020, 2021, 2022].map((year, y) => `${year},${names.map((_, m) => 10 + 12 * y + m).join(",")},500`).join("\n")}\n`,
    "M",
    months("2020-01-01", 36),
  ),
  reads(
    "months of full names over years, newest first",
    `Year;${"January February March April May June July August September October November December".split(" ").join(";")}\n${[2022, 2021, 2020].map((year) => `${year};${names.map((_, m) => 10 + 12 * (year - 2020) + m).join(";")}`).join("\n")}\n`,
    "M",
    months("2020-01-01", 36),
  ),
  reads(
    "months of numbers over years",
    `Year,1,2,3,4,5,6,7,8,9,10,11,12\n${[2020, 2021, 2022].map((year, y) => `${year},${names.map((_, m) => 10 + 12 * y + m).join(",")}`).join("\n")}\n`,
    "M",
    months("2020-01-01", 36),
  ),
  reads(
    "months over years, the last year not yet full",
    `Year,${names.join(",")}\n${[2020, 2021].map((year, y) => `${year},${names.map((_, m) => (y === 1 && m > 4 ? "" : 10 + 12 * y + m)).join(",")}`).join("\n")}\n`,
    "M",
    months("2020-01-01", 17),
  ),
  reads(
    "quarters over years",
    `Year,Q1,Q2,Q3,Q4\n${[2020, 2021, 2022].map((year, y) => `${year},${[0, 1, 2, 3].map((quarter) => 10 + 4 * y + quarter).join(",")}`).join("\n")}\n`,
    "Q",
    quarters("2020-01-01", 12),
  ),
  reads(
    "quarters over years with the year in text",
    `Fiscal year,Q1,Q2,Q3,Q4\n${[2020, 2021, 2022].map((year, y) => `FY${year},${[0, 1, 2, 3].map((quarter) => 10 + 4 * y + quarter).join(",")}`).join("\n")}\n`,
    "Q",
    quarters("2020-01-01", 12),
  ),
  reads(
    "months over years of several places",
    `Place,Year,${names.join(",")}\n${["A", "B"].flatMap((place, p) => [2020, 2021].map((year, y) => `${place},${year},${names.map((_, m) => 10 + 1000 * p + 12 * y + m).join(",")}`)).join("\n")}\n`,
    "M",
    months("2020-01-01", 24),
    { ids: ["A", "B"] },
  ),
  reads(
    "hours over days",
    `Date,${Array.from({ length: 24 }, (_, hour) => `H${hour + 1}`).join(",")}\n${[1, 2, 3].map((day) => `2023-05-0${day},${Array.from({ length: 24 }, (_, hour) => 10 + 24 * (day - 1) + hour).join(",")}`).join("\n")}\n`,
    "H",
    [],
    { first: "2023-05-01T01:00:00", last: "2023-05-04", steps: 72 },
  ),
  refuses(
    "a column of text in a table without numbers",
    "a,b\nx,y\nz,w\n",
    "no-value-column",
    /columns are a, b/,
  ),
];
