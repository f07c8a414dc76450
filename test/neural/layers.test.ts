import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { adamState, adamStep } from "../../src/neural/adam.js";
import { arena } from "../../src/neural/arena.js";
import type { Kernel } from "../../src/neural/kernel/kernel.js";
import { loadKernel } from "../../src/neural/kernel/load.js";
import { twin } from "../../src/neural/kernel/twin/index.js";
import { lstmBackward, lstmForward, lstmLayer, lstmOutput, lstmTape } from "../../src/neural/layers/lstm.js";
import { referenceCases } from "../reference.js";

// Oracle: test/reference/neural.json (PyTorch, float64). Tolerances are those the file asks for: 1e-10 in float64,
// 2e-5 in float32. Its gated convolution, attention and layer norm belong to layers that yule does not have.

const KERNELS: [string, () => Kernel, number][] = [
  ["float64 twin", () => twin(new Float64Array(60_000)), 1e-10],
  ["WebAssembly, float32", () => loadKernel("strict", 60_000), 2e-5],
];

interface LstmCase {
  readonly weights: Record<string, number[][] | number[]>;
  readonly x: number[][][];
  readonly h0: number[][][];
  readonly c0: number[][][];
  readonly upstream: number[][][];
  readonly result: {
    readonly y: number[][][];
    readonly gradX: number[][][];
    readonly gradWeights: Record<string, number[][] | number[]>;
  };
}

interface HeadCase {
  readonly params: Record<string, number>;
  readonly result: { y: number; logDensity: number; grad: Record<string, number> }[];
}

function caseOf<T>(id: string): T {
  return referenceCases("neural").find((candidate) => candidate.id === id) as T;
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const size = Math.max(...expected.map(Math.abs));
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThanOrEqual(tolerance * size);
  }
}

const flat = (nested: unknown): number[] => (nested as number[][]).flat(9) as number[];
const transposed = (matrix: number[][]): number[] =>
  matrix[0]!.flatMap((_, j) => matrix.map((row) => row[j]!));

