import type { Arena } from "../arena.js";
import type { Core } from "../core.js";
import { type AttentionShape, attentionCore } from "./attention.js";
import { type ConvolutionalShape, convolutionalCore } from "./convolutional.js";
import { type RecurrentShape, recurrentCore } from "./recurrent.js";

/** Which core a network has, and its sizes: plain data. */
export type CoreShape = RecurrentShape | ConvolutionalShape | AttentionShape;

/** Lays out the parameters of a core. */
export function coreOf(parameters: Arena, inputs: number, shape: CoreShape): Core {
  switch (shape.kind) {
    case "recurrent":
      return recurrentCore(parameters, inputs, shape);
    case "convolutional":
      return convolutionalCore(parameters, inputs, shape);
    case "attention":
      return attentionCore(parameters, inputs, shape);
  }
}
