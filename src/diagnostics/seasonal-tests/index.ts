export {
  type CanovaHansenOptions,
  type CanovaHansenResult,
  canovaHansen,
  type FrequencyTest,
} from "./canova-hansen.js";
export { type HegyOptions, type HegyPValues, type HegyResult, hegy } from "./hegy.js";
export type { HegyStatistics, HegyTerms } from "./hegy-design.js";
export { type OcsbOptions, type OcsbResult, ocsb } from "./ocsb.js";
