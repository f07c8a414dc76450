import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { series } from "../../src/core/series.js";
import { autoArima } from "../../src/select/auto-arima/index.js";
import { referenceCases } from "../reference.js";

interface Found {
  readonly order: number[];
  readonly seasonal: number[];
  readonly constant: boolean;
  readonly aicc: number;
}

const file = join(process.env.YULE_DATA ?? "", "m3/m3-200.json");
const present = process.env.YULE_DATA !== undefined && existsSync(file);

// Runs where YULE_DATA names the folder that holds m3/. R's choices: test/reference/auto-arima-m3.json.
describe.runIf(present)("200 monthly series of the M3 competition", () => {
  test("the same differences as R's auto.arima, and a smaller sum of AICc", () => {
    const data = JSON.parse(readFileSync(file, "utf8")) as Record<string, number[]>;
    const cases = referenceCases<Found>("auto-arima-m3");
    expect(cases.length).toBe(200);
    let gap = 0;
    let worse = 0;
    let same = 0;
    for (const { series: id, result } of cases) {
      const { report } = autoArima().fit(series(data[id!]!, { period: 12, id: id! }));
      const { chosen } = report.details.search as { chosen: Omit<Found, "aicc"> };
      expect([chosen.order[1], chosen.seasonal[1]], id).toEqual([result.order[1], result.seasonal[1]]);
      gap += report.aicc - result.aicc;
      if (report.aicc > result.aicc + 0.01) worse++;
      const { order, seasonal, constant } = result;
      if (
        JSON.stringify([chosen.order, chosen.seasonal, chosen.constant]) ===
        JSON.stringify([order, seasonal, constant])
      )
        same++;
    }
    console.log(
      `auto-arima on M3: AICc ${gap.toFixed(1)} against R in sum, worse on ${worse}, the same orders on ${same}`,
    );
    expect(gap).toBeLessThan(0);
    expect(worse).toBeLessThan(15);
    expect(same).toBeGreaterThan(130);
  });
});
