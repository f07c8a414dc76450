export { type ArimaFitted, arima, arimaFamily } from "./arima.js";
export type { ArimaMethod, ArimaOptions } from "./definition/options.js";
export type { ArimaParams } from "./params.js";
export { type ArimaState, arimaProcess } from "./process.js";
export type { FactorRoot, Roots } from "./roots.js";
export { type ArmaCoefficients, armaAcf, armaPacf, armaSpectrum, piWeights, psiWeights } from "./theory.js";
