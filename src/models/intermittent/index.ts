import { adidaModel, imapaModel } from "./aggregated.js";
import { crostonModel, tsbModel } from "./croston.js";

export { type AggregatedFitted, adida, imapa } from "./aggregated.js";
export { aggregatedProcess } from "./aggregated-process.js";
export { type CrostonFitted, type CrostonOptions, croston, type TsbOptions, tsb } from "./croston.js";
export { crostonProcess } from "./croston-process.js";
export { type Demand, demand } from "./demand.js";
export { type DemandPattern, demandPattern, isIntermittent } from "./pattern.js";

export const intermittentModels = [crostonModel, tsbModel, adidaModel, imapaModel];
