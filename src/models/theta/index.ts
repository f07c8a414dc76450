export { thetaFamily } from "./family.js";
export type { ThetaParams, ThetaState } from "./motion.js";
export { thetaProcess } from "./process.js";
export type { SeasonChoice } from "./season.js";
export { type ThetaMethod, type ThetaOptions, theta } from "./theta.js";
