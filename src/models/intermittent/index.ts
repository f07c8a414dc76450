export { adida, imapa } from "./aggregated.js";
export { aggregatedProcess } from "./aggregated-process.js";
export { type CrostonOptions, croston, type TsbOptions, tsb } from "./croston.js";
export { crostonProcess } from "./croston-process.js";
export { type Demand, demand } from "./demand.js";
export { adidaFamily, crostonFamily, imapaFamily, intermittentFamilies, tsbFamily } from "./family.js";
export { type DemandPattern, demandPattern, isIntermittent } from "./pattern.js";
