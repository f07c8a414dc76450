import { type NetworkOptions, networkFamily, networkModel, networkOptions } from "./network/index.js";

/** Options of `deepar`. */
export interface DeepArOptions extends NetworkOptions {}

export const DEEPAR = networkFamily("deepar", "recurrent");

/** How the model is written. */
export const DEEPAR_FORM = {
  name: "deepar",
  forms: [
    "deepar",
    "deepar(hidden=40, layers=2, likelihood=student-t)",
    "deepar(likelihood=negative-binomial)",
  ],
  options: networkOptions({ layers: 2, ofLayers: "stacked LSTM layers", hidden: 40, dropout: 0.2 }),
};

/** `deepar`, `deepar(hidden=40, layers=2, likelihood=student-t)`. */
export const deepArModel = networkModel(
  DEEPAR,
  DEEPAR_FORM,
  "recurrent network, trained on all series of a panel, that forecasts by sampled paths",
);
