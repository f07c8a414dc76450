import { availableParallelism } from "node:os";
import type { FitOptions, Progress } from "../core/model.js";
import { workerThreads } from "../io/threads.js";
import { smallestOf } from "../math/extremes.js";
import { sparkline } from "../report/terminal/sparkline.js";
import type { Running } from "../run/threads/perform-all.js";
import type { Context } from "./context.js";
import { progressBar } from "./output/progress.js";

/** Characters for the course of a loss. */
const CURVE = 24;

/** Does the tasks of a panel with progress on stderr, on as many threads as were asked for or pay. */
export async function withProgress<T>(
  context: Context,
  tasks: number,
  work: (running: Running) => Promise<T>,
): Promise<T> {
  const bar = await progressBar(context, tasks);
  const { jobs } = context.settings;
  try {
    return await work({ ...(jobs === undefined ? {} : { jobs }), step: bar.step, show: bar.show });
  } finally {
    bar.stop();
  }
}

/**
 * Trains with progress on stderr, on as many threads as pay. Where a training can end early, Ctrl-C ends it and not the program: the best
 * so far is kept and worked on with. A second Ctrl-C ends the program.
 */
export async function training<T>(
  context: Context,
  endsEarly: boolean,
  train: (options: FitOptions) => Promise<T>,
): Promise<T> {
  const bar = await progressBar(context, 1);
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  if (endsEarly) process.once("SIGINT", interrupt);
  const losses: number[] = [];
  let last: Progress | null = null;
  const onProgress = (progress: Progress) => {
    if (last === null && endsEarly) hintAtStop(context);
    if (progress.done === 1) losses.length = 0;
    if (progress.loss !== undefined) losses.push(progress.loss);
    last = progress;
    bar.show(progress);
  };
  try {
    const began = performance.now();
    const result = await train({ onProgress, signal: stop.signal, ...threadsOf(context) });
    if (last !== null) context.decided(courseOf(last, losses, (performance.now() - began) / 1000));
    return result;
  } finally {
    process.off("SIGINT", interrupt);
    bar.stop();
  }
}

/** On a terminal, and with --verbose: elsewhere nobody presses a key. */
function hintAtStop({ shell, decided, detail }: Context): void {
  const hint = "Training; Ctrl-C stops it and keeps the best weights so far.";
  if (shell.stderr.isTTY === true) decided(hint);
  else detail(hint);
}

/** `Trained for 41 epochs in 32 s; loss 0.912 ▇▅▃▂▁▁, the least 0.905.` */
function courseOf({ done, stage }: Progress, losses: readonly number[], seconds: number): string {
  if (stage === "series") return `Fitted ${done} series in ${seconds.toFixed(0)} s.`;
  const what = `Trained for ${done} ${stage}${done === 1 ? "" : "s"} in ${seconds.toFixed(0)} s`;
  const known = losses.filter(Number.isFinite);
  if (known.length === 0) return `${what}.`;
  return `${what}; loss ${sparkline(known, CURVE)}, the least ${smallestOf(known).toFixed(4)}.`;
}

function threadsOf({ settings }: Context): Pick<FitOptions, "threads"> {
  const threads = Math.min(64, settings.jobs ?? availableParallelism());
  return threads === 1 ? {} : { threads: workerThreads(threads) };
}
