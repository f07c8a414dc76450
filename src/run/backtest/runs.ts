import { YuleError } from "../../core/errors.js";
import type { FitOptions, Model } from "../../core/model.js";
import { random } from "../../core/random.js";
import type { SummedRun } from "../../evaluate/leaderboard.js";
import { type RollingOptions, rollSeries, rollTogether } from "../../evaluate/rolling.js";
import { type MissingPolicy, withMissing } from "../../models/missing.js";
import { learnsTogether, type PanelModel, refusalOf } from "../fit-together.js";
import { asFailure, attempt } from "../outcome.js";
import type { TaskOf, TaskResults } from "../tasks/perform.js";
import type { Outcome as Result } from "../tasks/task.js";
import { performEvery, type Running } from "../threads/perform-all.js";
import { GrowingRun } from "./growing-run.js";
import type { Schedule, Scheduled } from "./schedule.js";

/** Series and values that are worked on at a time: long against the start of threads, short against memory. */
const STRETCH = { series: 4096, values: 2_000_000 } as const;

/** A model of a backtest. */
export interface Candidate {
  readonly model: Model;
  /** Whether its notation says all of it, so that threads can do the work. */
  readonly portable: boolean;
}

/** What the rolls of all models have in common. */
export interface Rolls extends Pick<Schedule, "scheduled" | "horizon"> {
  readonly levels: readonly number[];
  readonly gap: number;
  readonly refit: number;
  readonly seed: number;
  readonly paths: number | null;
  readonly missing: MissingPolicy;
  readonly inputs: "known" | "withheld";
  /** Whether every outcome is kept, beside the sums that the scores need. */
  readonly keepOutcomes?: boolean;
}

/** How the rolls are done, which changes nothing about their results. */
export interface RunningRolls extends Running {
  /** Surrounds the training of a model that learns from all series together; gives it its progress, signal and threads. */
  readonly train?: <T>(train: (options: FitOptions) => Promise<T>) => Promise<T>;
}

/**
 * Rolls every model through every series: those that learn from all series together on this thread, the others series by
 * series on as many as `running` says.
 *
 * @returns one run a model, in their order, with the series that failed.
 * @throws YuleError where a model could do nothing because of how it was asked for.
 */
export async function runModels(
  candidates: readonly Candidate[],
  rolls: Rolls,
  running: RunningRolls = {},
): Promise<SummedRun[]> {
  const seriesBySeries = candidates.filter(({ model, portable }) => portable && !learnsTogether(model));
  const notations = seriesBySeries.map(({ model }) => model.notation);
  const separate = await runOnThreads(notations, rolls, running);
  const runs: SummedRun[] = [];
  for (const candidate of candidates) {
    const at = seriesBySeries.indexOf(candidate);
    const { model } = candidate;
    if (at >= 0) runs.push(separate[at]!);
    else if (learnsTogether(model)) runs.push(await runTogether(model, rolls, running));
    else runs.push(await runHere(model, rolls, running));
  }
  return runs;
}

async function runOnThreads(
  notations: readonly string[],
  rolls: Rolls,
  running: Running,
): Promise<SummedRun[]> {
  const runs = notations.map((notation) => growing(notation, rolls));
  const tasks = rolls.scheduled.flatMap((one) => tasksOf(one, notations, rolls));
  await performEvery(tasks, running, (result, at) => take(runs[at % runs.length]!, result));
  return runs.map((run) => run.finish());
}

/**
 * Rolls models through series as they come, a stretch of them at a time; neither the series nor their outcomes are kept.
 *
 * @returns one run a notation, in their order, with the series that failed.
 * @throws YuleError as `runModels` does.
 */
export async function runEach(
  notations: readonly string[],
  rolls: Omit<Rolls, "scheduled">,
  source: AsyncIterable<Scheduled>,
  running: Running = {},
): Promise<SummedRun[]> {
  const runs = notations.map((notation) => growing(notation, rolls));
  for await (const some of stretchesOf(source)) {
    const tasks = some.flatMap((one) => tasksOf(one, notations, rolls));
    await performEvery(tasks, running, (result, at) => take(runs[at % runs.length]!, result));
  }
  return runs.map((run) => run.finish());
}

