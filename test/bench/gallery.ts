// Rolling backtests of auto and of single models on the gallery's ordinary series, with the bars that auto must reach.
// Usage: npm run accuracy -- gallery [--only NAME,…] [--kinds KIND,…] [--seeds 10] [--seed-base 1] [--model auto]
//   [--models auto] [--jobs 2] [--json FILE] [--cache FOLDER] [--fresh]
// Results of single models are kept in a cache (.bench/gallery); `--models auto` runs nothing else, `--fresh` starts it anew.
import { fork } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Series, slice } from "../../src/core/series.js";
import { parseModel } from "../../src/select/catalogue.js";
import { draw, GALLERY } from "../gallery/gallery.js";
import type { Generator } from "../gallery/generator.js";
import { singlesFor, yardstickFor } from "../gallery/singles.js";
import { bars, kindTable, markdown, type Row, rowOf } from "../gallery/table.js";
import { backtestOf, type Trial } from "../gallery/trial.js";
import type { Done, Work } from "./gallery-worker.js";

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    kinds: { type: "string" },
    seeds: { type: "string", default: "10" },
    "seed-base": { type: "string", default: "1" },
    model: { type: "string", default: "auto" },
    models: { type: "string" },
    jobs: { type: "string", default: "2" },
    json: { type: "string" },
    cache: { type: "string", default: process.env.YULE_GALLERY_CACHE ?? ".bench/gallery" },
    fresh: { type: "boolean", default: false },
  },
});

/** Trials of single models by series (a hash of what was drawn) and model. */
type Cache = Record<string, Record<string, Trial>>;

interface Task {
  readonly generator: Generator;
  readonly seed: number;
  readonly series: Series;
  readonly key: string;
  readonly singles: readonly string[];
  readonly yardstick: string;
}

/** Generators with one origin are drawn more often, so that all have about as many forecasts. */
function seedsFor({ origins = 2, kind }: Generator): readonly number[] {
  const [seeds, base] = [Number(values.seeds), Number(values["seed-base"])];
  const count = Math.round(((seeds * 2) / origins) * (kind === "short" ? 2 : 1));
  return Array.from({ length: count }, (_, k) => base + k);
}

/** FNV-1a over the bytes of the series and its origins: another draw or another backtest is another key. */
function keyOf(generator: Generator, series: Series): string {
  const columns = [
    series.y,
    ...series.inputs.columns,
    Float64Array.from(backtestOf(generator, series).origins),
  ];
  let hash = 0x811c9dc5;
  for (const column of columns)
    for (const byte of new Uint8Array(column.buffer, column.byteOffset, column.byteLength))
      hash = Math.imul(hash ^ byte, 0x01000193);
  return `${series.id}/${(hash >>> 0).toString(16)}`;
}

function known(notation: string): boolean {
  try {
    parseModel(notation);
    return true;
  } catch {
    return false;
  }
}

function tasksOf(): Task[] {
  const names = values.only?.split(",");
  const kinds = values.kinds?.split(",");
  const chosen = GALLERY.filter(
    ({ name, kind }) => (names?.includes(name) ?? true) && (kinds?.includes(kind) ?? true),
  );
  if (chosen.length === 0)
    throw new Error(`No generator matches; there are: ${GALLERY.map(({ name }) => name).join(", ")}.`);
  return chosen.flatMap((generator) =>
    seedsFor(generator).map((seed) => {
      const series = draw(generator, seed);
      const { origins } = backtestOf(generator, series);
      const first = slice(series, 0, Math.min(...origins));
      const singles = singlesFor(generator, first).filter(known);
      return {
        generator,
        seed,
        series,
        key: keyOf(generator, series),
        singles,
        yardstick: yardstickFor(first),
      };
    }),
  );
}

function cacheFile({ name }: Generator): string {
  return join(values.cache!, `${name}.json`);
}

function readCache(generator: Generator): Cache {
  const file = cacheFile(generator);
  return !values.fresh && existsSync(file) ? (JSON.parse(readFileSync(file, "utf8"), revive) as Cache) : {};
}

function revive(_: string, value: unknown): unknown {
  return value === "NaN" ? Number.NaN : value;
}

function writeCache(generator: Generator, cache: Cache): void {
  mkdirSync(values.cache!, { recursive: true });
  const text = JSON.stringify(cache, (_, value) => (Number.isNaN(value) ? "NaN" : value));
  writeFileSync(`${cacheFile(generator)}.${process.pid}`, text);
  renameSync(`${cacheFile(generator)}.${process.pid}`, cacheFile(generator));
}

