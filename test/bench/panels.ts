// Accuracy and coverage of models on panels, DeepAR's beside classical ones: MASE, mean weighted quantile loss, coverage of
// the 80 and 95 % intervals, overall and by horizon.
// Usage: YULE_DATA=<folder with tourism/, panels/ …> npm run accuracy:panels -- tourism-monthly
//   [--model deepar]… [--series 60] [--validate] [--threads 2] [--paths 200] [--seed 1] [--seeds 1] [--log] [--by-horizon] [--plot fans.svg]
// Of models of counts also the perplexity: the geometric mean of 1/p of the scored values, each given all before it, by the model's own widths.
// --plot draws three series by one model, or the first of them by each of several.
// --seeds 3 trains three times, with the seeds from --seed on, and scores the mixture.
// --series 60 takes as many of the panel, evenly spread over it.
// --validate scores on the last rows of the training part and leaves the official test part alone: recipes are chosen so;
// --back 1 (2 …) goes one (two …) such parts further into the past.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Forecast } from "../../src/core/forecast.js";
import type { Fitted, Model, Progress } from "../../src/core/model.js";
import { random } from "../../src/core/random.js";
import { type Series, slice } from "../../src/core/series.js";
import { timeAt, timeLabel } from "../../src/core/time/calendar.js";
import { forecast } from "../../src/engine/forecast.js";
import { update } from "../../src/engine/update.js";
import { logProbabilities } from "../../src/evaluate/log-probabilities.js";
import { type Outcome, outcomes } from "../../src/evaluate/outcome.js";
import { runSumsOf, scoresOf } from "../../src/evaluate/scores/run-sums.js";
import type { Scores } from "../../src/evaluate/scores/scores.js";
import { workerThreads } from "../../src/io/threads.js";
import { type Picture, recent } from "../../src/report/pictures/picture.js";
import { svgText } from "../../src/report/pictures/svg.js";
import { loadFamilies, parseModel } from "../../src/select/catalogue.js";
import { ensemble } from "../../src/select/ensemble/index.js";
import { climatology, hindsight, type Reference } from "./panel-references.js";
import { loadPanel, type PanelSet, SET_NAMES, trainingPart } from "./panel-sets.js";

const LEVELS = [80, 95];
/** Series that --plot draws, spread over the panel. */
const FANS = 3;

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: "string", multiple: true },
    series: { type: "string" },
    validate: { type: "boolean", default: false },
    back: { type: "string", default: "0" },
    threads: { type: "string", default: "1" },
    paths: { type: "string" },
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "1" },
    log: { type: "boolean", default: false },
    plot: { type: "string" },
    "by-horizon": { type: "boolean", default: false },
  },
});

/** What is held against each panel unless --model says otherwise. */
const MODELS: Readonly<Record<string, readonly string[]>> = {
  "tourism-monthly": ["snaive", "climatology", "auto-ets", "theta", "deepar"],
  pedestrian: ["snaive", "snaive[168]", "climatology", "deepar(horizon=24, categories=id)"],
  pjm: ["snaive", "snaive[168]", "climatology", "deepar(horizon=24)"],
  traffic: ["snaive", "climatology", "pooled"],
  web: ["snaive", "climatology", "pooled"],
  load: ["snaive", "climatology", "pooled"],
  carparts: ["snaive", "climatology", "croston", "tsb", "deepar(likelihood=negative-binomial)"],
};

/** Not models, but what they are held against. */
const REFERENCES: Readonly<Record<string, (set: PanelSet) => Reference>> = { climatology, hindsight };

/** A forecast, and the same without the correction of its widths where there is one. */
interface Ahead extends Forecast {
  readonly own: Forecast | null;
  /** log p of each value, given all before it; null where values have densities. */
  readonly logs: Float64Array | null;
}

/** Gives the forecast of series i from a row on; called with ascending rows. */
type Forecaster = (i: number, origin: number) => Ahead;

