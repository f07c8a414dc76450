import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { ets, ses } from "../../src/models/ets/index.js";
import { adida, croston, imapa, tsb } from "../../src/models/intermittent/index.js";
import { theta } from "../../src/models/theta/index.js";
import { autoEts } from "../../src/select/auto-ets/index.js";
import type { Bench } from "./bench.js";

const stored = JSON.parse(readFileSync(join(import.meta.dirname, "../reference/series.json"), "utf8")) as {
  series: Record<string, { values: number[]; frequency: number }>;
};
const dataset = (name: string) =>
  series(stored.series[name]!.values, { period: stored.series[name]!.frequency });

const passengers = dataset("AirPassengers");
const logPassengers = dataset("logAirPassengers");
const nile = dataset("Nile");
const demand = dataset("intermittent");
const multiplicative = ets({ error: "M", trend: "A", season: "M" });
const fitted = multiplicative.fit(passengers);
/** Demands of 40,000 different sizes, one period in three without any, and a tenth of them. */
const sizes = Float64Array.from({ length: 40_000 }, (_, t) =>
  t % 3 === 0 ? 0 : Math.exp(0.6 * Math.sin(t * t) + 0.3 * Math.cos(1.7 * t)),
);
const amounts = series(sizes);
const fewer = series(sizes.slice(0, 4000));
const crostons = [croston(), tsb(), adida(), imapa()];
const PACKAGE = "library(forecast)";

/** 200 monthly series of the M3 competition, where the data folder is given. */
function m3(): Bench[] {
  const path = join(process.env.YULE_DATA ?? "", "m3/m3-200.json");
  if (process.env.YULE_DATA === undefined || !existsSync(path)) {
    console.log("(m3-200.json left out: YULE_DATA is not the folder that holds m3/)");
    return [];
  }
  const rows = Object.values(JSON.parse(readFileSync(path, "utf8")) as Record<string, number[]>);
  const all = rows.map((values) => series(values, { period: 12 }));
  const model = autoEts();
  const simulated = all
    .map((one) => model.fit(one))
    .filter(({ process, params, state }) => process.ahead?.(params, state, [new Float64Array(0)]) === null);
  const thetaf = 200_000 / 191;
  return [
    {
      name: "theta, 200 monthly series of M3",
      goal: "5,000 series a second (R: 191)",
      ratio: 5000 / 191,
      peer: { name: "R thetaf", milliseconds: thetaf },
      run() {
        for (const one of all) theta().fit(one);
      },
    },
    {
      name: "theta(method=dynamic), 200 monthly series of M3",
      goal: "500 series a second (R's standard theta: 191)",
      ratio: 500 / 191,
      peer: { name: "R thetaf", milliseconds: thetaf },
      run() {
        for (const one of all) theta({ method: "dynamic" }).fit(one);
      },
    },
    {
      name: `18 steps ahead by 2,000 paths each, ${simulated.length} of those series' chosen forms that are simulated`,
      goal: "2 ms each",
      ratio: 1,
      peer: { name: "that", milliseconds: 2 * simulated.length },
      run() {
        for (const one of simulated) forecast(one, { horizon: 18 });
      },
    },
    {
      name: "auto-ets, 200 monthly series of M3",
      goal: "100 series a second (R: 2.4)",
      ratio: 100 / 2.4,
      peer: { name: "R ets", milliseconds: 200_000 / 2.4 },
      run() {
        for (const one of all) model.fit(one);
      },
    },
  ];
}

export const benches: Bench[] = [
  {
    name: "auto-ets, log AirPassengers",
    goal: "60 times faster than R",
    ratio: 60,
    peer: {
      name: "R ets",
      milliseconds: 528,
      r: { prepare: `${PACKAGE}; x <- log(AirPassengers)`, expr: "ets(x)" },
    },
    run: () => void autoEts().fit(logPassengers),
  },
  {
    name: "ets(M,A,M), AirPassengers, from all its starts",
    goal: "20 times faster than R's single start",
    ratio: 20,
    peer: {
      name: "R ets",
      milliseconds: 100,
      r: { prepare: PACKAGE, expr: "ets(AirPassengers, model='MAM', damped=FALSE)" },
    },
    run: () => void multiplicative.fit(passengers),
  },
  {
    name: "ses, Nile",
    goal: "5 times faster than R",
    ratio: 5,
    peer: { name: "R ets", milliseconds: 8, r: { prepare: PACKAGE, expr: "ets(Nile, model='ANN')" } },
    run: () => void ses().fit(nile),
  },
  {
    name: "ets(M,A,M) 24 steps ahead, 5,000 paths",
    goal: "as fast as R's compiled code",
    ratio: 1,
    peer: {
      name: "R forecast",
      milliseconds: 40,
      r: {
        prepare: `${PACKAGE}; f <- ets(AirPassengers, model='MMM', damped=FALSE)`,
        expr: "forecast(f, h=24, simulate=TRUE, npaths=5000)",
      },
    },
    run: () => void forecast(fitted, { horizon: 24, paths: 5000 }),
  },
  {
    name: "theta, AirPassengers",
    goal: "5,000 a second (R: 191)",
    ratio: 5000 / 191,
    peer: {
      name: "R thetaf",
      milliseconds: 1000 / 191,
      r: { prepare: PACKAGE, expr: "thetaf(AirPassengers, h=12)" },
    },
    run: () => void theta().fit(passengers),
  },
  {
    name: "theta(method=dynamic), AirPassengers",
    goal: "500 a second (R's standard theta: 191)",
    ratio: 500 / 191,
    peer: {
      name: "R thetaf",
      milliseconds: 1000 / 191,
      r: { prepare: PACKAGE, expr: "thetaf(AirPassengers, h=12)" },
    },
    run: () => void theta({ method: "dynamic" }).fit(passengers),
  },
  {
    name: "croston, 12 steps ahead with 500 paths",
    goal: "as fast as R without paths",
    ratio: 1,
    peer: {
      name: "R croston",
      milliseconds: 5,
      r: { prepare: `${PACKAGE}; x <- ts(rep(c(0,0,3,0,1,0,0,0,2,0), 6))`, expr: "croston(x, h=12)" },
    },
    run: () => void forecast(croston().fit(demand), { horizon: 12, paths: 500 }),
  },
  {
    name: "croston, tsb, adida and imapa of 40,000 values of different size",
    goal: "at most 15 times 4,000 values",
    ratio: 1 / 15,
    peer: {
      name: "4,000 values",
      milliseconds: 0,
      inProcess: () => {
        for (const model of crostons) model.fit(fewer);
      },
    },
    run() {
      for (const model of crostons) model.fit(amounts);
    },
  },
  ...m3(),
];
