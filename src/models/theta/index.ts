export { thetaProcess } from "./process.js";
export type { SeasonChoice } from "./season.js";
export { type ThetaFitted, type ThetaMethod, type ThetaOptions, theta, thetaModel } from "./theta.js";
export type { ThetaParams, ThetaState } from "./transition.js";
