import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { random } from "../../src/core/random.js";
import { type Series, series } from "../../src/core/series.js";
import { standardNormal } from "../../src/math/special-functions/normal.js";
import { type ArimaOptions, arima } from "../../src/models/arima/index.js";
import { autoArima } from "../../src/select/auto-arima/index.js";
import type { Bench } from "./bench.js";

/** A bundled data set's last column. */
function dataset(name: string, period: number, change: (value: number) => number = (value) => value): Series {
  const text = readFileSync(join(import.meta.dirname, `../../datasets/${name}.csv`), "utf8");
  const values = text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => Number(line.split(",").at(-1)));
  return series(values.map(change), { id: name, period });
}

/** (1 − 1.2B + 0.5B²)x = (1 + 0.4B + 0.2B²)e. */
function arma22(n: number): Series {
  const rng = random(1);
  const e = Float64Array.from({ length: n }, () => standardNormal(rng));
  const x = new Float64Array(n);
  for (let t = 0; t < n; t++) {
    x[t] =
      e[t]! + 0.4 * (e[t - 1] ?? 0) + 0.2 * (e[t - 2] ?? 0) + 1.2 * (x[t - 1] ?? 0) - 0.5 * (x[t - 2] ?? 0);
  }
  return series(x);
}

const passengers = dataset("airpassengers", 12, Math.log);

/** The npm package arima (C in WebAssembly), where the folder that YULE_PEERS names has it installed. */
function npmArima(): { readonly inProcess?: () => void } {
  const from = process.env.YULE_PEERS;
  if (from === undefined) return {};
  const Peer = createRequire(join(from, "package.json"))("arima") as new (
    options: Record<string, unknown>,
  ) => { train(values: readonly number[]): unknown; destroy?(): void };
  const values = Array.from(passengers.y);
  const options = { p: 0, d: 1, q: 1, P: 0, D: 1, Q: 1, s: 12, verbose: false };
  return {
    inProcess() {
      const peer = new Peer(options);
      peer.train(values);
      peer.destroy?.();
    },
  };
}

function fitting(
  name: string,
  data: Series,
  options: ArimaOptions,
  ratio: number,
  peer: { milliseconds: number; prepare: string; expr: string },
): Bench {
  const model = arima(options);
  return {
    name,
    goal: `${ratio} times faster than R`,
    ratio,
    peer: { name: "R arima", milliseconds: peer.milliseconds, r: peer },
    run: () => void model.fit(data),
  };
}

const fits: Bench[] = [
  fitting(
    "log AirPassengers (0,1,1)(0,1,1)[12]",
    passengers,
    { order: [0, 1, 1], seasonal: [0, 1, 1] },
    100,
    {
      milliseconds: 16,
      prepare: "x <- log(AirPassengers)",
      expr: "arima(x, c(0,1,1), seasonal=c(0,1,1))",
    },
  ),
  fitting(
    "log AirPassengers (2,1,1)(1,1,1)[12]",
    passengers,
    { order: [2, 1, 1], seasonal: [1, 1, 1] },
    300,
    {
      milliseconds: 163,
      prepare: "x <- log(AirPassengers)",
      expr: "arima(x, c(2,1,1), seasonal=c(1,1,1))",
    },
  ),
  fitting("co2 (1,1,1)(1,1,2)[12]", dataset("co2", 12), { order: [1, 1, 1], seasonal: [1, 1, 2] }, 800, {
    milliseconds: 1350,
    prepare: "x <- co2",
    expr: "arima(x, c(1,1,1), seasonal=c(1,1,2))",
  }),
  fitting("lynx (2,0,2)", dataset("lynx", 1), { order: [2, 0, 2] }, 40, {
    milliseconds: 6,
    prepare: "x <- lynx",
    expr: "arima(x, c(2,0,2))",
  }),
  fitting("ARMA(2,2), n = 10,000", arma22(10_000), { order: [2, 0, 2] }, 30, {
    milliseconds: 100,
    prepare: "set.seed(1); x <- arima.sim(list(ar=c(1.2,-0.5), ma=c(0.4,0.2)), n=10000)",
    expr: "arima(x, c(2,0,2))",
  }),
  {
    name: "log AirPassengers (0,1,1)(0,1,1)[12], against npm arima",
    goal: "8 times faster than the npm package arima",
    ratio: 8,
    peer: { name: "npm arima", milliseconds: 1.1, ...npmArima() },
    run: () => void arima({ order: [0, 1, 1], seasonal: [0, 1, 1] }).fit(passengers),
  },
];

/** The twelve series and what forecast::auto.arima takes on each, milliseconds. */
const TWELVE = [
  ["airpassengers", 12, 1108, "AirPassengers"],
  ["lynx", 1, 103, "lynx"],
  ["wwwusage", 1, 62, "WWWusage"],
  ["usaccdeaths", 12, 934, "USAccDeaths"],
  ["nottem", 12, 1723, "nottem"],
  ["nile", 1, 86, "Nile"],
  ["lakehuron", 1, 33, "LakeHuron"],
  ["ldeaths", 12, 2877, "ldeaths"],
  ["wineind", 12, 167, "wineind"],
  ["ukgas", 4, 113, "UKgas"],
  ["johnsonjohnson", 4, 182, "JohnsonJohnson"],
  ["woolyrnq", 4, 1045, "woolyrnq"],
] as const;

const chooser = autoArima();
const twelve = TWELVE.map(([name, period]) => dataset(name, period));

const searches: Bench[] = [
  {
    name: "auto-arima, the twelve reference series together",
    goal: "200 times faster than R",
    ratio: 200,
    peer: {
      name: "R auto.arima",
      milliseconds: TWELVE.reduce((sum, [, , milliseconds]) => sum + milliseconds, 0),
      r: {
        prepare: `library(forecast); all <- list(${TWELVE.map(([, , , name]) => name).join(", ")})`,
        expr: "for (x in all) auto.arima(x)",
      },
    },
    run() {
      for (const data of twelve) chooser.fit(data);
    },
  },
  ...TWELVE.map(
    ([name, , milliseconds, inR], i): Bench => ({
      name: `auto-arima, ${name}`,
      goal: "15 times faster than R",
      ratio: 15,
      peer: {
        name: "R auto.arima",
        milliseconds,
        r: { prepare: `library(forecast); x <- ${inR}`, expr: "auto.arima(x)" },
      },
      run: () => void chooser.fit(twelve[i]!),
    }),
  ),
];

/** 200 monthly series of the M3 competition, where the folder that YULE_DATA names has them. */
function competition(): Bench[] {
  const path = join(process.env.YULE_DATA ?? "", "m3/m3-200.json");
  if (process.env.YULE_DATA === undefined || !existsSync(path)) return [];
  const stored = JSON.parse(readFileSync(path, "utf8")) as Record<string, number[]>;
  const all = Object.entries(stored).map(([id, values]) => series(values, { id, period: 12 }));
  return [
    {
      name: "auto-arima, 200 monthly series of M3",
      goal: "150 series a second",
      ratio: 375,
      peer: { name: "R auto.arima, 0.40 a second", milliseconds: 500_000 },
      run() {
        for (const data of all) chooser.fit(data);
      },
    },
  ];
}

/** The speed goals of ARIMA. */
export const benches: readonly Bench[] = [...fits, ...searches, ...competition()];
