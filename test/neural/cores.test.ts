import { afterAll, describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { arena } from "../../src/neural/arena.js";
import type { Core, CorePass } from "../../src/neural/core.js";
import { type CoreShape, coreOf } from "../../src/neural/cores/index.js";
import type { Kernel } from "../../src/neural/kernel/kernel.js";
import { loadKernel } from "../../src/neural/kernel/load.js";
import { twin } from "../../src/neural/kernel/twin/index.js";
import { differingBits } from "./helpers.js";

// The laws of every core, between the rows that it is fed and the features that it gives.

const SHAPES: readonly [string, CoreShape][] = [
  ["LSTM", { kind: "recurrent", hidden: 8, layers: 2 }],
  [
    "dilated convolutions",
    {
      kind: "convolutional",
      hidden: 8,
      taps: [
        [1, 0],
        [2, 0],
        [4, 0],
      ],
    },
  ], // prettier-ignore
  [
    "convolutions over a raster",
    {
      kind: "convolutional",
      hidden: 8,
      taps: [
        [5, 4, 3, 1, 0],
        [5, 4, 3, 2, 0],
      ],
    },
  ], // prettier-ignore
  ["attention", { kind: "attention", hidden: 8, layers: 2, span: 4 }],
];

const CELLS = 200_000;
const [STEPS, ROWS] = [9, 4];

interface Bench {
  readonly kernel: Kernel;
  readonly core: Core;
  readonly size: number;
  readonly parameters: number;
  readonly gradients: number;
  readonly pass: CorePass;
  /** Fills the entry anew, goes forward, and gives Σ target·out. */
  readonly run: (dropout?: boolean) => number;
  readonly back: (dropout?: boolean) => void;
  readonly entry: Float64Array;
}

function bench(kernel: Kernel, shape: CoreShape, seed = 3): Bench {
  const block = arena();
  const core = coreOf(block, 4, shape);
  const memory = arena();
  const [parameters, gradients] = [memory.take(block.size), memory.take(block.size)];
  const transposed = core.matrices.map(({ rows, columns }) => memory.take(rows * columns));
  const pass = core.pass(memory, STEPS, ROWS);
  expect(memory.size).toBeLessThan(CELLS);
  const rng = random(seed);
  const uniform = (at: number, count: number, bound: number) => {
    for (let i = 0; i < count; i++) kernel.cells[parameters + at + i] = (2 * rng.uniform() - 1) * bound;
  };
  core.initialise(kernel.cells, parameters, uniform);
  // Biases and gains that training would have moved from where they begin.
  for (let i = 0; i < block.size; i++) kernel.cells[parameters + i]! += 0.2 * (2 * rng.uniform() - 1);
  const draw = (count: number) => Float64Array.from({ length: count }, () => 2 * rng.uniform() - 1);
  const entry = draw(STEPS * ROWS * core.input.outputs);
  const target = draw(STEPS * ROWS * core.width);
  return {
    kernel,
    core,
    size: block.size,
    parameters,
    gradients,
    pass,
    entry,
    run(dropout = false) {
      kernel.cells.set(entry, pass.entry);
      pass.forward(kernel, parameters, dropout ? { rate: 0.3, rng: random(9) } : null);
      return target.reduce((sum, value, i) => sum + value * kernel.cells[pass.out + i]!, 0);
    },
    back(dropout = false) {
      core.matrices.forEach(({ at, rows, columns }, m) => {
        kernel.transpose(rows, columns, parameters + at, transposed[m]!);
      });
      kernel.cells.set(target, pass.outGradient);
      pass.backward(kernel, gradients, transposed, dropout);
    },
  };
}

const told: string[] = [];
afterAll(() => console.log(told.join("\n")));

describe.each(SHAPES)("%s", (name, shape) => {
  test.each([false, true])(
    "gradients equal central differences in float64 to 1e-5, dropout %s",
    (dropout) => {
      const at = bench(twin(new Float64Array(CELLS)), shape);
      const { kernel, core, size, parameters, gradients, pass, entry, run, back } = at;
      run(dropout);
      back(dropout);
      const gradient = Float64Array.from(kernel.cells.slice(gradients, gradients + size));
      const onEntry = Float64Array.from(
        kernel.cells.slice(pass.entryGradient, pass.entryGradient + entry.length),
      );
      const { input } = core;
      const largest = gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(largest).toBeGreaterThan(0.1);
      const slope = (cells: Kernel["cells"] | Float64Array, i: number) => {
        const [value, h] = [cells[i]!, 1e-5];
        cells[i] = value + h;
        const up = run(dropout);
        cells[i] = value - h;
        const down = run(dropout);
        cells[i] = value;
        return (up - down) / (2 * h);
      };
      let worst = 0;
      // A prime number of parameters apart, so that every column of every matrix has its turn.
      const apart = size > 1500 ? 7 : 3;
      for (let i = 0; i < size; i += apart) {
        // What stands before the core has a gradient of its own.
        if (i >= input.weight && i < input.weight + input.inputs * input.outputs) continue;
        if (i >= input.bias && i < input.bias + input.outputs) continue;
        const difference = slope(kernel.cells, parameters + i);
        worst = Math.max(
          worst,
          Math.abs(difference - gradient[i]!) / (Math.abs(difference) + 1e-4 * largest),
        );
      }
      let worstEntry = 0;
      for (let i = 0; i < entry.length; i += 11) {
        const difference = slope(entry, i);
        worstEntry = Math.max(
          worstEntry,
          Math.abs(difference - onEntry[i]!) / (Math.abs(difference) + 1e-4 * largest),
        );
      }
      told.push(
        `gradients, ${name}${dropout ? ", dropout" : ""}: parameters ${worst.toExponential(1)}, entry ${worstEntry.toExponential(1)}`,
      );
      expect(worst).toBeLessThan(1e-5);
      expect(worstEntry).toBeLessThan(1e-5);
    },
  );

  test("the twin gives the bits of the kernel, and the kernel the gradient of float64 to 2e-5", () => {
    const [strict, plain, double] = [
      bench(loadKernel("strict", CELLS), shape),
      bench(loadKernel("plain", CELLS), shape),
      bench(twin(new Float64Array(CELLS)), shape),
    ];
    for (const { run, back } of [strict, plain, double]) {
      run(true);
      back(true);
    }
    expect(differingBits(strict.kernel, plain.kernel, CELLS)).toBe(0);
    const slice = ({ kernel, gradients, size }: Bench) => kernel.cells.slice(gradients, gradients + size);
    const [a, b] = [slice(double), slice(strict)];
    expect(Math.hypot(...a.map((value, i) => value - b[i]!)) / Math.hypot(...a)).toBeLessThan(2e-5);
  });

  test("causality: a change at step t leaves all features before t untouched, and changes some from t on", () => {
    const { kernel, core, pass, entry, run } = bench(loadKernel("strict", CELLS), shape);
    const [wide, width] = [ROWS * core.input.outputs, ROWS * core.width];
    run();
    const before = kernel.cells.slice(pass.out, pass.out + STEPS * width);
    for (let t = 0; t < STEPS; t++) {
      const kept = entry.slice();
      for (let i = 0; i < wide; i++) entry[t * wide + i]! += 1;
      run();
      entry.set(kept);
      const after = kernel.cells.slice(pass.out, pass.out + STEPS * width);
      expect(after.subarray(0, t * width)).toEqual(before.subarray(0, t * width));
      expect(after.subarray(t * width)).not.toEqual(before.subarray(t * width));
    }
  });

  test("the steps give the bits of the pass: with a memory saved and loaded between them, and in every row", () => {
    const { kernel, core, pass, entry, run, parameters } = bench(loadKernel("strict", CELLS), shape);
    run();
    const memory = arena();
    const wide = core.input.outputs;
    const make = core.stepwise(memory, 8);
    // A memory that others have used.
    const own = loadKernel("strict", CELLS);
    own.cells.fill(0.7, CELLS / 2);
    const offset = Math.ceil(CELLS / 2);
    const blocks = arena();
    coreOf(blocks, 4, shape);
    own.cells.set(kernel.cells.subarray(parameters, parameters + blocks.size), CELLS - 20_000);
    expect(memory.size).toBeLessThan(offset);
    const steps = make(own, CELLS - 20_000);
    for (const turns of [STEPS, 1, 3]) {
      steps.load(null);
      for (let t = 0; t < STEPS; t++) {
        if (t % turns === 0) {
          const saved = steps.save();
          for (const [key, cells] of Object.entries(core.memory)) expect(saved[key]).toHaveLength(cells);
          steps.load(null);
          steps.load(saved);
        }
        own.cells.set(entry.subarray(t * ROWS * wide, t * ROWS * wide + wide), steps.entry);
        steps.step(1);
        const at = pass.out + t * ROWS * core.width;
        const expected = kernel.cells.slice(at, at + core.width);
        expect(own.cells.slice(steps.out, steps.out + core.width), `step ${t}`).toEqual(expected);
      }
    }
    // Five rows that share four steps, then go their own ways.
    steps.load(null);
    for (let t = 0; t < 4; t++) {
      own.cells.set(entry.subarray(t * ROWS * wide, t * ROWS * wide + wide), steps.entry);
      steps.step(1);
    }
    const middle = steps.save();
    steps.load(middle);
    const row = (t: number, r: number) => entry.subarray((t + r) * wide, (t + r + 1) * wide);
    own.cells.set(row(0, 0), steps.entry);
    steps.step(1);
    steps.broadcast(5);
    const all: Float32Array[] = [];
    for (let t = 1; t < 6; t++) {
      for (let r = 0; r < 5; r++) own.cells.set(row(t, r), steps.entry + r * wide);
      steps.step(5);
      all.push(own.cells.slice(steps.out, steps.out + 5 * core.width) as Float32Array);
    }
    for (let r = 0; r < 5; r++) {
      steps.load(middle);
      own.cells.set(row(0, 0), steps.entry);
      steps.step(1);
      for (let t = 1; t < 6; t++) {
        own.cells.set(row(t, r), steps.entry);
        steps.step(1);
        const expected = all[t - 1]!.subarray(r * core.width, (r + 1) * core.width);
        expect(own.cells.slice(steps.out, steps.out + core.width)).toEqual(expected);
      }
    }
  });
});
