import type { Arena } from "../arena.js";
import type { Kernel } from "../kernel/kernel.js";

/** out = x·W + b. Addresses are offsets into a block of parameters, which gradients mirror. */
export interface LinearLayer {
  readonly inputs: number;
  /** A multiple of 4. */
  readonly outputs: number;
  /** W, inputs × outputs. */
  readonly weight: number;
  readonly bias: number;
}

export function linearLayer(parameters: Arena, inputs: number, outputs: number): LinearLayer {
  return { inputs, outputs, weight: parameters.take(inputs * outputs), bias: parameters.take(outputs) };
}

/** x: rows × inputs; out: rows × outputs. One row is a step. */
export function linearForward(
  kernel: Kernel,
  layer: LinearLayer,
  parameters: number,
  rows: number,
  x: number,
  out: number,
): void {
  const { inputs, outputs } = layer;
  const [weight, bias] = [parameters + layer.weight, parameters + layer.bias];
  kernel.affine(rows, outputs, inputs, x, inputs, 1, weight, outputs, bias, 0, out, outputs);
}

/**
 * Writes the gradient of W and b, and of x where asked.
 *
 * @param transposed Wᵀ (outputs × inputs), needed for the gradient of x only.
 */
export function linearBackward(
  kernel: Kernel,
  layer: LinearLayer,
  gradients: number,
  rows: number,
  x: number,
  outGradient: number,
  input: { readonly gradient: number; readonly transposed: number } | null,
): void {
  const { inputs, outputs } = layer;
  kernel.columnSums(rows, outputs, outGradient, gradients + layer.bias);
  const weight = gradients + layer.weight;
  kernel.product(inputs, outputs, rows, x, 1, inputs, outGradient, outputs, weight, outputs, 0);
  if (input === null) return;
  const { gradient, transposed } = input;
  kernel.product(rows, inputs, outputs, outGradient, outputs, 1, transposed, inputs, gradient, inputs, 0);
}
