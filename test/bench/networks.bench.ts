import { random } from "../../src/core/random.js";
import { arena } from "../../src/neural/arena.js";
import { coreOf } from "../../src/neural/cores/index.js";
import { loadKernel } from "../../src/neural/kernel/load.js";
import type { Bench } from "./bench.js";

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

export const benches: Bench[] = [1, 32].map(stepBench);
