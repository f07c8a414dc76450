export { type ArimaFitted, arima, arimaModel } from "./arima.js";
export type { ArimaMethod, ArimaOptions } from "./definition/options.js";
export type { ArimaParams } from "./params.js";
export { type ArimaState, arimaProcess } from "./process.js";
export type { ArimaDetails } from "./report.js";
export type { FactorRoot, Roots } from "./roots.js";
export { type ArmaCoefficients, armaAcf, armaPacf, armaSpectrum, piWeights, psiWeights } from "./theory.js";
