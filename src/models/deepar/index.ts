export type { DeepArConfig, DeepArParams } from "./data/config.js";
export type { DeepArOptions } from "./data/options.js";
export { type DeepArFitted, deepar } from "./deepar.js";
export { deepArFamily } from "./family.js";
export type { DeepArState } from "./network/recurrent-state.js";
export { deepArProcess } from "./process.js";
