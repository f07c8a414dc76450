import { series } from "../../src/core/series.js";
import { advise } from "../../src/diagnostics/advice/advise.js";
import { acf } from "../../src/diagnostics/correlation/acf.js";
import { pacf } from "../../src/diagnostics/correlation/pacf.js";
import type { Bench } from "./bench.js";

/** A day and an hour of minutes, with something like noise. */
function minutes(n: number) {
  const y = Float64Array.from(
    { length: n },
    (_, t) =>
      50 + 20 * Math.sin((Math.PI * t) / 720) + 5 * Math.sin((Math.PI * t) / 30) + 3 * Math.sin(t * t),
  );
  return series(y, { start: "2020-01-01T00:00", frequency: "min" });
}

const million = minutes(1_000_000);
const fewer = minutes(100_000);

function look(one: ReturnType<typeof series>): void {
  advise(one);
  acf(one.y, { maxLag: 120 });
  pacf(one.y, { maxLag: 120 });
}

export const benches: Bench[] = [
  {
    name: "advise, acf and pacf of 1,000,000 minutes",
    goal: "at most 3 times 100,000 minutes, and 5 s",
    ratio: 1 / 3,
    peer: { name: "100,000 minutes", milliseconds: 0, inProcess: () => look(fewer) },
    run: () => look(million),
  },
];
