import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { interval } from "../../src/core/forecast.js";
import { series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { auto } from "../../src/select/auto/index.js";
import type { Bench } from "./bench.js";

/** 200 monthly series of the M3 competition, where the folder that YULE_DATA names has them. */
function competition(): Bench[] {
  const path = join(process.env.YULE_DATA ?? "", "m3/m3-200.json");
  if (process.env.YULE_DATA === undefined || !existsSync(path)) {
    console.log("(m3-200.json left out: YULE_DATA is not the folder that holds m3/)");
    return [];
  }
  const stored = JSON.parse(readFileSync(path, "utf8")) as Record<string, number[]>;
  const all = Object.entries(stored).map(([id, values]) => series(values, { id, period: 12 }));
  const model = auto();
  return [
    {
      name: "auto with intervals, 18 steps of 200 monthly series of M3",
      goal: "30 series a second",
      ratio: 1,
      peer: { name: "the goal", milliseconds: 200_000 / 30 },
      run() {
        for (const data of all) interval(forecast(model.fit(data), { horizon: 18 }), 95);
      },
    },
  ];
}

/** The speed goal of the default. */
export const benches: readonly Bench[] = competition();