/** Shares work out to processes, one piece at a time. */
async function share(work: readonly Work[], worker: string, take: (done: Done) => void): Promise<void> {
  const waiting = [...work];
  const total = waiting.length;
  let ended = 0;
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const child = fork(worker, { serialization: "advanced" });
      const next = () => {
        const piece = waiting.shift();
        if (piece === undefined) child.disconnect();
        else child.send(piece);
      };
      child.on("message", (done: Done) => {
        take(done);
        ended++;
        if (process.stderr.isTTY) process.stderr.write(`\r${ended}/${total} ${done.generator}          `);
        next();
      });
      child.on("error", reject);
      child.on("exit", (code) =>
        code === 0 ? resolve() : reject(new Error(`A process ended with code ${code}.`)),
      );
      next();
    });
  await Promise.all(Array.from({ length: Math.min(Number(values.jobs), total) }, one));
}

export async function main(worker: string): Promise<void> {
  const began = performance.now();
  const tasks = tasksOf();
  const caches = new Map<Generator, Cache>();
  for (const { generator } of tasks) if (!caches.has(generator)) caches.set(generator, readCache(generator));
  const own = new Map<string, Trial>();
  const model = values.model!;
  const alone = values.models !== undefined;
  let missing = 0;
  const work = tasks.map(({ generator, seed, key, singles }) => {
    const cached = caches.get(generator)![key] ?? {};
    const wanted = singles.filter((name) => cached[name] === undefined);
    if (alone) missing += wanted.length;
    return { generator: generator.name, seed, models: [...(alone ? [] : wanted), model] };
  });
  const byId = new Map(tasks.map((task) => [task.series.id, task]));
  const longestFirst = [...work].sort((a, b) => lengthOf(byId, b) - lengthOf(byId, a));
  await share(longestFirst, worker, ({ generator, seed, trials }) => {
    const task = byId.get(`${generator}/${seed}`)!;
    own.set(task.series.id, trials[model]!);
    const singles = Object.entries(trials).filter(([name]) => name !== model);
    if (singles.length === 0) return;
    const cache = caches.get(task.generator)!;
    cache[task.key] = { ...cache[task.key], ...Object.fromEntries(singles) };
    writeCache(task.generator, cache);
  });
  const rows = [...caches.keys()].map((generator) => summary(generator, tasks, caches, own));
  report(rows, model);
  if (missing > 0)
    console.log(`\n${missing} results of single models are not in the cache: run once without --models.`);
  console.log(`\n${tasks.length} series in ${((performance.now() - began) / 1000).toFixed(0)} s.`);
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(rows, null, 1));
}

function lengthOf(tasks: ReadonlyMap<string, Task>, { generator, seed }: Work): number {
  return tasks.get(`${generator}/${seed}`)!.series.y.length;
}

function summary(
  generator: Generator,
  all: readonly Task[],
  caches: ReadonlyMap<Generator, Cache>,
  own: ReadonlyMap<string, Trial>,
): Row {
  const tasks = all.filter((task) => task.generator === generator);
  const cached = tasks.map(({ key }) => caches.get(generator)![key] ?? {});
  const everywhere = tasks[0]!.singles.filter((name) => cached.every((trials) => trials[name] !== undefined));
  const singles = new Map(everywhere.map((name) => [name, cached.map((trials) => trials[name]!)] as const));
  const trials = tasks.map(({ series }) => own.get(series.id)!);
  const naive = tasks.flatMap(({ yardstick }, k) => {
    const trial = cached[k]![yardstick];
    const usable = trial === undefined || Number.isNaN(trial.error) ? cached[k]!.naive : trial;
    return usable === undefined || Number.isNaN(usable.error) ? [] : [usable];
  });
  return rowOf(generator, trials, singles, naive);
}

function report(rows: readonly Row[], model: string): void {
  console.log(markdown(rows, model));
  console.log(
    "\n| kind | series | ratio | to naive | held 80 | held 95 | means inside |\n|---|---:|---:|---:|---:|---:|---:|",
  );
  for (const { line } of kindTable(rows)) console.log(line);
  console.log("");
  const all = bars(rows);
  for (const { name, value, holds } of all)
    console.log(`- ${holds ? "reached" : "short"}: ${name}: ${value}`);
  const seconds = rows.reduce((sum, row) => sum + row.seconds, 0);
  console.log(`\nMean CPU of ${model} a series and its origins: ${(seconds / rows.length).toFixed(2)} s.`);
  if (all.some(({ holds }) => !holds)) process.exitCode = 1;
}
