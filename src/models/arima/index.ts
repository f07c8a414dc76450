// What a search over orders is made of.
export { type ArimaFitted, arima, arimaModel, fitArima } from "./arima.js";
export type { ArimaMethod, ArimaOptions } from "./definition/options.js";
export { arimaNotation, type Choice, checkedChoice } from "./definition/options.js";
export type { ArmaOrders } from "./definition/orders.js";
export { specify } from "./definition/specification.js";
export type { ArimaParams } from "./params.js";
export type { Design } from "./problem/design.js";
export { poseProblem } from "./problem/problem.js";
export { completeInputs, separableInputs } from "./problem/usable-inputs.js";
export { type ArimaState, arimaProcess } from "./process.js";
export type { ArimaDetails } from "./report.js";
export type { FactorRoot, Roots } from "./roots.js";
export { tryOrders } from "./search/candidate.js";
export { FINAL_EFFORT, LEAST_EFFORT, THOROUGH_EFFORT } from "./search/effort.js";
export { pullInside } from "./search/hannan-rissanen.js";
export type { LagState } from "./state-space/state.js";
export { type ArmaCoefficients, armaAcf, armaPacf, armaSpectrum, piWeights, psiWeights } from "./theory.js";