async function* stretchesOf(source: AsyncIterable<Scheduled>): AsyncGenerator<readonly Scheduled[]> {
  let some: Scheduled[] = [];
  let values = 0;
  for await (const one of source) {
    some.push(one);
    values += one.series.y.length;
    if (values < STRETCH.values && some.length < STRETCH.series) continue;
    yield some;
    some = [];
    values = 0;
  }
  if (some.length > 0) yield some;
}

function tasksOf(
  { series, folds }: Scheduled,
  notations: readonly string[],
  { horizon, levels, gap, refit, seed, paths, missing, inputs }: Omit<Rolls, "scheduled">,
): TaskOf<"backtest">[] {
  const common = { kind: "backtest", horizon, levels, paths, seed, future: null, keep: false } as const;
  const rolling = { folds, gap, refit, inputs };
  return notations.map((notation) => ({ ...common, series, model: { notation, missing }, rolling }));
}

function take(run: GrowingRun, result: Result<TaskResults["backtest"]>): void {
  if (result.status === "failed") {
    run.fail(result.id, result.error);
    return;
  }
  run.take(result.value.outcomes);
  run.seconds += result.value.seconds;
}

function growing(notation: string, { levels, keepOutcomes = false }: Omit<Rolls, "scheduled">): GrowingRun {
  return new GrowingRun(notation, levels, keepOutcomes);
}

/** The series one after the other on this thread, giving way to other work of the program. */
async function runHere(model: Model, rolls: Rolls, { signal, step }: Running): Promise<SummedRun> {
  const careful = withMissing(model, rolls.missing);
  const began = performance.now();
  const run = growing(model.notation, rolls);
  for (const { series, folds } of rolls.scheduled) {
    signal?.throwIfAborted();
    const options = { ...rollingOptions(rolls), ...(signal === undefined ? {} : { signal }) };
    const result = attempt(series.id, model.notation, () => ({
      model: model.notation,
      value: rollSeries(series, folds, careful, options),
    }));
    if (result.status === "failed") run.fail(series.id, result.error);
    else run.take(result.value);
    step?.(series.id);
    await new Promise((next) => setTimeout(next, 0));
  }
  run.seconds = (performance.now() - began) / 1000;
  return run.finish();
}

function rollingOptions({ horizon, levels, gap, refit, seed, paths, inputs }: Rolls): RollingOptions {
  const drawn = paths === null ? {} : { paths };
  return { horizon, levels, gap, refit, seed, inputs, rng: random(seed), ...drawn };
}

async function runTogether(model: PanelModel, rolls: Rolls, running: RunningRolls): Promise<SummedRun> {
  const began = performance.now();
  // The policy fills gaps in the training rows alone: filling the whole series would show the model its future.
  const careful = withMissing(model, rolls.missing) as PanelModel;
  const run = growing(model.notation, rolls);
  const taken: Scheduled[] = [];
  for (const one of rolls.scheduled) {
    const error = refusalOf(careful, one.series);
    if (error === null) taken.push(one);
    else run.fail(one.series.id, error);
  }
  if (taken.length === 0) return run.finish();
  const { signal, train = (work) => work(signal === undefined ? {} : { signal }) }: RunningRolls = running;
  try {
    const outcomes = await train((options) =>
      rollAll(careful, taken, { ...options, ...rollingOptions(rolls) }),
    );
    for (const [i, own] of outcomes.entries()) {
      const { id } = taken[i]!.series;
      if (own instanceof Error) run.fail(id, asFailure(id, own));
      else run.take(own);
    }
    run.seconds = (performance.now() - began) / 1000;
    return run.finish();
  } catch (error) {
    if (!(error instanceof YuleError) || error.category === "usage") throw error;
    const failed = growing(model.notation, rolls);
    for (const { series } of rolls.scheduled) failed.fail(series.id, error);
    failed.seconds = (performance.now() - began) / 1000;
    return failed.finish();
  }
}

function rollAll(model: PanelModel, taken: readonly Scheduled[], options: RollingOptions) {
  return rollTogether(
    taken.map(({ series }) => series),
    taken.map(({ folds }) => folds),
    model,
    options,
  );
}
