// Accuracy and coverage of a model on sets with official train and test parts, by frequency and by halves of the ids.
// Usage: YULE_DATA=<folder with m3/, tourism/ …> npm run accuracy -- m3 [--model auto]… [--every 10] [--half odd|even]
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { YuleError } from "../../src/core/errors.js";
import { interval } from "../../src/core/forecast.js";
import type { Series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { type Outcome, outcomes } from "../../src/evaluate/outcome.js";
import { scoresOf } from "../../src/evaluate/scores/run-sums.js";
import { parseModel } from "../../src/select/catalogue.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: "string", multiple: true, default: ["auto"] },
    every: { type: "string", default: "1" },
    half: { type: "string" },
    frequency: { type: "string" },
  },
});

interface Meta {
  readonly id: string;
  readonly frequency: string;
  readonly period: number;
  readonly horizon: number;
}

const LEVELS = [80, 95];

async function textOf(path: string): Promise<string[][]> {
  const { gunzipSync } = await import("node:zlib");
  const { readFileSync } = await import("node:fs");
  const bytes = readFileSync(path);
  const text = path.endsWith(".gz") ? gunzipSync(bytes).toString("utf8") : bytes.toString("utf8");
  return text
    .trimEnd()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(","));
}

function group(rows: string[][]): Map<string, Float64Array> {
  const lists = new Map<string, number[]>();
  for (const row of rows) {
    const list = lists.get(row[0]!) ?? [];
    if (list.length === 0) lists.set(row[0]!, list);
    list.push(row[2] === "" || row[2] === undefined ? Number.NaN : Number(row[2]));
  }
  return new Map([...lists].map(([id, list]) => [id, Float64Array.from(list)]));
}

async function loadSet(folder: string) {
  const metaRows = await textOf(join(folder, "meta.csv"));
  const meta: Meta[] = metaRows.map(([id, frequency, m, h]) => ({
    id: id!,
    frequency: frequency!,
    period: Number(m),
    horizon: Number(h),
  }));
  const train = group(await textOf(join(folder, "train.csv.gz")));
  const test = group(await textOf(join(folder, "test.csv.gz")));
  return { meta, train, test };
}

/** Ids are halved by their last number, so that tuning on one half leaves the other unseen. */
function parity(id: string, at: number): "odd" | "even" {
  const number = /(\d+)$/.exec(id)?.[1];
  return (number === undefined ? at : Number(number)) % 2 === 1 ? "odd" : "even";
}

interface Row {
  readonly frequency: string;
  readonly half: string;
  readonly outcomes: Outcome[];
  readonly horizon: number;
}

function series(id: string, y: Float64Array, period: number): Series {
  return { id, y, period, time: null, inputs: { names: [], columns: [] } };
}

function smapeOf(list: readonly Outcome[], point: "mean" | "median"): number {
  return (
    list.reduce(
      (sum, o) =>
        sum + (200 * Math.abs(o.actual - o[point])) / (Math.abs(o.actual) + Math.abs(o[point]) || 1),
      0,
    ) / list.length
  );
}

/** Naive2 on the same values (M3 published a sMAPE of 15.47 by value for it), and the model against it as in M4. */
function benchmarkLine(rows: readonly Row[]): string {
  const naive2 = rows.map((row) => row.outcomes.map((o) => ({ ...o, median: o.naive2 })));
  const perSeries = (lists: readonly (readonly Outcome[])[], value: (list: readonly Outcome[]) => number) =>
    lists.reduce((sum, list) => sum + value(list), 0) / lists.length;
  const smape = (list: readonly Outcome[]) => smapeOf(list, "median");
  const mase = (list: readonly Outcome[]) => scoresOf(list, LEVELS).mase;
  const own = rows.map((row) => row.outcomes);
  const [smape2, mase2] = [perSeries(naive2, smape), perSeries(naive2, mase)];
  const owa = (perSeries(own, smape) / smape2 + perSeries(own, mase) / mase2) / 2;
  return `Naive2: sMAPE ${smape2.toFixed(3)}, by value ${smape(naive2.flat()).toFixed(3)}, MASE ${mase2.toFixed(4)}; OWA of the model ${owa.toFixed(4)}`;
}

