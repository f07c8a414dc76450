export type { NetworkConfig, NetworkParams } from "./data/config.js";
export { type NetworkOptions, networkOptions } from "./data/options.js";
export { makeNetwork, type NetworkDefinition, networkModel } from "./define.js";
export { type NetworkFamily, networkFamily } from "./family.js";
export type { NetworkFitted } from "./finish.js";
export type { NetworkState } from "./stepping/state.js";
