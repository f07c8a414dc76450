import { type NetworkOptions, networkFamily, networkModel, networkOptions } from "./network/index.js";

/** Options of `transformer`. */
export interface TransformerOptions extends NetworkOptions {}

export const TRANSFORMER = networkFamily("transformer", "transformer");

/** How the model is written. */
export const TRANSFORMER_FORM = {
  name: "transformer",
  forms: [
    "transformer",
    "transformer(layers=1, context=36, dropout=0)",
    "transformer(likelihood=negative-binomial)",
  ],
  options: networkOptions({ layers: 2, ofLayers: "layers of causal attention", hidden: 32, dropout: 0.1 }),
};

/** `transformer`, `transformer(layers=1, context=36)`. */
export const transformerModel = networkModel(
  TRANSFORMER,
  TRANSFORMER_FORM,
  "network of causal attention over the past, trained on all series of a panel",
);
