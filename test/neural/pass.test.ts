import { afterAll, describe, expect, test } from "vitest";
import { type Rng, random } from "../../src/core/random.js";
import { arena } from "../../src/neural/arena.js";
import type { Likelihood } from "../../src/neural/heads/head.js";
import type { Kernel } from "../../src/neural/kernel/kernel.js";
import { loadKernel } from "../../src/neural/kernel/load.js";
import { twin } from "../../src/neural/kernel/twin/index.js";
import { initialise, type Network, network, transposes, transposeWeights } from "../../src/neural/network.js";
import { backward, forward, loss, type Tape, tape } from "../../src/neural/pass.js";

const LIKELIHOODS: readonly Likelihood[] = ["student-t", "normal", "negative-binomial"];
const CELLS = 60_000;

interface Bench {
  readonly kernel: Kernel;
  readonly net: Network;
  readonly parameters: number;
  readonly gradients: number;
  readonly at: Tape;
  readonly run: (dropout?: boolean) => number;
  readonly back: (dropout?: boolean) => void;
}

/** A toy network on a random batch. */
function bench(
  kernel: Kernel,
  likelihood: Likelihood,
  { steps = 3, rows = 4, categories = [3, 6] as readonly number[], seed = 1 } = {},
): Bench {
  const net = network({
    inputs: 8,
    core: { kind: "recurrent", hidden: 8, layers: 2 },
    outputs: 4,
    direct: 5,
    categories,
  });
  const memory = arena();
  const [parameters, gradients] = [memory.take(net.size), memory.take(net.size)];
  const transposed = transposes(net, memory);
  const at = tape(net, memory, steps, rows);
  expect(memory.size).toBeLessThan(kernel.cells.length);
  const rng = random(seed);
  initialise(net, kernel.cells, parameters, rng);
  fill(kernel, at, likelihood, rng);
  for (const codes of at.codes) codes.set(codes.map((_, r) => (r * 2) % 3));
  const dropoutOf = (on: boolean) => (on ? { rate: 0.3, rng: random(9) } : null);
  return {
    kernel,
    net,
    parameters,
    gradients,
    at,
    run(dropout = false) {
      forward(kernel, net, parameters, at, dropoutOf(dropout));
      return loss(kernel, likelihood, at);
    },
    back(dropout = false) {
      transposeWeights(kernel, net, parameters, transposed);
      backward(kernel, net, gradients, at, transposed, dropout);
    },
  };
}

function fill(kernel: Kernel, at: Tape, likelihood: Likelihood, rng: Rng): void {
  const cells = at.steps * at.rows;
  for (let i = 0; i < cells * 8; i++) kernel.cells[at.x + i] = 2 * rng.uniform() - 1;
  for (let i = 0; i < cells; i++) {
    const counts = likelihood === "negative-binomial";
    kernel.cells[at.y + i] = counts ? Math.floor(12 * rng.uniform()) : 4 * rng.uniform() - 2;
    kernel.cells[at.weight + i] = rng.uniform() < 0.2 ? 0 : 1;
    kernel.cells[at.scale + i] = 0.5 + 5 * rng.uniform();
  }
}

const told: string[] = [];
afterAll(() => console.log(told.join("\n")));

/** The layer that a parameter belongs to. */
function layerAt({ embeddings, entry, core, head, direct }: Network, i: number): string {
  if (i >= direct) return "direct";
  if (i >= head.weight) return "head";
  const lstm = core.matrices.filter((_, m) => m % 2 === 1);
  const at = lstm.findLastIndex((inputWeight) => i >= inputWeight.at);
  if (entry !== null && i >= entry.weight && (at < 0 || entry.weight > lstm[at]!.at)) return "entry";
  if (at >= 0) return `LSTM ${at + 1}`;
  return embeddings.length > 0 ? "embeddings" : "none";
}

