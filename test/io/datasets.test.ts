import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { timeLabel } from "../../src/core/time/calendar.js";
import { datasetText, listDatasets, readDataset } from "../../src/node.js";
import { errorOf } from "./csv-cases.js";

const FREQUENCIES: Readonly<Record<string, string>> = {
  monthly: "1 month",
  quarterly: "1 quarter",
  yearly: "1 year",
  "every ten years": "10 year",
  index: "1 index",
};

describe("the bundled series", async () => {
  const datasets = await listDatasets();

  test("are all described, and no others", () => {
    const files = readdirSync(new URL("../../datasets/", import.meta.url)).filter((name) =>
      name.endsWith(".csv"),
    );
    expect(datasets.map(({ name }) => `${name}.csv`)).toEqual(files.sort());
    for (const { unit, source, licence } of datasets) {
      expect(Math.min(unit.length, source.length, licence.length)).toBeGreaterThan(3);
    }
  });

  test.each(datasets)(
    "$name is as SOURCES.md says",
    async ({ name, rows, first, last, frequency, period }) => {
      const { panel, decisions, notes } = await readDataset(name);
      const series = panel[0]!;
      expect(panel).toHaveLength(1);
      expect(decisions).toMatchObject({ rows, time: "ds", values: ["y"], id: ["unique_id"] });
      expect(series.y).toHaveLength(rows);
      expect(timeLabel(series.time!, 0)).toBe(first);
      expect(timeLabel(series.time!, rows - 1)).toBe(last);
      expect(`${decisions.frequency!.count} ${decisions.frequency!.unit}`).toBe(FREQUENCIES[frequency]);
      expect(series.period).toBe(period);
      expect(notes).toEqual([]);
    },
  );

  test("hold the numbers that textbooks print", async () => {
    const ends = async (name: string) => {
      const { y } = (await readDataset(name)).panel[0]!;
      return [y[0], y[1], y.at(-1)];
    };
    expect(await ends("airpassengers")).toEqual([112, 118, 432]);
    expect(await ends("lynx")).toEqual([269, 321, 3396]);
    expect(await ends("nile")).toEqual([1120, 1160, 740]);
    expect(await ends("sunspot_year")).toEqual([5, 11, 100.2]);
    expect((await readDataset("presidents")).panel[0]!.y.filter((value) => Number.isNaN(value))).toHaveLength(
      6,
    );
  });

  test("are found whatever the case of their name", async () => {
    expect(await datasetText("Lynx")).toMatch(/^unique_id,ds,y\nlynx,1821-01-01,269\n/);
  });

  test("an unknown name names the nearest", async () => {
    const error = await errorOf(readDataset("airpassenger"));
    expect(error).toMatchObject({ code: "unknown-dataset", category: "usage" });
    expect(error.message).toContain("the nearest is airpassengers");
  });
});
