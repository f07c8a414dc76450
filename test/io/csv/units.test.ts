import { describe, expect, test } from "vitest";
import { parseCsv } from "../../../src/io/csv/parse-csv.js";
import { lines, noteOf, onlySeries, refusalOf } from "../csv-cases.js";

const MONTHS = Array.from(
  { length: 24 },
  (_, i) => `${2021 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}`,
);
const column = (cells: readonly string[], delimiter = ",", name = "sales") =>
  lines(`month${delimiter}${name}`, ...cells.map((cell, i) => `${MONTHS[i]}${delimiter}${cell}`));

describe("what stands beside every number of a column is left out, and told", () => {
  test.each<[string, string, string, number[]]>([
    ["money before", ",", '"$1,200.50" "$1,300.00" "-$900.25" "($1,000.00)"', [1200.5, 1300, -900.25, -1000]],
    ["money before, with a blank", ";", "€_1.234,56 €_-5,00 €_0,50", [1234.56, -5, 0.5]],
    ["money behind", ";", "1.234,56_€ -5,00_€ 7,25_€-", [1234.56, -5, -7.25]],
    ["Swiss money", ";", "CHF_1'200.– CHF_950.50 CHF_12.–", [1200, 950.5, 12]],
    ["money of three letters", ",", "USD_10.5 USD_11 USD_-12", [10.5, 11, -12]],
    ["reais", ";", "R$_1.200,00 R$_900,50 R$_1.000,00", [1200, 900.5, 1000]],
    ["lakhs", ",", '"₹1,23,456.00" "₹98,000.00" "₹2,00,000.50"', [123456, 98000, 200000.5]],
    ["złoty", ";", "1_200,50_zł 900,00_zł 1_000,25_zł", [1200.5, 900, 1000.25]],
    ["percent", ",", "12.5% -3% 0 7.25%", [12.5, -3, 0, 7.25]],
    ["percent with a comma", ";", "12,5_% -3,0_% 7,25_%", [12.5, -3, 7.25]],
    ["measures", ",", "12.5_kWh 13_kWh 9.75_kWh", [12.5, 13, 9.75]],
    ["degrees", ",", "-2.5_°C 13_°C 0_°C", [-2.5, 13, 0]],
    ["words", ",", "12_units 13_units 9_units", [12, 13, 9]],
    ["megawatts are no millions", ",", "12_MW 13_MW 9_MW", [12, 13, 9]],
  ])("%s", async (_, delimiter, cells, numbers) => {
    const text = column(
      cells.split(" ").map((cell) => cell.replaceAll("_", " ")),
      delimiter,
    );
    expect([...(await onlySeries(text)).y]).toEqual(numbers);
    expect(noteOf(await parseCsv(text), "units-left-out")).toMatch(/^The numbers of sales are read without /);
  });

  test.each<[string, string, number[]]>([
    ["thousands", "1.2k 3.4k 950k", [1200, 3400, 950_000]],
    ["millions of money", "$3.4M $12M $0.9M", [3_400_000, 12_000_000, 900_000]],
    ["pounds in millions", "£3.4m £12m £0.9m", [3_400_000, 12_000_000, 900_000]],
    ["billions", "$1.1bn $2bn $0.25bn", [1.1e9, 2e9, 0.25e9]],
    ["Tsd.", "12_Tsd. 13_Tsd. 9_Tsd.", [12_000, 13_000, 9000]],
    ["Mio. €", "1.2_Mio._€ 13_Mio._€ 9_Mio._€", [1_200_000, 13_000_000, 9_000_000]],
    ["thousands of euros", "12_k€ 13.5_k€ 9_k€", [12_000, 13_500, 9000]],
    ["T€", "12_T€ 13.5_T€ 9_T€", [12_000, 13_500, 9000]],
    ["abbreviated from a thousand on", "950 999 1.2K 15K 3.4M", [950, 999, 1200, 15_000, 3_400_000]],
    ["abbreviated money", "$950 $1.2K $3.4M", [950, 1200, 3_400_000]],
  ])("multiples are written out: %s", async (_, cells, numbers) => {
    const text = column(cells.split(" ").map((cell) => cell.replaceAll("_", " ")));
    expect([...(await onlySeries(text)).y]).toEqual(numbers);
    expect(noteOf(await parseCsv(text), "units-left-out")).toMatch(/^The numbers of sales are read with/);
  });

  test("the note names a cell and its number", async () => {
    expect(noteOf(await parseCsv(column(["1.2k", "3.4k", "5k"])), "units-left-out")).toBe(
      "The numbers of sales are read with their multiples: 1.2k is 1200.",
    );
  });

  test("in a table with times across", async () => {
    const text = lines(["City", ...MONTHS].join(), ["Oslo", ...MONTHS.map((__, i) => `${i}.5 °C`)].join());
    expect([...(await onlySeries(text)).y].slice(0, 3)).toEqual([0.5, 1.5, 2.5]);
  });

  test("in inputs, and in their future", async () => {
    const text = lines("month,y,price", ...MONTHS.map((month, i) => `${month},${i},$${10 + i}.00`));
    const { panel } = await parseCsv(text, { value: "y", inputs: ["price"] });
    expect(panel[0]!.inputs.columns[0]![3]).toBe(13);
  });

  test("the only other numbers are years, or count rows", async () => {
    const years = lines(
      "Year;GDP",
      ...Array.from({ length: 12 }, (_, i) => `${2000 + i};1.${100 + i},5 Mrd. EUR`),
    );
    expect((await onlySeries(years)).y[1]).toBe(1101.5e9);
  });
});

describe("mixtures are refused with a way out", () => {
  test.each<[string, string, RegExp]>([
    ["two currencies", "$5 $6 €7", /\$|€/],
    ["percent and shares", "5% 0.06 7%", /--strip %/],
    ["two measures", "5_kWh 6_kWh 7_MWh", /several units \(kWh, MWh\); write all in one of them/],
    ["thousands and numbers in full", "5k 6000 7k", /write the number in full/],
    ["millions and numbers below a thousand", "1 1.2M 3", /write the number in full/],
    ["credit", "5.00_CR 6.00_CR 7.00_CR", /credit or debit/],
  ])("%s", async (_, cells, says) => {
    const error = await refusalOf(column(cells.split(" ").map((cell) => cell.replaceAll("_", " "))));
    expect(error.message).toMatch(says);
  });

  test.each<[string, string, RegExp]>([
    ["€12", "$12", /"€12" has another unit than the numbers above, such as "\$12"; write all in one unit/],
    ["12", "$12", /"12" has another unit than the numbers above, such as "\$12"/],
  ])("%s a thousand rows below %s", async (cell, usual, says) => {
    const rows = Array.from({ length: 1200 }, (_, i) => `${i + 1},${i === 1100 ? cell : usual}`);
    expect((await refusalOf(lines("n,price", ...rows))).message).toMatch(says);
  });
});

test("a column with units beside one of plain numbers is no value", async () => {
  const text = lines("month,sales,pack", ...MONTHS.map((month, i) => `${month},${10 + i},${i % 3} pcs`));
  expect((await onlySeries(text)).y[2]).toBe(12);
});
