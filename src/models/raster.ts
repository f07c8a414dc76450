import { type NetworkOptions, networkFamily, networkModel, networkOptions } from "./network/index.js";

/** Options of `raster`. */
export interface RasterOptions extends NetworkOptions {}

export const RASTER = networkFamily("raster", "raster", 3);

/** How the model is written. */
export const RASTER_FORM = {
  name: "raster",
  forms: ["raster", "raster(layers=2, hidden=16)", "raster(likelihood=negative-binomial)"],
  options: networkOptions({
    layers: 3,
    ofLayers: "convolutions over the raster of periods",
    hidden: 32,
    dropout: 0.1,
  }),
};

/** `raster`. */
export const rasterModel = networkModel(
  RASTER,
  RASTER_FORM,
  "network of convolutions over the season's raster, such as day × hour, trained on all series of a panel",
);
