export type { DeepArConfig, DeepArParams } from "./data/config.js";
export type { DeepArOptions } from "./data/options.js";
export { type DeepArFitted, deepArModel, deepar } from "./deepar.js";
export type { DeepArState } from "./network/recurrent-state.js";
export { deepArProcess } from "./process.js";
