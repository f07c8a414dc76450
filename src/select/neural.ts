import { deepArFamily } from "../models/deepar/index.js";
import { registerFamily } from "../models/registry.js";

/** Networks join the registry here, apart from the catalogue, so that whoever does not use them does not load them. */
registerFamily(deepArFamily);

export { type DeepArOptions, deepar } from "../models/deepar/index.js";
