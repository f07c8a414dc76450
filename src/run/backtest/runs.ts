import { YuleError, type YuleErrorFields } from "../../core/errors.js";
import type { FitOptions, Model } from "../../core/model.js";
import { random } from "../../core/random.js";
import type { ModelRun } from "../../evaluate/leaderboard.js";
import type { Outcome } from "../../evaluate/outcome.js";
import { type RollingOptions, rollSeries, rollTogether } from "../../evaluate/rolling.js";
import { type MissingPolicy, withMissing } from "../../models/missing.js";
import { learnsTogether, type PanelModel, refusalOf } from "../fit-together.js";
import { attempt } from "../outcome.js";
import type { TaskOf } from "../tasks/perform.js";
import { performAll, type Running } from "../threads/perform-all.js";
import type { Schedule, Scheduled } from "./schedule.js";

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
): Promise<ModelRun[]> {
  const spread = candidates.filter(({ model, portable }) => portable && !learnsTogether(model));
  const notations = spread.map(({ model }) => model.notation);
  const separate = await runOnThreads(notations, rolls, running);
  const runs: ModelRun[] = [];
  for (const candidate of candidates) {
    const at = spread.indexOf(candidate);
    const { model } = candidate;
    if (at >= 0) runs.push(separate[at]!);
    else if (learnsTogether(model)) runs.push(await runTogether(model, rolls, running));
    else runs.push(await runHere(model, rolls, running));
  }
  return runs;
}

async function runOnThreads(
  notations: readonly string[],
  { scheduled, horizon, levels, gap, refit, seed, paths, missing, inputs }: Rolls,
  running: Running,
): Promise<ModelRun[]> {
  const common = { kind: "backtest", horizon, levels, paths, seed, future: null, keep: false } as const;
  const tasks = scheduled.flatMap(({ series, folds }) =>
    notations.map(
      (notation): TaskOf<"backtest"> => ({
        ...common,
        series,
        model: { notation, missing },
        rolling: { folds, gap, refit, inputs },
      }),
    ),
  );
  const results = await performAll(tasks, running);
  return notations.map((notation, column) => {
    const mine = results.filter((_, at) => at % notations.length === column);
    const failed = mine.filter((result) => result.status === "failed");
    requireUsable(
      failed.map(({ error }) => error),
      mine.length,
    );
    const done = mine.filter((result) => result.status === "ok");
    return {
      model: notation,
      outcomes: done.flatMap(({ value }) => value.outcomes),
      seconds: done.reduce((sum, { value }) => sum + value.seconds, 0),
      failures: failed.map(({ id, error }) => ({ id, message: error.message })),
    };
  });
}

/** A usage error on every series is the caller's. */
function requireUsable(errors: readonly (YuleError | YuleErrorFields)[], count: number): void {
  const misused = errors.find(({ category }) => category === "usage");
  if (errors.length < count || misused === undefined) return;
  throw misused instanceof YuleError ? misused : new YuleError(misused);
}

/** The series one after the other on this thread, giving way to other work of the program. */
async function runHere(model: Model, rolls: Rolls, { signal, step }: Running): Promise<ModelRun> {
  const careful = withMissing(model, rolls.missing);
  const began = performance.now();
  const outcomes: Outcome[] = [];
  const errors: { id: string; error: YuleError }[] = [];
  for (const { series, folds } of rolls.scheduled) {
    signal?.throwIfAborted();
    const options = { ...rollingOptions(rolls), ...(signal === undefined ? {} : { signal }) };
    const result = attempt(series.id, model.notation, () => ({
      model: model.notation,
      value: rollSeries(series, folds, careful, options),
    }));
    if (result.status === "failed") errors.push(result);
    else for (const outcome of result.value) outcomes.push(outcome);
    step?.(series.id);
    await new Promise((next) => setTimeout(next, 0));
  }
  requireUsable(
    errors.map(({ error }) => error),
    rolls.scheduled.length,
  );
  const failures = errors.map(({ id, error }) => ({ id, message: error.message }));
  return { model: model.notation, outcomes, seconds: (performance.now() - began) / 1000, failures };
}

function rollingOptions({ horizon, levels, gap, refit, seed, paths, inputs }: Rolls): RollingOptions {
  const drawn = paths === null ? {} : { paths };
  return { horizon, levels, gap, refit, seed, inputs, rng: random(seed), ...drawn };
}

async function runTogether(model: PanelModel, rolls: Rolls, running: RunningRolls): Promise<ModelRun> {
  const { scheduled } = rolls;
  const began = performance.now();
  const run = (outcomes: readonly Outcome[], failures: ModelRun["failures"]): ModelRun => ({
    model: model.notation,
    outcomes,
    seconds: (performance.now() - began) / 1000,
    failures,
  });
  // The policy fills gaps in the training rows alone: filling the whole series would show the model its future.
  const careful = withMissing(model, rolls.missing) as PanelModel;
  const refusals = scheduled.map(({ series }) => ({ id: series.id, error: refusalOf(careful, series) }));
  const taken = scheduled.filter((_, at) => refusals[at]!.error === null);
  const refused = refusals.flatMap(({ id, error }) =>
    error === null ? [] : [{ id, message: error.message }],
  );
  if (taken.length === 0) {
    requireUsable(
      refusals.map(({ error }) => error!),
      scheduled.length,
    );
    return run([], refused);
  }
  const { signal, train = (work) => work(signal === undefined ? {} : { signal }) }: RunningRolls = running;
  try {
    const outcomes = await train((options) =>
      rollAll(careful, taken, { ...options, ...rollingOptions(rolls) }),
    );
    return run(outcomes.flat(), refused);
  } catch (error) {
    if (!(error instanceof YuleError) || error.category === "usage") throw error;
    const { message } = error;
    return run(
      [],
      scheduled.map(({ series }) => ({ id: series.id, message })),
    );
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
