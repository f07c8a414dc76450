import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Picture } from "../../src/report/pictures/picture.js";
import type { Table } from "../../src/report/table.js";
import { colors } from "../../src/report/terminal/colors.js";
import { correlograms } from "../../src/report/terminal/correlogram.js";
import { terminalPlot } from "../../src/report/terminal/plot.js";
import { terminalTable } from "../../src/report/terminal/table.js";
import { wrapped } from "../../src/report/terminal/wrap.js";

const plain = colors(false);
const longest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

/** Several models after a history with dates so many milliseconds apart. */
function pictureOf(names: readonly string[], step: number, count = 60): Picture {
  const instants = Array.from({ length: count + 12 }, (_, i) => Date.UTC(2023, 10, 3) + i * step);
  const mean = (shift: number) => Array.from({ length: 12 }, (_, h) => 50 + shift * (h + 1));
  return {
    title: "t",
    times: instants.map((instant) => new Date(instant).toISOString().slice(0, 16)),
    instants,
    history: Array.from({ length: count }, (_, t) => 50 + 10 * Math.sin(t)),
    curves: names.map((name, at) => ({
      name,
      from: count,
      mean: mean(at - 1),
      bands: [
        { level: 80, lower: mean(at - 2), upper: mean(at) },
        { level: 95, lower: mean(at - 3), upper: mean(at + 1) },
      ],
    })),
  };
}

const DAY = 86_400_000;

