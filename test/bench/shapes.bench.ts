import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { inspection } from "../../src/cli/inspection.js";
import { random } from "../../src/core/random.js";
import { type Series, series } from "../../src/core/series.js";
import { loadModels, saveModels } from "../../src/io/model-files.js";
import { readCsvChunks } from "../../src/io/read-csv.js";
import { naive } from "../../src/models/baselines/index.js";
import { parseModel } from "../../src/select/catalogue.js";
import type { Bench } from "./bench.js";

/** How much smaller the work is that a shape is held against: linear work takes as many times longer. */
const QUARTER = 4;
const NEAR_LINEAR = 1 / (1.5 * QUARTER);

/** A work whose time must grow about as its size does: the peer is the same work on a quarter of the size. */
function shape(name: string, was: string, size: number, prepare: (size: number) => () => unknown): Bench {
  const ours = prepare(size);
  const quarter = prepare(size / QUARTER);
  return {
    name: `${name} (0.1.0: ${was})`,
    goal: `at most ${1.5 * QUARTER} times a quarter of it`,
    ratio: NEAR_LINEAR,
    peer: {
      name: "a quarter of it",
      milliseconds: Number.NaN,
      inProcess: async () => {
        await quarter();
      },
    },
    run: async () => {
      await ours();
    },
  };
}

/** Demand on every fifth day, no two amounts alike. */
function demand(size: number): Series {
  const rng = random(1);
  return series(Array.from({ length: 5 * size }, (_, t) => (t % 5 === 0 ? 1 + 100 * rng.uniform() : 0)));
}

function walk(size: number): Series {
  const rng = random(1);
  let level = 100;
  return series(
    Array.from({ length: size }, () => {
      level += rng.uniform() - 0.5;
      return level;
    }),
    { period: 7 },
  );
}

function intermittent(model: string): Bench {
  return shape(`${model} of 40,000 distinct amounts`, "quadratic, 51 s in all", 40_000, (size) => {
    const data = demand(size);
    return () => parseModel(model).fit(data);
  });
}

function savedModels(size: number): string {
  const data = Array.from({ length: 10 }, (_, t) => 50 + (t % 3));
  const fitted = naive().fit(series(data, { start: "2020-01", frequency: "M" }));
  return saveModels(Array.from({ length: size }, (_, i) => withId(fitted, `s${i}`)));
}

function withId<T extends { readonly origin: object }>(fitted: T, id: string): T {
  return { ...fitted, origin: { ...fitted.origin, id } };
}

/** CSV of so many series of ten months. */
function panelText(size: number): string {
  const rows = ["unique_id,ds,y"];
  for (let i = 0; i < size; i++)
    for (let t = 0; t < 10; t++)
      rows.push(`s${i},2020-${String(t + 1).padStart(2, "0")}-01,${50 + ((i + t) % 7)}`);
  return `${rows.join("\n")}\n`;
}

const BIN = resolve(import.meta.dirname, "../../bin/yule.js");

/** Threads must not cost time on models too cheap for them; needs `npm run build`. */
function cheapOnThreads(): Bench[] {
  if (!existsSync(resolve(BIN, "../../dist/program/start.js"))) {
    console.log("(cheap models on threads left out: there is no build)");
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), "yule-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "panel.csv");
  writeFileSync(file, panelText(20_000));
  const forecast = (...jobs: string[]) => {
    const argv = [
      BIN,
      "forecast",
      file,
      "-m",
      "naive",
      "-n",
      "5",
      "-q",
      "-o",
      join(folder, "out.csv"),
      ...jobs,
    ];
    if (spawnSync(process.execPath, argv).status !== 0) throw new Error("The forecast failed.");
  };
  return [
    {
      name: "forecast of 20,000 series by naive, default threads (0.1.0: 2.4 times one job)",
      goal: "at most 1.15 times one job",
      ratio: 1 / 1.15,
      single: true,
      peer: { name: "--jobs 1", milliseconds: Number.NaN, inProcess: () => forecast("--jobs", "1") },
      run: () => forecast(),
    },
  ];
}

/** Shapes of data that once took time out of all proportion to their size. */
export const benches: readonly Bench[] = [
  ...["croston", "tsb", "adida", "imapa"].map(intermittent),
  shape("load of 100,000 models", "quadratic, 223 s", 100_000, (size) => {
    const text = savedModels(size);
    return () => loadModels(text);
  }),
  shape("read of a panel of 100,000 series of 10", "linear", 100_000, (size) => {
    const bytes = new TextEncoder().encode(panelText(size));
    return () => readCsvChunks([bytes]);
  }),
  shape("inspect of 100,000 values", "142 s and 2 GB for a million", 100_000, (size) => {
    const data = walk(size);
    return () => inspection(data);
  }),
  ...cheapOnThreads(),
];
