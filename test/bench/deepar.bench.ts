import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { random } from "../../src/core/random.js";
import type { Panel } from "../../src/core/series.js";
import { pathStreams } from "../../src/engine/roll.js";
import { update } from "../../src/engine/update.js";
import { DEEPAR, DEEPAR_FORM } from "../../src/models/deepar.js";
import type { TrainingJob } from "../../src/models/network/training/train.js";
import { windowSource } from "../../src/models/network/training/windows.js";
import type { KernelKind } from "../../src/neural/kernel/load.js";
import { kernelAvailable, loadKernel } from "../../src/neural/kernel/load.js";
import { trainingLayout } from "../../src/neural/training/plan.js";
import { deepar } from "../../src/select/neural.js";
import type { Bench } from "./bench.js";
import { torchStep } from "./peers/torch.js";
import { panelOf, requireBuild, stepper, stepsHere, stepsOnTwo, trainingJob } from "./training-steps.js";

// The reference size: two LSTM layers of 40, 32 windows of 48 steps, 32 inputs (26 lags, the scale, 5 shared features),
// Student-t, dropout 0.1, clipping, Adam. One step is 208 million floating-point operations.
const WINDOWS = 32;
const OPTIONS = {
  lags: Array.from({ length: 26 }, (_, i) => i + 1),
  context: 25,
  horizon: 24,
  batch: WINDOWS,
  dropout: 0.1,
  epochs: 1,
  batches: 100_000,
} as const;

const jobOf = (panel: Panel, kernel: KernelKind = "strict"): TrainingJob =>
  trainingJob(DEEPAR, DEEPAR_FORM, panel, { ...OPTIONS, kernel });

const oneThread = (panel: () => Panel, kernel?: KernelKind) => stepsHere(() => jobOf(panel(), kernel));
const twoThreads = (kernel: KernelKind) => stepsOnTwo(() => jobOf(panelOf(50, 200), kernel));

/** Filling both shards of a batch with windows, and nothing else. */
function filling(): () => void {
  const job = jobOf(panelOf(50, 200));
  const layout = trainingLayout(job.plan);
  const kernel = loadKernel(job.kernel, layout.cells, job.memory);
  const source = windowSource(job.config, job.data, job.windows);
  const rng = random(3);
  return () => {
    for (const tape of layout.tapes) source.draw(kernel, tape, rng);
  };
}

const rateOf = (windows: number) => (1000 * WINDOWS) / windows;
const pytorch = { name: "PyTorch 2.13, best of 1 and 2 threads", milliseconds: rateOf(6030) };
const gluonts = { name: "GluonTS on PyTorch 2.13", milliseconds: rateOf(3100) };
const small = stepper(jobOf(panelOf(50, 200)), 1);

/** Against the PyTorch that is installed here, where there is one. */
function installed(): Bench[] {
  const peer = torchStep({ core: "lstm", windows: WINDOWS, steps: 48, inputs: 32, hidden: 40, layers: 2 });
  if (peer === null) return [];
  const bench = (threads: number, timed: Pick<Bench, "setUp" | "run">): Bench => ({
    name: `training step of 32 windows, ${threads} thread${threads > 1 ? "s" : ""}`,
    goal: "faster than the PyTorch installed here",
    ratio: 1,
    peer,
    ...timed,
  });
  return [
    bench(
      1,
      oneThread(() => panelOf(50, 200)),
    ),
    bench(2, twoThreads("strict")),
  ];
}

function fused(): Bench[] {
  if (!kernelAvailable("fused")) {
    console.log("(fused kernels left out: this Node knows no relaxed SIMD; Node 22 and later do)");
    return [];
  }
  const bench = (threads: number, goal: number, timed: Pick<Bench, "setUp" | "run">): Bench => ({
    name: `training step, fused kernel, ${threads} thread${threads > 1 ? "s" : ""}`,
    goal: `${goal} windows a second`,
    ratio: goal / 6030,
    peer: { name: "PyTorch 2.13, best", milliseconds: rateOf(6030) },
    ...timed,
  });
  return [
    bench(
      1,
      6000,
      oneThread(() => panelOf(50, 200), "fused"),
    ),
    bench(2, 11_000, twoThreads("fused")),
  ];
}

