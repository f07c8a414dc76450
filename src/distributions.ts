/** The entry `yule/distributions`: forecast distributions and their scores. */

export type { Distribution } from "./core/distribution.js";
export * from "./distributions/index.js";