export async function main(worker: URL): Promise<void> {
  await loadFamilies();
  const root = process.env.YULE_DATA ?? "data";
  for (const name of positionals.length === 0 ? SET_NAMES : positionals) {
    const most = flags.series === undefined ? Number.POSITIVE_INFINITY : Number(flags.series);
    const set = loadPanel(root, name, flags.validate ? 1 + Number(flags.back) : 0, most);
    if (set === null) {
      const where = process.env.YULE_DATA ?? "not set";
      console.log(`Skipped: no panel ${name} under YULE_DATA (${where}); there are ${SET_NAMES.join(", ")}.`);
      continue;
    }
    const part = flags.validate
      ? `training part, ${flags.back} parts before its last rows`
      : "official test part";
    console.log(`\n${name}: ${set.panel.length} series, ${set.windows} window(s) of ${set.horizon}, ${part}`);
    console.log(line("model", "MASE", "wQL", "cov80", "cov95", "MSIS", "CPU s", "perpl."));
    const notations = flags.model ?? MODELS[name]!;
    const fans: Picture[] = [];
    for (const notation of notations) {
      const own = await scored(set, notation, worker, notation === notations.at(-1));
      // Of several models, each with the same series.
      fans.push(
        ...(notations.length > 1 ? own.slice(0, 1).map((fan) => ({ ...fan, title: notation })) : own),
      );
    }
    if (flags.plot !== undefined) writeFileSync(flags.plot, svgText(fans));
  }
}

/** Prints the scores of a model. @returns forecasts of some series as pictures, where --plot asks for them. */
async function scored(set: PanelSet, notation: string, worker: URL, last: boolean): Promise<Picture[]> {
  const began = process.cpuUsage();
  const forecaster = await forecasterOf(set, notation, worker);
  const fans: Picture[] = [];
  const uncorrected: Outcome[] = [];
  const stated = LEVELS.map(() => ({ sum: 0, count: 0 }));
  const all = set.panel.flatMap((one, i) => {
    const drawn = i % Math.ceil(set.panel.length / FANS) === 0;
    return windowOutcomes(set, i, forecaster, (ahead, origin) => {
      if (ahead.own !== null) uncorrected.push(...confronted(set, i, ahead.own, origin));
      addStated(stated, ahead);
      if (flags.plot !== undefined && drawn && origin === set.trained[i])
        fans.push(fanOf(one, ahead, origin));
    });
  });
  const { user, system } = process.cpuUsage(began);
  console.log(row(notation, all, ((user + system) / 1e6).toFixed(0)));
  if (uncorrected.length > 0) console.log(row("  with the network's own widths", uncorrected));
  const shares = stated.map(({ sum, count }) => (100 * sum) / count);
  if (LEVELS.some((level, l) => Math.abs(level - shares[l]!) > 2)) {
    const [a, b] = shares.map((share) => share.toFixed(1));
    console.log(
      `    its intervals state ${a} and ${b} %: they end on whole numbers and cannot hold 80 and 95 % exactly`,
    );
  }
  if (last && flags["by-horizon"]) byHorizon(notation, all);
  return fans;
}

/** The probability that a forecast gives its own intervals: more than their level where it lies on few values. */
function addStated(stated: { sum: number; count: number }[], { distributions }: Forecast): void {
  for (const distribution of distributions) {
    LEVELS.forEach((level, l) => {
      const [low, high] = [
        distribution.quantile(0.5 - level / 200),
        distribution.quantile(0.5 + level / 200),
      ];
      stated[l]!.sum += distribution.cdf(high) - distribution.cdf(low - 1e-9);
      stated[l]!.count++;
    });
  }
}

/** A forecast with its 50, 80 and 95 % bands, and the values that were observed later. */
function fanOf({ id, y, time }: Series, { distributions, horizon }: Forecast, origin: number): Picture {
  const end = (p: number) => Float64Array.from(distributions, (distribution) => distribution.quantile(p));
  const rows = Array.from({ length: origin + horizon }, (_, t) => t);
  const picture = {
    title: id,
    times: rows.map((t) => timeLabel(time!, t)),
    instants: rows.map((t) => timeAt(time!, t).local),
    history: y.slice(0, origin),
    curves: [
      {
        name: "median",
        from: origin,
        mean: end(0.5),
        bands: [50, 80, 95].map((level) => ({
          level,
          lower: end(0.5 - level / 200),
          upper: end(0.5 + level / 200),
        })),
      },
      { name: "observed later", from: origin, mean: y.slice(origin, origin + horizon), bands: [] },
    ],
  };
  return recent(picture, 2 * horizon);
}

async function forecasterOf(set: PanelSet, notation: string, worker: URL): Promise<Forecaster> {
  const reference = REFERENCES[notation]?.(set);
  if (reference !== undefined) return (i, origin) => ({ ...reference(i, origin), own: null, logs: null });
  const fits = await fitAll(set, ofSeveralSeeds(parseModel(notation)), worker);
  const seen = [...set.trained];
  const paths = flags.paths === undefined ? {} : { paths: Number(flags.paths) };
  const options = { horizon: set.horizon, seed: Number(flags.seed), ...paths };
  return (i, origin) => {
    fits[i] = update(fits[i]!, set.panel[i]!.y.slice(seen[i], origin));
    seen[i] = origin;
    const { calibration, ...plain } = fits[i]!;
    const own = calibration === undefined ? null : forecast(plain, options);
    const values = set.panel[i]!.y.slice(origin, origin + set.horizon);
    const rows = Array.from(values, () => new Float64Array(0));
    return { ...forecast(fits[i]!, options), own, logs: logProbabilities(plain, values, rows) };
  };
}

