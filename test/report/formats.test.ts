import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decimalsFor, fixed, probability, significant } from "../../src/report/numbers.js";
import type { Table } from "../../src/report/table.js";
import { colors } from "../../src/report/terminal/colors.js";
import { terminalTable } from "../../src/report/terminal/table.js";
import { csvText } from "../../src/report/text/csv.js";
import { jsonText, ndjsonLines } from "../../src/report/text/json.js";
import { markdownText } from "../../src/report/text/markdown.js";

const TABLE: Table = {
  columns: [{ name: "ds" }, { name: "mean", round: "shared" }, { name: "lo-80", round: "shared" }],
  rows: [
    ["1961-01-01", 450.4224, 421.8],
    ["1961-02-01", -1.25, Number.NaN],
  ],
};

describe("csv", () => {
  test("numbers stand in full, missing ones as nothing", () => {
    expect(csvText(TABLE)).toBe("ds,mean,lo-80\n1961-01-01,450.4224,421.8\n1961-02-01,-1.25,\n");
  });

  test("any text and any double survive a round trip through csv-parse", () => {
    const rows = fc.array(fc.tuple(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(rows, (given) => {
        const text = csvText({ columns: [{ name: "a" }, { name: "b" }], rows: given });
        const [, ...read] = parse(text) as string[][];
        expect(read.map(([a, b]) => [a, Number(b)])).toEqual(given.map(([a, b]) => [a, b === 0 ? 0 : b]));
      }),
    );
  });
});

describe("json", () => {
  test("what JSON has no number for is null, typed arrays are lists, undefined is left out", () => {
    const text = jsonText({ a: Number.NaN, b: Float64Array.of(1, Number.POSITIVE_INFINITY), c: undefined });
    expect(JSON.parse(text)).toEqual({ a: null, b: [1, null] });
  });

  test("the indented text means the same as JSON.stringify", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(JSON.parse(jsonText(value)))).toBe(JSON.stringify(value));
      }),
    );
  });

  test("ndjson is one object a line", () => {
    expect([...ndjsonLines([{ a: 1 }, { b: [2] }])]).toEqual(['{"a":1}\n', '{"b":[2]}\n']);
  });
});

describe("tables for people", () => {
  test("markdown aligns numbers to the right and escapes pipes", () => {
    const text = markdownText({
      columns: [{ name: "a|b" }, { name: "n" }],
      rows: [
        ["x", 12],
        ["yy", 3],
      ],
    });
    expect(text).toBe("| a\\|b |   n |\n| ---- | --: |\n| x    |  12 |\n| yy   |   3 |\n");
  });

  test("a terminal table has a head, a rule and columns that line up, rounded alike", () => {
    const [head, rule, first, second] = terminalTable(TABLE, colors(false)).split("\n");
    expect(head?.trim()).toMatch(/^ds +mean +lo-80$/);
    expect(rule).toMatch(/^─+$/);
    expect(first?.trim()).toMatch(/^1961-01-01 +450\.4 +421\.8$/);
    expect(second?.trim()).toMatch(/^1961-02-01 +-1\.3$/);
    expect(first!.indexOf("450.4") + 5).toBe(second!.indexOf("-1.3") + 4);
  });

  test("numbers keep as many digits as mean something", () => {
    expect(decimalsFor([112, 118])).toBe(0);
    expect(decimalsFor([450.42, 431.1])).toBe(1);
    expect(decimalsFor([0.0123, 0.0456])).toBe(5);
    expect(fixed(-0.0001, 2)).toBe("0.00");
    expect(fixed(Number.NaN, 2)).toBe("");
    expect(fixed(1.5e18, 2)).toBe("1.500e+18");
    expect(significant(1234567.891)).toBe("1234568");
    expect(significant(0.984231)).toBe("0.98423");
    expect(significant(0.00000012)).toBe("1.2000e-7");
    expect(probability(0)).toBe("< 0.0001");
    expect(probability(0.51)).toBe("0.5100");
  });
});