describe.each(KERNELS)("%s agrees with PyTorch", (_, make, tolerance) => {
  test("LSTM, two layers: outputs and all gradients", () => {
    const { weights, x, h0, c0, upstream, result } = caseOf<LstmCase>("lstm-2x4");
    const kernel = make();
    const memory = arena();
    const put = (values: readonly number[]): number => {
      const at = memory.take(values.length);
      values.forEach((value, i) => {
        kernel.cells[at + i] = value;
      });
      return at;
    };
    const get = (at: number, n: number): ArrayLike<number> => kernel.cells.subarray(at, at + n);
    const padded = (rows: number[]): number[] => rows.flatMap((v, i) => (i % 3 === 2 ? [v, 0] : [v]));

    const block = arena();
    const layers = [lstmLayer(block, 4, 4), lstmLayer(block, 4, 4)];
    const [parameters, gradients] = [memory.take(block.size), memory.take(block.size)];
    const tapes = layers.map(() => lstmTape(memory, 4, 5, 2));
    layers.forEach((layer, l) => {
      const named = (name: string) => weights[`${name}_l${l}`] as number[][];
      const input = transposed(named("weight_ih"));
      input.forEach((value, i) => {
        kernel.cells[parameters + layer.inputWeight + i] = value;
      });
      transposed(named("weight_hh")).forEach((value, i) => {
        kernel.cells[parameters + layer.hiddenWeight + i] = value;
      });
      const biases = [weights[`bias_ih_l${l}`], weights[`bias_hh_l${l}`]] as number[][];
      biases[0]!.forEach((value, i) => {
        kernel.cells[parameters + layer.bias + i] = value + biases[1]![i]!;
      });
      flat(h0[l]).forEach((value, i) => {
        kernel.cells[tapes[l]!.out + i] = value;
      });
      flat(c0[l]).forEach((value, i) => {
        kernel.cells[tapes[l]!.cell + i] = value;
      });
    });
    const input = put(padded(flat(x)));
    layers.forEach((layer, l) => {
      const from = l === 0 ? input : lstmOutput(layers[0]!, tapes[0]!);
      lstmForward(kernel, layer, parameters, tapes[l]!, from, { at: parameters + layer.bias, rows: 1 });
    });
    expectClose(get(lstmOutput(layers[1]!, tapes[1]!), 40), flat(result.y), tolerance);

    flat(upstream).forEach((value, i) => {
      kernel.cells[tapes[1]!.outGradient + i] = value;
    });
    const inputGradient = memory.take(40);
    for (const l of [1, 0]) {
      const layer = layers[l]!;
      const transposes = { hiddenWeight: memory.take(64), inputWeight: memory.take(64) };
      kernel.transpose(4, 16, parameters + layer.hiddenWeight, transposes.hiddenWeight);
      kernel.transpose(4, 16, parameters + layer.inputWeight, transposes.inputWeight);
      const from = l === 0 ? input : lstmOutput(layers[0]!, tapes[0]!);
      const below = l === 0 ? inputGradient : tapes[0]!.outGradient;
      lstmBackward(kernel, layer, gradients, tapes[l]!, from, transposes, below);
    }
    const gradX = Array.from(get(inputGradient, 40)).filter((_, i) => i % 4 !== 3);
    expectClose(gradX, flat(result.gradX), tolerance);
    layers.forEach((layer, l) => {
      const named = (name: string) => result.gradWeights[`${name}_l${l}`] as number[][];
      const inputs = named("weight_ih")[0]!.length;
      expectClose(get(gradients + layer.inputWeight, inputs * 16), transposed(named("weight_ih")), tolerance);
      expectClose(get(gradients + layer.hiddenWeight, 64), transposed(named("weight_hh")), tolerance);
      expectClose(
        get(gradients + layer.bias, 16),
        result.gradWeights[`bias_ih_l${l}`] as number[],
        tolerance,
      );
    });
  });

  const inverseSoftplus = (y: number): number => y + Math.log(-Math.expm1(-y));
  const slope = (raw: number): number => 1 / (1 + Math.exp(-raw));

  /** Loss and gradient of one row, the other three rows weighing nothing. */
  function headOf(
    run: (kernel: Kernel, raw: number, y: number, weight: number, gradient: number) => number,
    raw: readonly number[],
    y: number,
  ): { loss: number; gradient: number[] } {
    const kernel = make();
    kernel.cells.set(raw, 0);
    kernel.cells[16] = y;
    kernel.cells[32] = 1;
    const loss = run(kernel, 0, 16, 32, 48);
    return { loss, gradient: Array.from(kernel.cells.subarray(48, 52)) };
  }

  test("Student-t", () => {
    const { params, result } = caseOf<HeadCase>("student-t");
    const raw = [inverseSoftplus(params.df! - 2), params.loc!, inverseSoftplus(params.scale!)];
    for (const { y, logDensity, grad } of result) {
      const found = headOf((k, ...at) => k.studentTLoss(4, ...at), raw, y);
      const expected = [grad.df! * slope(raw[0]!), grad.loc!, grad.scale! * slope(raw[2]!)];
      expectClose([-found.loss], [logDensity], tolerance);
      expectClose(
        found.gradient.slice(0, 3),
        expected.map((value) => -value),
        tolerance,
      );
    }
  });

  test("normal", () => {
    const { params, result } = caseOf<HeadCase>("normal");
    const raw = [params.loc!, inverseSoftplus(params.scale!)];
    for (const { y, logDensity, grad } of result) {
      const found = headOf((k, ...at) => k.normalLoss(4, ...at), raw, y);
      expectClose([-found.loss], [logDensity], tolerance);
      expectClose(found.gradient.slice(0, 2), [-grad.loc!, -grad.scale! * slope(raw[1]!)], tolerance);
    }
  });

  test("negative binomial", () => {
    const { params, result } = caseOf<HeadCase>("negative-binomial-mu-alpha");
    const scale = 4;
    const raw = [inverseSoftplus((params.mu! - 1e-10) / scale), inverseSoftplus((params.alpha! - 1e-6) * 2)];
    for (const { y, logDensity, grad } of result) {
      const found = headOf(
        (k, rawAt, yAt, weight, gradient) => {
          k.cells.fill(scale, 64, 68);
          return k.negativeBinomialLoss(4, rawAt, yAt, weight, 64, gradient);
        },
        raw,
        y,
      );
      const expected = [-grad.mu! * scale * slope(raw[0]!), (-grad.alpha! * slope(raw[1]!)) / 2];
      expectClose([-found.loss], [logDensity], tolerance);
      expectClose(found.gradient.slice(0, 2), expected, tolerance);
    }
  });

  test("AdamW", () => {
    const { start, result } = caseOf<{ start: number[]; result: { grad: number[]; w: number[] }[] }>("adamw");
    const kernel = make();
    kernel.cells.set(start, 0);
    const state = adamState();
    for (const { grad, w } of result) {
      kernel.cells.set(grad, 16);
      const blocks = { size: 4, slowFrom: 4, weights: 0, first: 32, second: 48 };
      adamStep(kernel, blocks, state, 16, 1, { learningRate: 0.01, slow: 1, weightDecay: 0.1, clip: 1e9 });
      expectClose(kernel.cells.subarray(0, 3), w, tolerance);
    }
  });
});

test("clipping keeps the direction and cuts the norm", () => {
  const kernel = twin(new Float64Array(100));
  const rng = random(3);
  for (let i = 0; i < 8; i++) kernel.cells[16 + i] = rng.uniform() * 30;
  const gradient = Array.from(kernel.cells.subarray(16, 24), (value) => value / 7);
  const norm = Math.hypot(...gradient);
  const blocks = { size: 8, slowFrom: 8, weights: 0, first: 32, second: 48 };
  const options = { learningRate: 0.1, slow: 1, weightDecay: 0, clip: 2 };
  expect(adamStep(kernel, blocks, adamState(), 16, 7, options)).toBeCloseTo(norm, 12);
  expectClose(
    kernel.cells.subarray(32, 40),
    gradient.map((value) => (0.1 * value * 2) / norm),
    1e-12,
  );
});
