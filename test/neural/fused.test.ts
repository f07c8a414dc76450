import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { kernelAvailable, loadKernel } from "../../src/neural/kernel/load.js";
import { deepar } from "../../src/select/neural.js";
import { seasonalPanel } from "../models/network/panels.js";

// The kernel that multiplies and adds in one rounding. Node 20 cannot run it: there the second part speaks.

const available = kernelAvailable("fused");
const SHORT = { epochs: 1, batches: 8, horizon: 12, dropout: 0 } as const;

describe.runIf(available)("where relaxed SIMD is known", () => {
  test.each([16, 12])("products are exact to float32's rounding of each term, %d columns", (columns) => {
    const [rows, depth] = [9, 70];
    const [a, w, out] = [0, 1000, 3000];
    const kernel = loadKernel("fused", 8192);
    const rng = random(3);
    for (let i = 0; i < out; i++) kernel.cells[i] = rng.uniform() - 0.5;
    kernel.product(rows, columns, depth, a, depth, 1, w, columns, out, columns, 0);
    for (let r = 0; r < rows; r++) {
      for (let j = 0; j < columns; j++) {
        let [sum, size] = [0, 0];
        for (let k = 0; k < depth; k++) {
          const term = kernel.cells[a + r * depth + k]! * kernel.cells[w + k * columns + j]!;
          sum += term;
          size += Math.abs(term);
        }
        const error = Math.abs(kernel.cells[out + r * columns + j]! - sum);
        expect(error).toBeLessThanOrEqual(depth * 2 ** -24 * size);
      }
    }
  });

  test("a training of a few steps differs from the strict one in last bits only", () => {
    const [series] = seasonalPanel(1, 120);
    const [strict, fused] = (["strict", "fused"] as const).map((kernel) => {
      const { report } = deepar({ ...SHORT, kernel }).fit(series!);
      return (report.details.log as { loss: number }[])[0]!.loss;
    });
    expect(fused).not.toBe(strict);
    expect(Math.abs(fused! / strict! - 1)).toBeLessThan(1e-3);
  });
});

test.runIf(!available)("where relaxed SIMD is not known it is refused, with what to do", () => {
  const [series] = seasonalPanel(1, 60);
  expect(() => deepar({ ...SHORT, kernel: "fused" }).fit(series!)).toThrow(
    expect.objectContaining({
      code: "bad-kernel",
      message: expect.stringContaining("leave kernel=fused out"),
    }),
  );
});
