import type { Model } from "../../../src/core/model.js";
import { DEEPAR, DEEPAR_FORM } from "../../../src/models/deepar.js";
import type { NetworkFamily, NetworkFitted, NetworkOptions } from "../../../src/models/network/index.js";
import { RASTER, RASTER_FORM } from "../../../src/models/raster.js";
import { TRANSFORMER, TRANSFORMER_FORM } from "../../../src/models/transformer.js";
import { WAVENET, WAVENET_FORM } from "../../../src/models/wavenet.js";
import { deepar, raster, transformer, wavenet } from "../../../src/select/neural.js";

/** A family of networks, as what all of them must keep to is tested. */
export interface Tested {
  readonly name: string;
  readonly family: NetworkFamily;
  readonly form: typeof DEEPAR_FORM;
  readonly make: (options: NetworkOptions) => Required<Model<NetworkFitted>>;
}

export const TESTED: readonly Tested[] = [
  { name: "deepar", family: DEEPAR, form: DEEPAR_FORM, make: deepar },
  { name: "wavenet", family: WAVENET, form: WAVENET_FORM, make: wavenet },
  { name: "transformer", family: TRANSFORMER, form: TRANSFORMER_FORM, make: transformer },
  { name: "raster", family: RASTER, form: RASTER_FORM, make: raster },
];
