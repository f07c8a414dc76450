import { type NetworkOptions, networkFamily, networkModel, networkOptions } from "./network/index.js";

/** Options of `wavenet`. */
export interface WaveNetOptions extends NetworkOptions {}

export const WAVENET = networkFamily("wavenet", "wavenet");

/** How the model is written. */
export const WAVENET_FORM = {
  name: "wavenet",
  forms: ["wavenet", "wavenet(layers=6, hidden=32)", "wavenet(likelihood=negative-binomial)"],
  options: networkOptions({
    layers: 5,
    ofLayers: "dilated convolutions, each reaching twice as far back as the one before",
    hidden: 32,
    dropout: 0.1,
  }),
};

/** `wavenet`. */
export const wavenetModel = networkModel(
  WAVENET,
  WAVENET_FORM,
  "network of dilated convolutions over the past, trained on all series of a panel",
);
