export { type EtsOptions, ets } from "./ets.js";
export type { EtsFitted } from "./fit.js";
// What a search over forms is made of.
export { assembleEts, fitForm } from "./fit.js";
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
export { type EtsForm, formNotation, isLinear } from "./recursion/form.js";
export type { EtsParams, EtsState } from "./recursion/transition.js";
export { type EtsDetails, estimatedNumbers } from "./report.js";
export {
  type EtsEstimate,
  FormSearch,
  type FormSearchOptions,
  QUICK_OPTIMISM,
} from "./search/form-search.js";
export { outcomeOf, type PreparedStarts, prepareSeries } from "./search/multi-start.js";
