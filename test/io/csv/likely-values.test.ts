import { describe, expect, test } from "vitest";
import { parseCsv } from "../../../src/io/csv/parse-csv.js";
import { lines, refusalOf } from "../csv-cases.js";

const day = (row: number) => new Date(Date.UTC(2020, 0, 1 + row)).toISOString().slice(0, 10);
const rows = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i));

describe("columns that measure nothing are never the values", () => {
  test.each([
    ["STATIONS_ID", "433"],
    ["station_id", "17"],
    ["zip", "10115"],
    ["PLZ", "01069"],
    ["meter_no", "778812"],
    ["lat", "52.5"],
    ["quality", "0"],
  ])("%s, %s in every row", async (name, cell) => {
    const { decisions } = await parseCsv(
      lines(`date,${name},reading`, ...rows(30, (i) => `${day(i)},${cell},${i % 7}`)),
    );
    expect(decisions.values).toEqual(["reading"]);
  });

  test("the climate file of the German weather service", async () => {
    const text = lines(
      "STATIONS_ID;MESS_DATUM;QN_3;TMK;eor",
      ...rows(30, (i) => `        433;${day(i).replaceAll("-", "")};    3;  ${i % 7}.5;eor`),
    );
    const { decisions, panel } = await parseCsv(text);
    expect([decisions.time, decisions.values, panel.length]).toEqual(["MESS_DATUM", ["TMK"], 1]);
  });

  test("two columns that both change are still asked about", async () => {
    const error = await refusalOf(lines("date,a,b", ...rows(30, (i) => `${day(i)},${i},${i % 7}`)));
    expect(error.code).toBe("ambiguous-value");
  });

  test("a constant alone is the values", async () => {
    const { decisions } = await parseCsv(lines("date,a", ...rows(30, (i) => `${day(i)},5`)));
    expect(decisions.values).toEqual(["a"]);
  });

  test("zeros at the beginning of a long file may end", async () => {
    const text = lines("date,a,b", ...rows(900, (i) => `${day(i)},${i < 700 ? 0 : 1},${i % 7}`));
    expect((await refusalOf(text)).code).toBe("ambiguous-value");
  });
});

describe("ids that change after the first rows of a file only", () => {
  test.each(["product_code", "zip", "store", "customer no"])("%s tells series apart", async (name) => {
    const text = lines(
      `date,${name},sales`,
      ...["1001", "1002"].flatMap((id) => rows(700, (i) => `${day(i)},${id},${i % 7}`)),
    );
    const { panel } = await parseCsv(text);
    expect(panel.map(({ id, y }) => [id, y.length])).toEqual([
      ["1001", 700],
      ["1002", 700],
    ]);
  });
});