/** The mixture of what a model learns from each of --seeds seeds. */
function ofSeveralSeeds(model: Model): Model {
  const { fitPanel } = model;
  const count = Number(flags.seeds);
  if (fitPanel === undefined || count === 1) return model;
  const members = Array.from({ length: count }, (_, k): Model => {
    const rng = random(Number(flags.seed) + k);
    return { ...model, fitPanel: (panel, options) => fitPanel(panel, { ...options, rng }) };
  });
  return ensemble(members);
}

async function fitAll(set: PanelSet, model: Model, worker: URL): Promise<Fitted[]> {
  const parts = trainingPart(set);
  const rng = random(Number(flags.seed));
  if (model.fitPanel === undefined) return parts.map((part) => model.fit(part, { rng }));
  const count = Number(flags.threads);
  const onProgress = ({ done, message }: Progress) => {
    if (flags.log) console.log(`  ${done}: ${message}`);
  };
  const threads = count > 1 ? { threads: workerThreads(count, worker) } : {};
  const fits = await model.fitPanel(parts, { rng, onProgress, horizon: set.horizon, ...threads });
  for (const { message } of fits[0]!.report.notes) console.log(`  ${message}`);
  const { log, bestEpoch } = fits[0]!.report.details as { log?: object[]; bestEpoch?: number };
  if (log !== undefined) console.log(`  trained for ${log.length} epochs; the best is ${bestEpoch}`);
  return [...fits];
}

function windowOutcomes(
  set: PanelSet,
  i: number,
  forecaster: Forecaster,
  onForecast: (ahead: Ahead, origin: number) => void,
): Outcome[] {
  return Array.from({ length: set.windows }, (_, w) => {
    const origin = set.trained[i]! + w * set.horizon;
    const ahead = forecaster(i, origin);
    onForecast(ahead, origin);
    return confronted(set, i, ahead, origin, ahead.logs);
  }).flat();
}

function confronted(
  { panel, trained, horizon }: PanelSet,
  i: number,
  ahead: Forecast,
  origin: number,
  logs: Float64Array | null = null,
): Outcome[] {
  const training = slice(panel[i]!, 0, trained[i]!);
  const found = outcomes(ahead, panel[i]!.y.slice(origin, origin + horizon), training, LEVELS);
  return logs === null ? found : found.map((one) => ({ ...one, logProbability: logs[one.step - 1]! }));
}

/** MASE is a mean over the series whose naive errors are not all 0; the other measures are of all values together. */
function row(name: string, all: readonly Outcome[], seconds = ""): string {
  const pooled = scoresOf(all, LEVELS);
  const scaled = all.filter(({ absoluteScale }) => absoluteScale > 0);
  return line(
    name,
    meanOverSeries(scaled, ({ mase }) => mase).toFixed(3),
    pooled.weightedQuantileLoss.toFixed(4),
    pooled.coverage["80"]!.toFixed(1),
    pooled.coverage["95"]!.toFixed(1),
    meanOverSeries(scaled, ({ msis }) => msis).toFixed(2),
    seconds,
    pooled.perplexity?.toFixed(3) ?? "",
  );
}

function meanOverSeries(all: readonly Outcome[], value: (scores: Scores) => number): number {
  const bySeries = [...groupById(all).values()];
  return bySeries.reduce((sum, own) => sum + value(scoresOf(own, LEVELS)), 0) / bySeries.length;
}

function byHorizon(notation: string, all: readonly Outcome[]): void {
  console.log(`\n${notation}, by steps ahead`);
  for (const { step } of runSumsOf(all, LEVELS).byHorizon()) {
    console.log(
      row(
        String(step),
        all.filter((outcome) => outcome.step === step),
      ),
    );
  }
}

function line(name: string, ...cells: string[]): string {
  return `  ${name.padEnd(44)}${cells.map((cell) => cell.padStart(8)).join("")}`;
}

function groupById(all: readonly Outcome[]): Map<string, Outcome[]> {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of all) {
    const own = groups.get(outcome.id);
    if (own === undefined) groups.set(outcome.id, [outcome]);
    else own.push(outcome);
  }
  return groups;
}
