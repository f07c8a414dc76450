export { type EtsOptions, ets } from "./ets.js";
export type { EtsFitted } from "./fit.js";
export { type Bounds, HIGHEST, isAdmissible, LOWEST } from "./likelihood/region.js";
export {
  type HoltOptions,
  type HoltWintersOptions,
  holt,
  holtWinters,
  type SesOptions,
  ses,
  smoothingModels,
} from "./named.js";
export { etsProcess } from "./process.js";
export type { EtsParams, EtsState } from "./recursion/transition.js";
