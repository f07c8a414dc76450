export type { DeepArConfig, DeepArParams } from "./config.js";
export { type DeepArFitted, deepar } from "./deepar.js";
export { deepArFamily } from "./family.js";
export type { DeepArOptions } from "./options.js";
export { deepArProcess } from "./process.js";
export type { DeepArState } from "./walker.js";