describe.each(LIKELIHOODS)("the gradient of the whole loss, %s", (likelihood) => {
  test.each([false, true])("equals central differences in float64 to 1e-5, dropout %s", (dropout) => {
    const { kernel, net, parameters, gradients, run, back } = bench(
      twin(new Float64Array(CELLS)),
      likelihood,
    );
    run(dropout);
    back(dropout);
    const gradient = Float64Array.from(kernel.cells.slice(gradients, gradients + net.size));
    const largest = gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largest).toBeGreaterThan(0.1);
    const worst = new Map<string, number>();
    for (let i = 0; i < net.size; i++) {
      const w = kernel.cells[parameters + i]!;
      const h = 1e-5;
      kernel.cells[parameters + i] = w + h;
      const up = run(dropout);
      kernel.cells[parameters + i] = w - h;
      const down = run(dropout);
      kernel.cells[parameters + i] = w;
      const difference = (up - down) / (2 * h);
      const error = Math.abs(difference - gradient[i]!) / (Math.abs(difference) + 1e-4 * largest);
      const layer = layerAt(net, i);
      worst.set(layer, Math.max(worst.get(layer) ?? 0, error));
    }
    for (const [layer, error] of worst) expect(error, layer).toBeLessThan(1e-5);
    expect([...worst.keys()]).toEqual(
      expect.arrayContaining(["embeddings", "LSTM 1", "LSTM 2", "head", "direct"]),
    );
    const shown = [...worst].map(([layer, error]) => `${layer} ${error.toExponential(1)}`).join(", ");
    told.push(
      `gradients of the loss, ${likelihood}${dropout ? ", dropout" : ""}: worst relative error: ${shown}`,
    );
  });

  test("the float32 kernel's gradient is that of the float64 twin to 2e-5", () => {
    const double = bench(twin(new Float64Array(CELLS)), likelihood);
    const single = bench(loadKernel("strict", CELLS), likelihood);
    for (const { run, back } of [double, single]) {
      run(true);
      back(true);
    }
    const slice = ({ kernel, net, gradients }: Bench) => kernel.cells.slice(gradients, gradients + net.size);
    const [a, b] = [slice(double), slice(single)];
    const size = Math.hypot(...a);
    expect(Math.hypot(...a.map((value, i) => value - b[i]!)) / size).toBeLessThan(2e-5);
  });
});

describe("laws of networks", () => {
  const shape = { steps: 6, rows: 8, seed: 4 };

  test("causality: changing x at step t changes no output before t, and some at t and after", () => {
    for (let t = 0; t < shape.steps; t++) {
      const { kernel, at, run } = bench(loadKernel("strict", CELLS), "student-t", shape);
      run();
      const width = at.rows * 4;
      const before = kernel.cells.slice(at.raw, at.raw + at.steps * width);
      for (let i = 0; i < at.rows * 8; i++) kernel.cells[at.x + t * at.rows * 8 + i]! += 1;
      run();
      for (let s = 0; s < at.steps; s++) {
        const changed = before
          .slice(s * width, (s + 1) * width)
          .some((value, i) => value !== kernel.cells[at.raw + s * width + i]);
        expect(changed).toBe(s >= t);
      }
    }
  });

  test("the order of the batch does not matter", () => {
    const a = bench(loadKernel("strict", CELLS), "student-t", shape);
    const b = bench(loadKernel("strict", CELLS), "student-t", shape);
    const { rows, steps } = a.at;
    const order = [5, 2, 7, 0, 1, 6, 3, 4];
    const permute = (start: number, width: number) => {
      for (let t = 0; t < steps; t++) {
        order.forEach((from, to) => {
          const row = a.kernel.cells.slice(
            start + (t * rows + from) * width,
            start + (t * rows + from + 1) * width,
          );
          b.kernel.cells.set(row, start + (t * rows + to) * width);
        });
      }
    };
    for (const [start, width] of [
      [a.at.x, 8],
      [a.at.y, 1],
      [a.at.weight, 1],
    ] as const)
      permute(start, width);
    for (const [i, codes] of a.at.codes.entries()) b.at.codes[i]!.set(order.map((from) => codes[from]!));
    expect(b.run()).toBeCloseTo(a.run(), 3);
    for (let t = 0; t < steps; t++) {
      order.forEach((from, to) => {
        const read = ({ kernel, at }: Bench, r: number) =>
          kernel.cells.slice(at.raw + (t * rows + r) * 4, at.raw + (t * rows + r + 1) * 4);
        expect(read(b, to)).toEqual(read(a, from));
      });
    }
  });

  test("masked values do not matter, to the loss or to any gradient", () => {
    for (const likelihood of LIKELIHOODS) {
      const { kernel, net, gradients, at, run, back } = bench(loadKernel("strict", CELLS), likelihood, shape);
      const first = run();
      back();
      const before = kernel.cells.slice(gradients, gradients + net.size);
      let masked = 0;
      for (let i = 0; i < at.steps * at.rows; i++) {
        if (kernel.cells[at.weight + i] !== 0) continue;
        kernel.cells[at.y + i] = 1000 + i;
        masked++;
      }
      expect(masked).toBeGreaterThan(3);
      expect(run()).toBe(first);
      back();
      expect(kernel.cells.slice(gradients, gradients + net.size)).toEqual(before);
    }
  });
});
