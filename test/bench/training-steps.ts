import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { random } from "../../src/core/random.js";
import { type Panel, series } from "../../src/core/series.js";
import { standardNormal } from "../../src/math/special-functions/normal.js";
import type { Form } from "../../src/models/contract/schema.js";
import {
  type NetworkOptions,
  type NetworkSchema,
  settingsOf,
} from "../../src/models/network/data/options.js";
import type { NetworkFamily } from "../../src/models/network/family.js";
import { prepare } from "../../src/models/network/training/prepare.js";
import { TRAINING_TASK, type TrainingJob } from "../../src/models/network/training/train.js";
import { windowSource } from "../../src/models/network/training/windows.js";
import { loadKernel } from "../../src/neural/kernel/load.js";
import { member } from "../../src/neural/training/member.js";
import { SHARDS, trainingLayout } from "../../src/neural/training/plan.js";
import { train } from "../../src/neural/training/train.js";
import type { Bench } from "./bench.js";

/** Monthly series about levels of their own. */
export function panelOf(count: number, length: number): Panel {
  return Array.from({ length: count }, (_, i) => {
    const rng = random(1).fork(i);
    const level = 5 + 20 * rng.uniform();
    const y = Float64Array.from(
      { length },
      (_, t) => level * (1 + 0.3 * Math.sin(t / 2)) + standardNormal(rng),
    );
    return series(y, { id: `s${i}`, start: "1990-01", frequency: "M" });
  });
}

export function trainingJob(
  family: NetworkFamily,
  form: Form<NetworkSchema>,
  panel: Panel,
  options: NetworkOptions,
): TrainingJob {
  return prepare(family, panel, settingsOf(form, options), 1);
}

/** Trains a step a call, as one of `members`. */
export function stepper(job: TrainingJob, members: number): () => void {
  const layout = trainingLayout(job.plan);
  const kernel = loadKernel(job.kernel, layout.cells, job.memory);
  const source = windowSource(job.config, job.data, job.windows);
  const steps = train(kernel, job.plan, layout, source, member(kernel, layout, 0, members));
  return () => void steps.next();
}

const WORKER = join(import.meta.dirname, "../../dist/io/thread-worker.js");

export function requireBuild(): void {
  if (!existsSync(WORKER)) throw new Error("There is no build to take the worker from: run npm run build.");
}

type Steps = Pick<Bench, "setUp" | "run">;

export function stepsHere(job: () => TrainingJob): Steps {
  let step = () => {};
  return {
    setUp: () => {
      step = stepper(job(), 1);
    },
    run: () => step(),
  };
}

/** The same with a second thread beside this one, which follows from barrier to barrier. */
export function stepsOnTwo(job: () => TrainingJob): Steps {
  let step = () => {};
  return {
    setUp() {
      requireBuild();
      const data = job();
      const workerData = { task: TRAINING_TASK, data, index: 1, count: SHARDS };
      new Worker(pathToFileURL(WORKER), { workerData }).unref();
      step = stepper(data, SHARDS);
    },
    run: () => step(),
  };
}
