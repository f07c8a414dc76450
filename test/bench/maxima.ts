// How often the default fit of arima misses the highest known maximum of its likelihood, over random models of the shipped
// series, and what it takes.
// Usage: npm run accuracy -- maxima [--models 2500] [--seed 1] [--search] [--listed]
// `--search` looks for higher maxima than those known (long: some 60 starts a model) and keeps what it finds in maxima.json.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Rng, random } from "../../src/core/random.js";
import { type Series, series } from "../../src/core/series.js";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { fitArima } from "../../src/models/arima/arima.js";
import { checkedChoice } from "../../src/models/arima/definition/options.js";

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    models: { type: "string", default: "2500" },
    from: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    search: { type: "boolean", default: false },
    listed: { type: "boolean", default: false },
    known: { type: "string", default: join(import.meta.dirname, "maxima.json") },
    random: { type: "string", default: "60" },
  },
});

type Choice = Parameters<typeof checkedChoice>[0];

interface Draw {
  readonly name: string;
  readonly series: Series;
  readonly choice: Choice;
  readonly coefficients: number;
}

/** The classics as they are, and their logarithms. */
async function classics(): Promise<{ name: string; series: Series }[]> {
  const all: { name: string; series: Series }[] = [];
  const folder = join(import.meta.dirname, "../../datasets");
  for (const file of readdirSync(folder).filter((each) => each.endsWith(".csv"))) {
    const { panel } = await parseCsv(readFileSync(join(folder, file), "utf8"));
    const name = file.slice(0, -4);
    const { y, period } = panel[0]!;
    if (y.some(Number.isNaN) || y.length > 1000) continue;
    all.push({ name, series: series(y, { period }) });
    if (y.every((value) => value > 0)) {
      all.push({ name: `log ${name}`, series: series(y.map(Math.log), { period }) });
    }
  }
  return all;
}

const upTo = (rng: Rng, most: number) => Math.floor(rng.uniform() * (most + 1));

/** Orders up to (4,2,4)(2,1,2), one to nine coefficients that the series has room for. */
function drawModel(rng: Rng, pool: readonly { name: string; series: Series }[]): Draw {
  for (;;) {
    const { name, series: one } = pool[upTo(rng, pool.length - 1)]!;
    const { period } = one;
    const seasonal = period > 1 && rng.uniform() < 0.75;
    const [p, q] = [upTo(rng, 4), upTo(rng, 4)];
    const [P, Q] = seasonal ? [upTo(rng, 2), upTo(rng, 2)] : [0, 0];
    const D = seasonal ? upTo(rng, 1) : 0;
    const d = rng.uniform() < 0.1 ? 2 : upTo(rng, 1);
    const coefficients = p + q + P + Q;
    const needed = d + D * period + P * period + p + 3 * coefficients + 10;
    if (coefficients === 0 || coefficients > 9 || one.y.length < needed) continue;
    const drift = d + D === 1 && rng.uniform() < 0.5;
    const choice: Choice = {
      order: [p, d, q],
      ...(seasonal ? { seasonal: [P, D, Q] as const, period } : {}),
      ...(drift ? { drift } : {}),
    };
    return { name, series: one, choice, coefficients };
  }
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Tallies of one group of models. */
class Misses {
  models = 0;
  missed = 0;
  badly = 0;
  worst = 0;
  milliseconds = 0;

  add(short: number, milliseconds: number): void {
    this.models++;
    if (short > 0.01) this.missed++;
    if (short > 1) this.badly++;
    this.worst = Math.max(this.worst, short);
    this.milliseconds += milliseconds;
  }

  row(name: string): string {
    const share = (count: number) => `${((100 * count) / this.models).toFixed(1)} %`;
    const each = (this.milliseconds / this.models).toFixed(2);
    return `| ${name} | ${this.models} | ${share(this.missed)} | ${share(this.badly)} | ${this.worst.toFixed(2)} | ${each} |`;
  }
}

export async function main(): Promise<void> {
  const rng = random(Number(values.seed));
  const pool = await classics();
  const draws = Array.from({ length: Number(values.models) }, () => drawModel(rng, pool));
  const path = values.known;
  const stored = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Record<string, number[]>) : {};
  const known = stored[values.seed] ?? [];
  const groups = new Map<string, Misses>();
  draws.slice(0, 40).forEach(({ series: one, choice }) => {
    fitArima(one, checkedChoice(choice));
  });
  let shares = 0;
  for (let i = Number(values.from); i < draws.length; i++) {
    const { series: one, choice, coefficients, name } = draws[i]!;
    const began = cpu();
    const { report } = fitArima(one, checkedChoice(choice));
    const milliseconds = cpu() - began;
    const reached = report.logLikelihood;
    let best = Math.max(known[i] ?? Number.NEGATIVE_INFINITY, reached);
    if (values.search) {
      const effort = {
        logLikelihoodGap: 1e4,
        maxStarts: 40,
        reduced: 20,
        random: Number(values.random),
        tolerance: 1e-6,
        iterations: 120,
      };
      best = Math.max(
        best,
        fitArima(one, checkedChoice(choice), { effort, rng: random(i + 1) }).report.logLikelihood,
      );
    }
    known[i] = Number(best.toFixed(4));
    const short = known[i]! - reached;
    if (values.listed && short > 0.01)
      console.log(short.toFixed(3), reached.toFixed(3), name, JSON.stringify(choice));
    const size = coefficients <= 3 ? "1 to 3 coefficients" : coefficients <= 6 ? "4 to 6" : "7 to 9";
    for (const group of ["all", size]) {
      const misses = groups.get(group) ?? new Misses();
      groups.set(group, misses);
      misses.add(short, milliseconds);
    }
    shares++;
    if (values.search && shares % 50 === 0) {
      writeFileSync(path, `${JSON.stringify({ ...stored, [values.seed]: known })}\n`);
    }
  }
  if (values.search) writeFileSync(path, `${JSON.stringify({ ...stored, [values.seed]: known })}\n`);
  console.log("| models | | short by > 0.01 | by > 1 | worst | ms each |");
  console.log("|---|---:|---:|---:|---:|---:|");
  for (const name of ["all", "1 to 3 coefficients", "4 to 6", "7 to 9"]) {
    const misses = groups.get(name);
    if (misses !== undefined) console.log(misses.row(name));
  }
}