function table(rows: readonly Row[], title: string) {
  const average = (value: (row: Row) => number) =>
    rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
  const all = rows.flatMap((row) => row.outcomes);
  const pooled = scoresOf(all, LEVELS);
  const per = (value: (o: readonly Outcome[]) => number) => average((row) => value(row.outcomes));
  const finite = rows.filter(
    (row) => Number.isFinite(row.outcomes[0]!.absoluteScale) && row.outcomes[0]!.absoluteScale > 0,
  );
  const mean = (list: readonly Row[], value: (s: ReturnType<typeof scoresOf>) => number) =>
    list.reduce((sum, row) => sum + value(scoresOf(row.outcomes, LEVELS)), 0) / list.length;
  console.log(
    [
      title.padEnd(22),
      String(rows.length).padStart(5),
      per((o) => smapeOf(o, "median"))
        .toFixed(3)
        .padStart(8),
      per((o) => smapeOf(o, "mean"))
        .toFixed(3)
        .padStart(8),
      smapeOf(all, "median").toFixed(3).padStart(8),
      mean(finite, (s) => s.mase)
        .toFixed(4)
        .padStart(8),
      pooled.coverage["80"]!.toFixed(1).padStart(7),
      pooled.coverage["95"]!.toFixed(1).padStart(7),
      mean(finite, (s) => s.msis)
        .toFixed(2)
        .padStart(8),
      pooled.weightedQuantileLoss.toFixed(4).padStart(8),
    ].join(" "),
  );
}

async function main(): Promise<void> {
  const [set] = positionals;
  const folder = join(process.env.YULE_DATA ?? "data", set ?? "");
  if (set === undefined || !existsSync(join(folder, "meta.csv"))) {
    console.log(
      `Skipped: no ${set ?? "<set>"}/meta.csv under YULE_DATA (${process.env.YULE_DATA ?? "not set"}).`,
    );
    return;
  }
  const { meta, train, test } = await loadSet(folder);
  for (const notation of values.model!) {
    const model = parseModel(notation);
    const rows: Row[] = [];
    let failed = 0;
    let seconds = 0;
    meta.forEach((item, at) => {
      const half = parity(item.id, at);
      if (at % Number(values.every) !== 0 || (values.half !== undefined && half !== values.half)) return;
      if (values.frequency !== undefined && item.frequency !== values.frequency) return;
      const training = series(item.id, train.get(item.id)!, item.period);
      try {
        const began = process.cpuUsage();
        const ahead = forecast(model.fit(training), { horizon: item.horizon, paths: 500 });
        for (const level of LEVELS) interval(ahead, level);
        seconds += process.cpuUsage(began).user / 1e6;
        const list = outcomes(ahead, test.get(item.id)!.slice(0, item.horizon), training, LEVELS);
        if (list.length > 0)
          rows.push({ frequency: item.frequency, half, outcomes: list, horizon: item.horizon });
      } catch (error) {
        if (!(error instanceof YuleError)) throw new Error(`${item.id}: ${error}`);
        failed++;
      }
    });
    console.log(
      `\n${set}, ${notation}: ${rows.length} series, ${failed} failed, ${(rows.length / seconds).toFixed(1)} a second of CPU`,
    );
    console.log(
      "                       count   sMAPE  (mean)  byvalue     MASE  cov80   cov95     MSIS      wQL",
    );
    for (const half of ["odd", "even"])
      if (rows.some((row) => row.half === half))
        table(
          rows.filter((row) => row.half === half),
          `${half} ids`,
        );
    for (const frequency of new Set(rows.map((row) => row.frequency)))
      table(
        rows.filter((row) => row.frequency === frequency),
        frequency,
      );
    table(rows, "all");
    console.log(benchmarkLine(rows));
  }
}

await main();
