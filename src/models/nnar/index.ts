export { weightCount } from "./network.js";
export { type NnarDetails, type NnarFitted, type NnarOptions, nnar, nnarModel } from "./nnar.js";
export type { NnarParams, NnarState } from "./process.js";
