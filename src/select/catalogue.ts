import { registerFamily, registerLater } from "../models/registry.js";
import { autoFamily } from "./auto/index.js";
import { autoArimaFamily } from "./auto-arima/index.js";
import { autoEtsFamily } from "./auto-ets.js";
import { calibratedFamily } from "./calibrated/index.js";
import { ensembleFamily } from "./ensemble/index.js";
import { uncertainFamily } from "./uncertain/index.js";

/** The models that choose among or combine others join the registry here, above the ones they are made of. */
for (const family of [
  autoArimaFamily,
  autoEtsFamily,
  calibratedFamily,
  ensembleFamily,
  uncertainFamily,
  autoFamily,
])
  registerFamily(family);

registerLater("deepar", async () => (await import("../models/deepar/index.js")).deepArFamily);

export {
  canonical,
  families,
  loadFamilies,
  parseModel,
  processOfKind,
  registerFamily,
} from "../models/registry.js";
