import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import type { Kernel } from "../../src/neural/kernel/kernel.js";
import { kernelAvailable, loadKernel } from "../../src/neural/kernel/load.js";
import { differingBits, pair, whole } from "./helpers.js";

const CELLS = 16384;

/** Runs `operation` on both kernels over the same memory and counts the bits that differ afterwards. */
function compare(seed: number, operation: (kernel: Kernel) => unknown, spread?: number): number {
  const { strict, plain } = pair(CELLS, seed, spread);
  const a = operation(strict);
  const b = operation(plain);
  return differingBits(strict, plain, CELLS) + (Object.is(a, b) ? 0 : 1);
}

test("this machine runs the WebAssembly kernel, or the comparisons below would compare the twin with itself", () => {
  expect(kernelAvailable("strict")).toBe(true);
});

describe("the TypeScript twin gives the bits of the WebAssembly kernel", () => {
  test.each([
    [70, 8, 130],
    [131, 16, 64],
    [3, 20, 193],
  ])("products larger than the blocks they are worked on in: %d × %d × %d", (rows, columns, depth) => {
    const [a, w, out] = [0, 9200, 13200];
    for (const accumulate of [0, 1] as const) {
      const bits = compare(rows, (kernel) => {
        kernel.product(rows, columns, depth, a, depth, 1, w, columns, out, columns, accumulate);
        kernel.product(rows, columns, depth, a, 1, rows, w, columns, out, columns, 1);
      });
      expect(bits).toBe(0);
    }
  });

  for (let seed = 1; seed <= 40; seed++) {
    test(`matrices, shape ${seed}`, () => {
      const rng = random(seed);
      const rows = whole(rng, 1, 19);
      const columns = 4 * whole(rng, 1, 12);
      const depth = whole(rng, 0, 23);
      const accumulate = whole(rng, 0, 1) as 0 | 1;
      const transposed = rng.uniform() < 0.5;
      const [aRow, aStep] = transposed ? [1, rows] : [depth, 1];
      const [a, w, out] = [0, 2000, 6000];
      const bits = compare(seed, (kernel) => {
        kernel.product(rows, columns, depth, a, aRow, aStep, w, columns, out, columns, accumulate);
        kernel.product(rows, columns, Math.min(depth, 5), a + 100, 1, -rows, w, columns, out, columns, 1);
        kernel.tileRows(rows, columns, w, 1 + (seed % 3), 8000);
        kernel.columnSums(rows, columns, out, 10000);
        kernel.addScaledRows(rows, columns, a, out, 8000);
        kernel.transpose(rows, columns, out, 11000);
        kernel.accumulate(4 * rows, w, 12000);
        kernel.multiply(4 * rows, w, 12100);
        kernel.blend(4 * rows, 0.3, w, 12150);
        kernel.dropout(4 * rows, w, 12200, 12400, 1, -2, 3e8 | 0, 77, 0x20000000, 1 / 0.875);
        return kernel.sumOfSquares(columns * rows, out);
      });
      expect(bits).toBe(0);
    });

    test(`rows from a start of their own or from one for all, shape ${seed}`, () => {
      const rng = random(seed + 2000);
      const [rows, columns, depth] = [whole(rng, 1, 19), 4 * whole(rng, 1, 12), whole(rng, 0, 23)];
      const [a, w, start, out, mixed] = [0, 2000, 6000, 8000, 10000];
      const bits = compare(seed, (kernel) => {
        kernel.affine(rows, columns, depth, a, depth, 1, w, columns, start, columns, out, columns);
        kernel.affine(rows, columns, depth, a, 1, rows, w, columns, start, 0, out + 1000, columns);
        kernel.mixRows(rows, columns, start, a, out, a + 100, w, mixed);
      });
      expect(bits).toBe(0);
    });

    test(`LSTM cell and heads, shape ${seed}`, () => {
      const rng = random(seed + 1000);
      const rows = 4 * whole(rng, 1, 5);
      const hidden = 4 * whole(rng, 1, 10);
      const size = rows * hidden;
      const bits = compare(
        seed,
        (kernel) => {
          kernel.cellForward(rows, hidden, 0, 4 * size, 5 * size, 6 * size, 7 * size);
          kernel.cellBackward(rows, hidden, 0, 4 * size, 6 * size, 8 * size, 9 * size, 10 * size);
          const [raw, y, w, d, u] = [0, 100, 140, 180, 300].map((at) => 12 * size + at) as [
            number,
            number,
            number,
            number,
            number,
          ];
          for (let r = 0; r < rows; r++) {
            kernel.cells[w + r] = Math.abs(kernel.cells[w + r]!);
            kernel.cells[u + r] = Math.abs(kernel.cells[u + r]! / 8) + 1e-4;
          }
          const t = kernel.studentTLoss(rows, raw, y, w, d);
          const n = kernel.normalLoss(rows, raw, y, w, d + 80);
          kernel.studentTSample(rows, raw, u, u + 40, u + 80);
          kernel.normalSample(rows, raw, u, u + 40, u + 120);
          for (let r = 0; r < rows; r++) {
            kernel.cells[y + r] = Math.floor(Math.exp(Math.abs(2 * kernel.cells[y + r]!)));
            kernel.cells[u + r] = Math.abs(kernel.cells[u + r]!) + 0.1;
          }
          return t + n + kernel.negativeBinomialLoss(rows, raw, y, w, u, u + 160);
        },
        4,
      );
      expect(bits).toBe(0);
    });
  }

  for (let seed = 1; seed <= 20; seed++) {
    test(`gated units, layer norm and attention, shape ${seed}`, () => {
      const rng = random(seed + 3000);
      const [rows, steps, width] = [whole(rng, 1, 5), whole(rng, 1, 7), 4 * whole(rng, 1, 5)];
      const [span, shared, before] = [whole(rng, 1, 9), whole(rng, 0, 4), whole(rng, 0, 3)];
      const n = steps * rows;
      const bits = compare(seed, (kernel) => {
        kernel.gateForward(n, width, 0, 1500);
        kernel.gateBackward(n, width, 0, 2500);
        kernel.rectify(n * width, 1500, 2500);
        kernel.rectifyBackward(n * width, 1500, 3500);
        kernel.normalise(n, width, 0, 4500, 4600, 4700, 5000);
        kernel.normaliseBackward(n, width, 0, 4500, 4700, 5000, 4800, 4900, 6000);
        const [query, keys, values, distance, shares, out] = [0, 7000, 8200, 9400, 9500, 11000];
        const common = [shared, 1500, 2500] as const;
        const own = [before, keys, values, rows] as const;
        const ahead = [distance, shares, out] as const;
        kernel.attendForward(steps, rows, width, span, 0.3, query, ...common, ...own, ...ahead);
        kernel.attendForward(steps, rows, width, span, 0.3, query, 0, 0, 0, 0, keys, values, rows, ...ahead);
        const back = [11800, 15300, 12500, 13300, 14100] as const;
        kernel.attendBackward(steps, rows, width, span, 0.3, query, keys, values, shares, out, ...back);
      });
      expect(bits).toBe(0);
    });
  }

  for (let seed = 1; seed <= 10; seed++) {
    test(`tokens, shape ${seed}`, () => {
      const rng = random(seed + 4000);
      const [rows, columns] = [whole(rng, 1, 9), 4 * whole(rng, 1, 9)];
      const bits = compare(
        seed,
        (kernel) => {
          for (let r = 0; r < rows; r++) kernel.cells[1000 + r] = (r * 7) % columns;
          return kernel.categoricalLoss(rows, columns, 0, 1000, 2000, 3000);
        },
        6,
      );
      expect(bits).toBe(0);
    });
  }

  test("Adam", () => {
    const bits = compare(3, (kernel) => {
      for (let i = 0; i < 256; i++) kernel.cells[768 + i] = Math.abs(kernel.cells[768 + i]!);
      kernel.adam(
        256,
        0,
        256,
        512,
        768,
        0.37,
        0.999,
        0.9,
        0.999,
        1e-3 / (1 - 0.9),
        1 / Math.sqrt(1e-3),
        1e-8,
      );
    });
    expect(bits).toBe(0);
  });

  test("values of every magnitude", () => {
    const bits = compare(5, (kernel) => {
      for (let i = 0; i < 64; i++) kernel.cells[i] = kernel.cells[i]! * 10 ** (i - 32);
      kernel.normalLoss(8, 0, 32, 8192, 4096);
      kernel.studentTLoss(8, 0, 32, 8192, 4200);
      kernel.cellForward(1, 8, 16, 0, 5000, 5008, 5016);
    });
    expect(bits).toBe(0);
  });
});

test("NaN reaches the loss instead of being clamped away", () => {
  for (const kind of ["strict", "plain"] as const) {
    const kernel = loadKernel(kind, 256);
    kernel.cells.fill(Number.NaN, 0, 16);
    kernel.cells.fill(1, 32, 36);
    expect(kernel.studentTLoss(4, 0, 16, 32, 64)).toBeNaN();
    expect(kernel.normalLoss(4, 0, 16, 32, 64)).toBeNaN();
    kernel.cellForward(1, 4, 0, 100, 104, 108, 112);
    expect(kernel.cells[112]).toBeNaN();
  }
});
