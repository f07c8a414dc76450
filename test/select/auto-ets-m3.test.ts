import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { series } from "../../src/core/series.js";
import { autoEts } from "../../src/select/auto-ets/index.js";
import { referenceCases } from "../reference.js";

const folder = join(process.env.YULE_DATA ?? "", "m3");
const present = process.env.YULE_DATA !== undefined && existsSync(folder);

function training(): Map<string, number[]> {
  const text = gunzipSync(readFileSync(join(folder, "train.csv.gz"))).toString("utf8");
  const lists = new Map<string, number[]>();
  for (const line of text.trimEnd().split("\n").slice(1)) {
    const [id, , y] = line.split(",");
    const list = lists.get(id!) ?? [];
    if (list.length === 0) lists.set(id!, list);
    list.push(Number(y));
  }
  return lists;
}

// Runs where YULE_DATA names the folder that holds m3/. R's choices and criteria: test/reference/ets-m3.json.
describe.runIf(present)("375 series of the M3 competition", () => {
  test("AICc is never above that of R's ets", () => {
    const data = training();
    const cases = referenceCases<{ period: number; aicc: number; method: string }>("ets-m3");
    expect(cases.length).toBe(375);
    const gaps = cases.map(({ series: id, result }) => {
      const { report } = autoEts().fit(series(data.get(id!)!, { period: result.period, id: id! }));
      expect(report.aicc - result.aicc, id).toBeLessThan(0.01);
      return report.aicc - result.aicc;
    });
    gaps.sort((a, b) => a - b);
    expect(gaps[187]).toBeLessThan(-1);
  });
});