const PATHS = 100;

/** A forecast of 32 series as GluonTS makes it: 24 rows encoded, then 100 paths of 24 steps for each. */
async function forecasts() {
  const panel = panelOf(32, 120);
  const fits = await deepar({ ...OPTIONS, batches: 1 }).fitPanel(panel);
  const values = panel.map(({ y }) => y.slice(96));
  const inputs = Array.from({ length: 24 }, () => new Float64Array(0));
  return { fits, values, inputs, paths: PATHS };
}

function sampleAll({ fits, values, inputs, paths }: Awaited<ReturnType<typeof forecasts>>): void {
  fits.forEach((fitted, i) => {
    const { params, state } = update(fitted, values[i]!);
    DEEPAR.process.rollMany!(params as never, state as never, inputs, pathStreams(1, paths));
  });
}

function sampling(): Pick<Bench, "setUp" | "run"> {
  let run = () => {};
  return {
    async setUp() {
      const work = await forecasts();
      run = () => sampleAll(work);
    },
    run: () => run(),
  };
}

/** Half of the series in a second thread that stands ready, the other half in this one. */
function samplingOnTwo(): Pick<Bench, "setUp" | "run"> {
  let run = async () => {};
  return {
    async setUp() {
      requireBuild();
      const { fits, values, ...rest } = await forecasts();
      const half = fits.length / 2;
      const detached = fits.slice(half).map(({ process: _, ...fitted }) => fitted);
      const workerData = { ...rest, fits: detached, values: values.slice(half) };
      const worker = new Worker(pathToFileURL(join(import.meta.dirname, "sampling.worker.js")), {
        workerData,
      });
      worker.unref();
      run = async () => {
        const done = once(worker, "message");
        worker.postMessage("go");
        sampleAll({ ...rest, fits: fits.slice(0, half), values });
        worker.ref();
        await done;
        worker.unref();
      };
    },
    run: () => run(),
  };
}

const all: Bench[] = [
  {
    name: "training step of 32 windows, 1 thread",
    goal: "5,000 windows a second",
    ratio: 5000 / 6030,
    peer: pytorch,
    ...oneThread(() => panelOf(50, 200)),
  },
  {
    name: "training step of 32 windows, 2 threads",
    goal: "8,000 windows a second",
    ratio: 8000 / 6030,
    peer: pytorch,
    ...twoThreads("strict"),
  },
  {
    name: "training step of 32 windows, 2 threads",
    goal: "2.5 times GluonTS",
    ratio: 2.5,
    peer: gluonts,
    ...twoThreads("strict"),
  },
  ...installed(),
  ...fused(),
  {
    name: "window building, a batch",
    goal: "at most a tenth of a step",
    ratio: 10,
    peer: { name: "the whole step", milliseconds: 6.4, inProcess: small },
    run: filling(),
  },
  {
    name: "training step, panel of 5,000 series",
    goal: "as fast as with 50",
    ratio: 0.95,
    peer: { name: "panel of 50", milliseconds: 6.4, inProcess: small },
    ...oneThread(() => panelOf(5000, 200)),
  },
  {
    name: "100 paths of 24 steps for 32 series, 1 thread",
    goal: "110 ms",
    ratio: 280 / 110,
    peer: { name: "GluonTS predict, 1 thread", milliseconds: 280 },
    ...sampling(),
  },
  {
    name: "100 paths of 24 steps for 32 series, 2 threads",
    goal: "60 ms",
    ratio: 210 / 60,
    peer: { name: "GluonTS predict, 2 threads", milliseconds: 210 },
    ...samplingOnTwo(),
  },
];

/** Steps take milliseconds and PyTorch's figures are the fastest of hundreds, so ours are too. */
export const benches: Bench[] = all.map((bench) => ({ ...bench, single: true }));
