import { days, months, reads, refuses, table, type Variant, write } from "./kit.js";

const monthly = months("2021-01-01", 24);
const daily = days("2023-01-01", 40);
const thousand = (row: number) => 1000 * (10 + row);
const million = (row: number) => 1_000_000 * (10 + row) + 345_678.5;

function utf16(text: string, bigEndian = false, mark = true): Uint8Array {
  const all = (mark ? "\ufeff" : "") + text;
  const bytes = new Uint8Array(2 * all.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < all.length; i++) view.setUint16(2 * i, all.charCodeAt(i), !bigEndian);
  return bytes;
}

/** Characters up to U+00FF as bytes, the euro as windows-1252 has it. */
const latin = (text: string) =>
  Uint8Array.from(text, (character) => (character === "€" ? 0x80 : character.charCodeAt(0)));

const plain = table("Month,Sales", monthly, "%Y-%m,#");
const german = table("Monat;Umsatz", monthly, "%m/%Y;#.345.678,5");

export const NUMBERS: readonly Variant[] = [
  reads("semicolons and decimal commas", table("date;value", daily, "%d.%m.%Y;#,25"), "D", daily, {
    value: (row) => 10.25 + row,
  }),
  reads("tabs and decimal commas", table("date\tvalue", daily, "%d.%m.%Y\t#,25"), "D", daily, {
    value: (row) => 10.25 + row,
  }),
  reads("bars", table("date|value", daily, "%Y-%m-%d|#.25"), "D", daily, { value: (row) => 10.25 + row }),
  reads("commas and quoted decimal commas", table("date,value", daily, '%Y-%m-%d,"#,25"'), "D", daily, {
    value: (row) => 10.25 + row,
  }),
  reads("tabs and thousands with commas", table("Month\tSales", monthly, '%b %Y\t"#,000"'), "M", monthly, {
    value: thousand,
  }),
  reads(
    "tabs and thousands with commas, quoted or not",
    table(
      "Month\tSales",
      monthly,
      (date, v) => `${write(date, "%b %Y")}\t${v % 2 === 0 ? `"${v},000"` : v * 1000}`,
    ),
    "M",
    monthly,
    { value: thousand },
  ),
  reads(
    "tabs and thousands with commas and points",
    table("Month\tSales", monthly, "%b %Y\t#,345,678.5"),
    "M",
    monthly,
    { value: million },
  ),
  reads("semicolons and thousands with points", german, "M", monthly, { value: million }),
  reads(
    "semicolons, thousands with points alone",
    table("Monat;Umsatz", monthly, "%m/%Y;#.000"),
    "M",
    monthly,
    { options: { decimal: "," }, value: thousand },
  ),
  reads(
    "semicolons, thousands with two points",
    table("Monat;Umsatz", monthly, "%m/%Y;#.000.000"),
    "M",
    monthly,
    { value: (row) => 1e6 * (10 + row) },
  ),
  reads("commas, quoted thousands", table("Month,Sales", monthly, '%Y-%m,"#,000"'), "M", monthly, {
    value: thousand,
  }),
  reads(
    "commas, quoted thousands of some rows",
    table(
      "Month,Sales",
      monthly,
      (date, v) => `${write(date, "%Y-%m")},${v % 3 === 0 ? `"${v},000"` : v * 1000}`,
    ),
    "M",
    monthly,
    { value: thousand },
  ),
  reads("thousands with blanks", table("Månad;Omsättning", monthly, "%Y-%m;# 345 678,5"), "M", monthly, {
    value: million,
  }),
  reads(
    "thousands with no-break spaces",
    table("Mois;Ventes", monthly, "%Y-%m;#\u00a0345\u00a0678,5"),
    "M",
    monthly,
    { value: million },
  ),
  reads(
    "thousands with narrow no-break spaces",
    table("Mois;Ventes", monthly, "%Y-%m;#\u202f345\u202f678,5"),
    "M",
    monthly,
    { value: million },
  ),
  reads("thousands with apostrophes", table("Monat;Umsatz", monthly, "%Y-%m;#'345'678.5"), "M", monthly, {
    value: million,
  }),
  reads(
    "thousands with typographic apostrophes",
    table("Monat;Umsatz", monthly, "%Y-%m;#’345’678.5"),
    "M",
    monthly,
    { value: million },
  ),
  reads("thousands in Indian groups", table("Month,Sales", monthly, '%Y-%m,"1,#,345.5"'), "M", monthly, {
    value: (row) => 100_000 + 1000 * (10 + row) + 345.5,
  }),
  reads(
    "no-break spaces in windows-1252",
    latin(table("Mois;Ventes réelles", monthly, "%Y-%m;#\u00a0345\u00a0678,5")),
    "M",
    monthly,
    { value: million },
  ),
  reads("latin letters of a byte", latin(table("Größe;Straße", monthly, "%Y-%m;#,5")), "M", monthly, {
    value: (row) => 10.5 + row,
  }),
  reads("euro signs of a byte, --strip", latin(table("Monat;Umsatz", monthly, "%Y-%m;#,5 €")), "M", monthly, {
    options: { strip: "€" },
    value: (row) => 10.5 + row,
  }),
  reads(
    "names of months of a byte",
    latin(
      table(
        "Monat;Umsatz",
        monthly,
        (date, v) =>
          `${["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"][date.getUTCMonth()]} ${write(date, "%Y")};${v}`,
      ),
    ),
    "M",
    monthly,
  ),
  reads("UTF-8 with a byte order mark", `\ufeff${plain}`, "M", monthly),
  reads(
    "UTF-16, little end first",
    utf16(plain.replaceAll("\n", "\r\n").replaceAll(",", "\t")),
    "M",
    monthly,
  ),
  reads("UTF-16, big end first", utf16(plain, true), "M", monthly),
  reads("UTF-16 without a mark", utf16(plain, false, false), "M", monthly),
  reads("carriage returns alone", plain.replaceAll("\n", "\r"), "M", monthly),
  reads("carriage returns and line feeds", plain.replaceAll("\n", "\r\n"), "M", monthly),
  reads("no line end at the end", plain.trimEnd(), "M", monthly),
  reads("blank lines between and below", `${plain.replace("2021-05", "\n2021-05")}\n\n\n`, "M", monthly),
  reads("rows of delimiters below", `${plain}${",\n".repeat(5)}`, "M", monthly),
  reads("a delimiter at the end of each row", table("Month,Sales,", monthly, "%Y-%m,#,"), "M", monthly),
  reads(
    "a delimiter at the end of each row but the header",
    table("Month,Sales", monthly, "%Y-%m,#,"),
    "M",
    monthly,
  ),
  reads("blanks around cells", table("Month , Sales", monthly, "%Y-%m ,  # "), "M", monthly),
  reads("all cells quoted", table('"Month";"Sales"', monthly, '"%Y-%m";"#"'), "M", monthly),
  reads("quotes in names", table('"Month","Sales ""net"""', monthly, '%Y-%m,"#"'), "M", monthly),
  reads("line ends in names", table('"Month","Sales\nnet"', monthly, "%Y-%m,#"), "M", monthly),
  reads(
    "line ends in a remark",
    table(
      "Month,Note,Sales",
      monthly,
      (date, v) => `${write(date, "%Y-%m")},"a${v === 13 ? "\nb" : ""}",${v}`,
    ),
    "M",
    monthly,
  ),
  refuses(
    "the row behind a line end in quotes",
    table(
      "Month,Note,Sales",
      monthly,
      (date, v) => `${write(date, "%Y-%m")},"a${v === 13 ? "\n\nb" : ""}",${v === 20 ? "x" : v}`,
    ),
    "text-in-value",
    /row 14/,
  ),
  refuses(
    "the row behind lines above",
    `Title\nUnits: MW\n\n${table("Month,Sales", monthly, (date, v) => `${write(date, "%Y-%m")},${v === 20 ? "x" : v}`)}`,
    "text-in-value",
    /row 15/,
  ),
  reads("sep= above", `sep=;\n${table("Month;Sales", monthly, "%Y-%m;#")}`, "M", monthly),
  reads("decimal points without a digit before", table("Month,Rate", monthly, "%Y-%m,.#"), "M", monthly, {
    value: (row) => (10 + row) / 100,
  }),
  reads("exponents", table("Month,Rate", monthly, "%Y-%m,#E+03"), "M", monthly, { value: thousand }),
  reads("plus signs", table("Month,Rate", monthly, "%Y-%m,+#"), "M", monthly),
  reads("typographic minus signs", table("Month,Rate", monthly, "%Y-%m,−#.5"), "M", monthly, {
    value: (row) => -(10.5 + row),
  }),
  reads("en dashes as minus signs", table("Month,Rate", monthly, "%Y-%m,–#.5"), "M", monthly, {
    value: (row) => -(10.5 + row),
  }),
  reads("blanks behind minus signs", table("Month;Rate", monthly, "%Y-%m;- #,5"), "M", monthly, {
    value: (row) => -(10.5 + row),
  }),
  reads(
    "trailing minus signs and decimal points",
    table("Month;Result", monthly, '%Y-%m;"#,000.5-"'),
    "M",
    monthly,
    { value: (row) => -(thousand(row) + 0.5) },
  ),
  reads(
    "brackets around all losses, German",
    table(
      "Monat;Ergebnis",
      monthly,
      (date, v) => `${write(date, "%m.%Y")};${v % 4 === 1 ? `(${v}.000,5)` : `${v}.000,5`}`,
    ),
    "M",
    monthly,
    { value: (row) => ((10 + row) % 4 === 1 ? -1 : 1) * (thousand(row) + 0.5) },
  ),
  reads(
    "zero in brackets of blanks",
    table("Month,Result", monthly, (date, v) => `${write(date, "%Y-%m")},${v === 13 ? "( 13 )" : v}`),
    "M",
    monthly,
    { value: (row) => (row === 3 ? -13 : 10 + row) },
  ),
  ...[
    "",
    "NA",
    "N/A",
    "#N/A",
    "nan",
    "NULL",
    "-",
    "--",
    "..",
    ".",
    ":",
    "?",
    "n.a.",
    "None",
    "<NA>",
    "k.A.",
    "n/d",
    "Missing",
    "no data",
    "unavailable",
    "(null)",
  ].map((mark) =>
    reads(
      `missing as ${JSON.stringify(mark)}`,
      table("Month,Sales", monthly, (date, v) => `${write(date, "%Y-%m")},${v === 15 ? mark : v}`),
      "M",
      monthly,
      { missing: [5] },
    ),
  ),
  ...["x", "#DIV/0!", "#REF!", "s", "(b)", "*", "ND"].map((mark) =>
    refuses(
      `missing as ${JSON.stringify(mark)}`,
      table("Month,Sales", monthly, (date, v) => `${write(date, "%Y-%m")},${v === 15 ? mark : v}`),
      /text-in-value|sign-in-number/,
      /row 7.*--na/,
    ),
  ),
  ...["x", "k.A.", "n/d", "Missing", "#DIV/0!", "-9999", "-99.9", "0"].map((mark) =>
    reads(
      `missing as ${JSON.stringify(mark)}, --na`,
      table("Month,Sales", monthly, (date, v) => `${write(date, "%Y-%m")},${v === 15 ? mark : v}`),
      "M",
      monthly,
      { options: { na: [mark] }, missing: [5] },
    ),
  ),
  reads(
    "provisional marks, --strip",
    table("Month,Sales", monthly, (date, v) => `${write(date, "%Y-%m")},${v}${v > 30 ? " p" : ""}`),
    "M",
    monthly,
    { options: { strip: "p" } },
  ),
  refuses(
    "provisional marks",
    table("Month,Sales", monthly, (date, v) => `${write(date, "%Y-%m")},${v}${v > 30 ? " p" : ""}`),
    "sign-in-number",
    /row 23.*--strip p/,
  ),
  reads(
    "footnotes in brackets, --strip",
    table("Month,Sales", monthly, (date, v) => `${write(date, "%Y-%m")},${v}${v > 30 ? " (e)" : ""}`),
    "M",
    monthly,
    { options: { strip: "(e)" } },
  ),
  refuses(
    "one mangled cell among thousands",
    table("ds,sales", daily, (date, v) => `${write(date, "%Y-%m-%d")},"${v === 20 ? "4,14" : `${v},000`}"`),
    /text-in-value|ambiguous-number/,
    /row 12.*4,14/,
  ),
  refuses(
    "one mangled cell in the first row",
    table("ds,sales", daily, (date, v) => `${write(date, "%Y-%m-%d")},"${v === 10 ? "4,14" : `${v},000`}"`),
    /text-in-value|ambiguous-number/,
    /row 2.*4,14/,
  ),
  refuses(
    "one mangled cell in the last row",
    table("ds,sales", daily, (date, v) => `${write(date, "%Y-%m-%d")},"${v === 49 ? "4,1" : `${v},000`}"`),
    /text-in-value|ambiguous-number/,
    /row 41.*4,1/,
  ),
  refuses(
    "one cell with the other decimal mark",
    table("ds;sales", daily, (date, v) => `${write(date, "%Y-%m-%d")};${v === 20 ? "20.25" : `${v},25`}`),
    /text-in-value|ambiguous-number/,
    /row 12.*20\.25/,
  ),
  reads("numbers beyond 2^53 told", table("ds,y", daily, "%Y-%m-%d,90071992547409#"), "D", daily, {
    value: (row) => 9_007_199_254_740_910 + row,
    notes: ["beyond-precision"],
  }),
  reads(
    "JSON records",
    JSON.stringify(monthly.map((date, i) => ({ month: write(date, "%Y-%m"), sales: 10 + i }))),
    "M",
    monthly,
  ),
  reads(
    "JSON lines",
    `${monthly.map((date, i) => JSON.stringify({ ds: write(date, "%Y-%m-%d"), y: 10 + i })).join("\n")}\n`,
    "M",
    monthly,
  ),
  reads(
    "JSON, an API with its records inside",
    JSON.stringify({
      status: "ok",
      response: {
        total: 24,
        data: monthly.map((date, i) => ({ period: write(date, "%Y-%m"), value: String(10 + i) })),
      },
    }),
    "M",
    monthly,
  ),
  reads(
    "JSON, pairs of time and value",
    JSON.stringify(daily.map((date, i) => [date.getTime(), 10 + i])),
    "D",
    daily,
  ),
  reads(
    "JSON, an object of times and values",
    JSON.stringify(Object.fromEntries(daily.map((date, i) => [write(date, "%Y-%m-%d"), 10 + i]))),
    "D",
    daily,
  ),
  reads(
    "JSON, missing values as null",
    JSON.stringify(
      monthly.map((date, i) => ({ month: write(date, "%Y-%m"), sales: i === 4 ? null : 10 + i })),
    ),
    "M",
    monthly,
    { missing: [4] },
  ),
];
