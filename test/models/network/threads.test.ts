import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Progress } from "../../../src/core/model.js";
import { random } from "../../../src/core/random.js";
import type { Threads } from "../../../src/core/threads.js";
import { workerThreads } from "../../../src/io/threads.js";
import type { DeepArOptions } from "../../../src/models/deepar.js";
import type { NetworkFitted } from "../../../src/models/network/index.js";
import { deepar } from "../../../src/select/neural.js";
import { TESTED } from "./families.js";
import { countPanel, holed, seasonalPanel } from "./panels.js";

let folder: string;
let threads: Threads;

/** Workers run JavaScript: the worker's module is bundled as the package would ship it. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "yule-"));
  const outfile = join(folder, "worker.mjs");
  const entry = resolve(import.meta.dirname, "../../../src/io/thread-worker.ts");
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "silent",
  });
  threads = workerThreads(2, pathToFileURL(outfile));
});

afterAll(() => rmSync(folder, { recursive: true }));

const weightsOf = (fits: readonly unknown[]) => (fits[0] as NetworkFitted).params.weights;

const QUICK: DeepArOptions = { epochs: 3, batches: 6, hidden: 12 };

test.each([
  ["student-t with holes", QUICK, seasonalPanel(6, 70).map((one) => holed(one, 11))],
  [
    "counts, categories, scheduled",
    { ...QUICK, likelihood: "negative-binomial", categories: ["id"] },
    countPanel(7, 60),
  ],
] as [string, DeepArOptions, ReturnType<typeof seasonalPanel>][])(
  "one thread, two threads and a fit at once give the same bits: %s",
  async (_, options, panel) => {
    const model = deepar(options);
    const told: Progress[][] = [[], []];
    const rng = () => random(8);
    const two = await model.fitPanel(panel, {
      threads,
      rng: rng(),
      onProgress: (progress) => told[1]!.push(progress),
    });
    const one = await model.fitPanel(panel, {
      rng: rng(),
      onProgress: (progress) => told[0]!.push(progress),
    });
    expect(weightsOf(two)).toEqual(weightsOf(one));
    expect(two.map(({ state }) => state)).toEqual(one.map(({ state }) => state));
    expect(told.map((list) => list.map(({ stage, done, total }) => [stage, done, total]))).toEqual([
      [1, 2, 3].map((done) => ["epoch", done, 3]),
      [1, 2, 3].map((done) => ["epoch", done, 3]),
    ]);
    const losses = (fits: readonly unknown[]) => (fits[0] as NetworkFitted).report.details.log;
    expect(losses(two)).toEqual(losses(one));
  },
);

test("an abort reaches the threads: training stops and says so", async () => {
  const stop = new AbortController();
  const options = { signal: stop.signal, threads, onProgress: () => stop.abort() };
  const [fitted] = await deepar({ ...QUICK, epochs: 10_000 }).fitPanel(seasonalPanel(4, 70), options);
  expect(fitted!.report.converged).toBe(false);
  expect(fitted!.report.notes.map(({ code }) => code)).toContain("training-aborted");
});

test("the event loop turns while training runs on its own thread", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 5);
  await deepar({ ...QUICK, epochs: 30, batches: 20 }).fitPanel(seasonalPanel(6, 70));
  clearInterval(timer);
  expect(turns).toBeGreaterThan(3);
});

test("a worker that fails takes the fit down with an error, and no thread stays behind", async () => {
  const broken = workerThreads(2, new URL("data:text/javascript,throw new Error('broken')"));
  await expect(deepar(QUICK).fitPanel(seasonalPanel(4, 70), { threads: broken })).rejects.toThrow("broken");
});

test.each(TESTED)(
  "$name: one thread, two and the twin give the same weights, scheduled sampling included",
  async ({ make }) => {
    const panel = seasonalPanel(4, 66);
    const options = { ...QUICK, hidden: 8, layers: 2, scheduled: 0.3, categories: ["id"] } as const;
    const one = weightsOf(await make(options).fitPanel(panel));
    expect(weightsOf(await make(options).fitPanel(panel, { threads }))).toEqual(one);
    expect(weightsOf(await make({ ...options, kernel: "plain" }).fitPanel(panel))).toEqual(one);
    expect(weightsOf(await make({ ...options, scheduled: 0 }).fitPanel(panel))).not.toEqual(one);
  },
);