describe("wrapped", () => {
  test("no line is longer than asked for, and no letter is lost", () => {
    const texts = fc.array(fc.string({ maxLength: 30 })).map((words) => words.join(" ").trim());
    fc.assert(
      fc.property(texts, fc.integer({ min: 10, max: 120 }), (text, width) => {
        const folded = wrapped(text, width);
        expect(longest(folded)).toBeLessThanOrEqual(width);
        expect(folded.replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      }),
    );
  });

  test("breaks lie at spaces where there are any, and long notations break after a comma or bracket", () => {
    expect(wrapped("the quick brown fox jumps", 12)).toBe("the quick\nbrown fox\njumps");
    expect(wrapped("ensemble(arima(0,1,1),ets(M,Ad,M)[12])", 24)).toBe(
      "ensemble(arima(0,1,1),\nets(M,Ad,M)[12])",
    );
  });
});

describe("plots at any width from 40 columns", () => {
  const names = ["arima(0,1,1)(0,1,1)[12]", "naive", "theta(method=dynamic)", "snaive[12]"];

  test.each([40, 45, 61, 80, 120])("%d columns: nothing is wider, every name is whole", (width) => {
    for (const step of [DAY, 30.4 * DAY, 3_600_000, 365.25 * DAY]) {
      const text = terminalPlot(pictureOf(names, step), { width, height: 12 }, plain);
      expect(longest(text)).toBeLessThanOrEqual(width);
      for (const name of names) expect(text.replace(/\s/g, "")).toContain(name);
      expect(text).toMatch(/20\d\d/);
    }
  });

  test("without colours each of several curves carries its letter, which the legend explains", () => {
    const text = terminalPlot(pictureOf(names.slice(0, 3), 30 * DAY), { width: 80, height: 15 }, plain);
    const drawn = text.split("\n").slice(0, 15).join("\n");
    for (const letter of ["A", "B", "C"]) {
      expect(drawn).toContain(letter);
      expect(text).toContain(`━${letter}━ `);
    }
    expect(text).toContain("▒▒ 80 % of A");
    const alone = terminalPlot(pictureOf(["naive"], 30 * DAY), { width: 80, height: 15 }, plain);
    expect(alone.split("\n").slice(0, 15).join("")).not.toMatch(/[A-Z]/);
  });

  test("a dotted rule stands where the forecast begins", () => {
    const rows = terminalPlot(pictureOf(["naive"], DAY), { width: 80, height: 15 }, plain)
      .split("\n")
      .slice(0, 15);
    const columns = new Set(rows.map((row) => row.indexOf("┊")).filter((at) => at >= 0));
    expect(columns.size).toBe(1);
    expect([...columns][0]).toBeGreaterThan(40);
  });

  test("ticks without a year have the first and the last time under them", () => {
    const text = terminalPlot(pictureOf([], 3_600_000), { width: 60, height: 6 }, plain);
    expect(text).toContain("2023-11-03T00:00 to");
  });

  test("marked values stand out by a sign of their own", () => {
    const picture = {
      ...pictureOf([], DAY),
      marks: [{ at: 20, value: 55 }],
      marksName: "beyond the interval",
    };
    const text = terminalPlot(picture, { width: 60, height: 8 }, plain);
    expect(text.split("\n").slice(0, 8).join("")).toContain("✕");
    expect(text).toContain("✕ beyond the interval");
  });

  test("correlograms that have no room beside each other stand below", () => {
    const bars = (title: string) => ({
      group: "",
      title,
      lags: [1, 2],
      values: [0.9, -0.4],
      band: 0.2,
    });
    const all = ["a", "b", "c", "d"].map(bars);
    for (const width of [40, 50, 80, 120])
      expect(longest(correlograms(all, width, plain))).toBeLessThanOrEqual(width);
    expect(correlograms(all, 40, plain).split("\n").length).toBeGreaterThan(
      correlograms(all, 120, plain).split("\n").length,
    );
  });
});

describe("tables at any width", () => {
  const table: Table = {
    columns: [
      { name: "ds" },
      { name: "mean" },
      { name: "lo-80", drop: 2 },
      { name: "hi-80", drop: 2 },
      { name: "lo-95", drop: 1 },
    ],
    rows: [["2024-01-01", 1000.5, 900.5, 1100.5, 800.5]],
  };

  test("columns are left out by their rank, those of one rank together, and named", () => {
    const wide = terminalTable(table, plain, 80);
    expect(wide).toContain("lo-80");
    expect(wide).not.toContain("No room");
    const narrow = terminalTable(table, plain, 40);
    expect(longest(narrow)).toBeLessThanOrEqual(40);
    expect(narrow.split("\n")[0]).toMatch(/ds +mean +lo-95/);
    expect(narrow.replace(/\s+/g, " ")).toContain("No room for lo-80, hi-80; --format csv has every column.");
  });

  test("columns stand closer where that spares one, and those left out are named in their order", () => {
    const close = terminalTable(table, plain, 43);
    expect(close).not.toContain("No room");
    expect(longest(close)).toBeLessThanOrEqual(43);
    expect(longest(terminalTable(table, plain))).toBeGreaterThan(43);
    const ranked: Table = {
      columns: [1, 3, 2].map((drop) => ({ name: `a long name, rank ${drop}`, drop })),
      rows: [[1, 2, 3]],
    };
    expect(terminalTable(ranked, plain, 30).replace(/\s+/g, " ")).toMatch(/rank 3, a long name, rank 2;/);
  });

  test("what may not be left out is folded in its cell, whole", () => {
    const notation = "ensemble(arima(0,1,1)(0,1,1)[12],ets(M,Ad,M)[12],theta(method=dynamic))";
    const text = terminalTable(
      { columns: [{ name: "model" }, { name: "MASE" }], rows: [[notation, 1.234]] },
      plain,
      40,
    );
    expect(longest(text)).toBeLessThanOrEqual(40);
    const cells = text
      .split("\n")
      .slice(2)
      .map((line) => line.slice(0, 33).trim());
    expect(cells.join("")).toContain(notation);
  });
});

describe("letters of curves", () => {
  test("stand on forecasts, not on the value they all begin at", () => {
    const curve = { name: "a", from: 5, mean: [3, 3, 3], bands: [] };
    const picture = {
      title: "x",
      times: Array.from({ length: 8 }, (_, t) => String(t)),
      instants: null,
      history: [1, 2, 1, 2, 9],
      curves: [curve, { ...curve, name: "b", mean: [4, 4, 4] }],
    };
    // Where the letters' distance reaches back to the last observed value.
    for (let width = 30; width < 80; width++) {
      const top = terminalPlot(picture, { width, height: 10 }, plain).split("\n")[0];
      expect(top, String(width)).not.toMatch(/[AB]/);
    }
  });
});
