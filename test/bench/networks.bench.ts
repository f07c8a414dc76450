import { random } from "../../src/core/random.js";
import type { NetworkFamily } from "../../src/models/network/family.js";
import type { TrainingJob } from "../../src/models/network/training/train.js";
import { TRANSFORMER, TRANSFORMER_FORM } from "../../src/models/transformer.js";
import { WAVENET, WAVENET_FORM } from "../../src/models/wavenet.js";
import { arena } from "../../src/neural/arena.js";
import { coreOf } from "../../src/neural/cores/index.js";
import { loadKernel } from "../../src/neural/kernel/load.js";
import type { Bench } from "./bench.js";
import { type TorchNet, torchStep } from "./peers/torch.js";
import { panelOf, stepsOnTwo, trainingJob } from "./training-steps.js";

const CONTEXT = 168;
const SHAPE = { kind: "attention", hidden: 32, layers: 2, span: CONTEXT } as const;
const INPUTS = 32;

/** The next features of `rows` sequences whose last 168 steps are known: from keys and values kept, and by reading all steps again. */
function attention(rows: number) {
  const memory = arena();
  const parameters = arena();
  const core = coreOf(parameters, INPUTS, SHAPE);
  const at = memory.take(parameters.size);
  const pass = core.pass(memory, CONTEXT, rows);
  const stepwise = core.stepwise(memory, rows);
  const kernel = loadKernel("strict", memory.size);
  const rng = random(1);
  core.initialise(kernel.cells, at, (from, count, bound) => {
    for (let i = 0; i < count; i++) kernel.cells[from + i] = (2 * rng.uniform() - 1) * bound;
  });
  const entries = CONTEXT * rows * core.input.outputs;
  for (let i = 0; i < entries; i++) kernel.cells[pass.entry + i] = 2 * rng.uniform() - 1;
  const latest = pass.entry + (CONTEXT - 1) * rows * core.input.outputs;
  const steps = stepwise(kernel, at);
  const step = () => {
    kernel.cells.copyWithin(steps.entry, latest, latest + rows * core.input.outputs);
    steps.step(rows);
  };
  steps.load(null);
  // Each sequence has a past of its own, which is the dearer case: paths of one forecast share what was observed.
  for (let t = 0; t < CONTEXT; t++) step();
  return { step, reread: () => pass.forward(kernel, at, null) };
}

function stepBench(rows: number): Bench {
  const { step, reread } = attention(rows);
  return {
    name: `transformer step of ${rows} row${rows > 1 ? "s" : ""} at context ${CONTEXT}, keys and values kept`,
    goal: "10 times cheaper than reading the context again",
    ratio: 10,
    peer: { name: "pass over the context", milliseconds: Number.NaN, inProcess: reread },
    run: step,
  };
}

const WINDOWS = 32;
const HORIZON = 24;
const OPTIONS = {
  context: 48,
  horizon: HORIZON,
  batch: WINDOWS,
  hidden: 32,
  dropout: 0.1,
  epochs: 1,
  batches: 100_000,
} as const;
const jobOf = (family: NetworkFamily, form: typeof WAVENET_FORM) => () =>
  trainingJob(family, form, panelOf(50, 200), OPTIONS);

/** A training step at width 32, context 48 and horizon 24 on two threads, against the same net in the PyTorch installed here. */
function trainingBench(
  name: string,
  core: TorchNet["core"],
  layers: number,
  job: () => TrainingJob,
): Bench[] {
  const { inputs } = job().plan.shape;
  const peer = torchStep({
    core,
    windows: WINDOWS,
    steps: OPTIONS.context + HORIZON,
    inputs,
    hidden: 32,
    layers,
  });
  if (peer === null) return [];
  const goal = "as fast as the PyTorch installed here";
  return [
    {
      name: `${name}: training step of ${WINDOWS} windows, 2 threads`,
      goal,
      ratio: 1,
      peer,
      single: true,
      ...stepsOnTwo(job),
    },
  ];
}

export const benches: Bench[] = [
  ...[1, 32].map(stepBench),
  ...trainingBench("wavenet", "convolutional", 5, jobOf(WAVENET, WAVENET_FORM)),
  ...trainingBench("transformer", "attention", 2, jobOf(TRANSFORMER, TRANSFORMER_FORM)),
];
