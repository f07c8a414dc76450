import type { Arena } from "../arena.js";
import type { Kernel } from "../kernel/kernel.js";

// Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000):
//   i, f, o = sigmoid(…), g = tanh(…) of x·Wx + h₋·Wh + b;   c = f·c₋ + i·g;   h = o·tanh c

/** Offsets into the block of parameters; gates stand side by side in the order i, f, g, o. */
export interface LstmLayer {
  readonly inputs: number;
  /** A multiple of 4. */
  readonly hidden: number;
  /** inputs × 4·hidden. */
  readonly inputWeight: number;
  /** hidden × 4·hidden. */
  readonly hiddenWeight: number;
  readonly bias: number;
}

export function lstmLayer(parameters: Arena, inputs: number, hidden: number): LstmLayer {
  return {
    inputs,
    hidden,
    inputWeight: parameters.take(inputs * 4 * hidden),
    hiddenWeight: parameters.take(hidden * 4 * hidden),
    bias: parameters.take(4 * hidden),
  };
}

/** Where one pass over `steps` steps of `rows` sequences keeps what the way back needs; time comes first. */
export interface LstmTape {
  readonly steps: number;
  readonly rows: number;
  /** steps × rows × 4·hidden: pre-activations, activations, and on the way back their gradients. */
  readonly gates: number;
  /** (steps + 1) × rows × hidden; the first block is the memory before. */
  readonly cell: number;
  /** steps × rows × hidden. */
  readonly cellTanh: number;
  /** (steps + 1) × rows × hidden; the first block is the output before. */
  readonly out: number;
  /** steps × rows × hidden, filled by whoever reads the output. */
  readonly outGradient: number;
  readonly nextGradient: number;
  readonly cellGradient: number;
}

export function lstmTape(arena: Arena, hidden: number, steps: number, rows: number): LstmTape {
  const block = rows * hidden;
  return {
    steps,
    rows,
    gates: arena.take(4 * steps * block),
    cell: arena.take((steps + 1) * block),
    cellTanh: arena.take(steps * block),
    out: arena.take((steps + 1) * block),
    outGradient: arena.take(steps * block),
    nextGradient: arena.take(block),
    cellGradient: arena.take(block),
  };
}

/** Address of the outputs of all steps. */
export function lstmOutput({ hidden }: LstmLayer, tape: LstmTape): number {
  return tape.out + tape.rows * hidden;
}

/** What the gates start from: the bias (one row), or a row for each sequence. */
export interface GateStart {
  readonly at: number;
  readonly rows: number;
}

/** The input part of all steps is one product; only h·Wh has to go step by step. */
export function lstmForward(
  kernel: Kernel,
  layer: LstmLayer,
  parameters: number,
  tape: LstmTape,
  x: number,
  start: GateStart,
): void {
  const { inputs, hidden } = layer;
  const { steps, rows, gates } = tape;
  const width = 4 * hidden;
  kernel.tileRows(steps * rows, width, start.at, start.rows, gates);
  const inputWeight = parameters + layer.inputWeight;
  kernel.product(steps * rows, width, inputs, x, inputs, 1, inputWeight, width, gates, width, 1);
  lstmUnroll(kernel, layer, parameters, tape);
}

/** The same from gates that hold the input part of all steps. */
export function lstmUnroll(kernel: Kernel, layer: LstmLayer, parameters: number, tape: LstmTape): void {
  const { steps, rows, gates } = tape;
  const block = rows * layer.hidden;
  for (let t = 0; t < steps; t++) {
    const [from, to] = [t * block, (t + 1) * block];
    lstmStep(kernel, layer, parameters, rows, {
      gates: gates + 4 * from,
      outBefore: tape.out + from,
      cellBefore: tape.cell + from,
      cell: tape.cell + to,
      cellTanh: tape.cellTanh + from,
      out: tape.out + to,
    });
  }
}

/** Where one step reads and writes; `cell` may be `cellBefore`, and `out` `outBefore`. */
export interface LstmStep {
  /** The input part on the way in. */
  readonly gates: number;
  readonly outBefore: number;
  readonly cellBefore: number;
  readonly cell: number;
  readonly cellTanh: number;
  readonly out: number;
}

/** One step from gates that hold b + x·Wx. */
export function lstmStep(
  kernel: Kernel,
  { hidden, hiddenWeight }: LstmLayer,
  parameters: number,
  rows: number,
  at: LstmStep,
): void {
  const width = 4 * hidden;
  const weight = parameters + hiddenWeight;
  kernel.product(rows, width, hidden, at.outBefore, hidden, 1, weight, width, at.gates, width, 1);
  kernel.cellForward(rows, hidden, at.gates, at.cellBefore, at.cell, at.cellTanh, at.out);
}

/** Transposed weights the way back needs. */
export interface LstmTransposes {
  /** 4·hidden × hidden. */
  readonly hiddenWeight: number;
  /** 4·hidden × inputs; needed for the gradient of x only. */
  readonly inputWeight: number;
}

/**
 * Back through time from `tape.outGradient`; leaves the gates' gradients in `tape.gates` and writes that of Wh.
 *
 * @param transposed Whᵀ, hidden × 4·hidden, row-major.
 */
export function lstmBackThrough(
  kernel: Kernel,
  layer: LstmLayer,
  gradients: number,
  tape: LstmTape,
  transposed: number,
): void {
  const { hidden } = layer;
  const { steps, rows, gates, nextGradient, cellGradient } = tape;
  const width = 4 * hidden;
  const block = rows * hidden;
  kernel.cells.fill(0, nextGradient, nextGradient + block);
  kernel.cells.fill(0, cellGradient, cellGradient + block);
  for (let t = steps - 1; t >= 0; t--) {
    const from = t * block;
    const [above, tanh] = [tape.outGradient + from, tape.cellTanh + from];
    kernel.cellBackward(
      rows,
      hidden,
      gates + 4 * from,
      tape.cell + from,
      tanh,
      above,
      nextGradient,
      cellGradient,
    );
    if (t === 0) break;
    kernel.product(
      rows,
      hidden,
      width,
      gates + 4 * from,
      width,
      1,
      transposed,
      hidden,
      nextGradient,
      hidden,
      0,
    );
  }
  const hiddenWeight = gradients + layer.hiddenWeight;
  kernel.product(hidden, width, steps * rows, tape.out, 1, hidden, gates, width, hiddenWeight, width, 0);
}

/** The same, and the gradients of Wx, of the bias where the gates started from it, and of x where asked. */
export function lstmBackward(
  kernel: Kernel,
  layer: LstmLayer,
  gradients: number,
  tape: LstmTape,
  x: number,
  transposes: LstmTransposes,
  inputGradient: number | null,
): void {
  lstmBackThrough(kernel, layer, gradients, tape, transposes.hiddenWeight);
  const { inputs, hidden } = layer;
  const { steps, rows, gates } = tape;
  const [width, all] = [4 * hidden, steps * rows];
  const inputWeight = gradients + layer.inputWeight;
  kernel.product(inputs, width, all, x, 1, inputs, gates, width, inputWeight, width, 0);
  kernel.columnSums(all, width, gates, gradients + layer.bias);
  if (inputGradient === null) return;
  const weight = transposes.inputWeight;
  kernel.product(all, inputs, width, gates, width, 1, weight, inputs, inputGradient, inputs, 0);
}
