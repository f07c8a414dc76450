export { type AdfOptions, type AdfResult, adf, type JointTest } from "./adf.js";
export { type ErsOptions, type ErsResult, elliottRothenbergStock } from "./ers.js";
export { type KpssOptions, type KpssResult, kpss } from "./kpss.js";
export type { Deterministic } from "./null-distributions/mackinnon.js";
export { type PhillipsPerronOptions, type PhillipsPerronResult, phillipsPerron } from "./phillips-perron.js";
export { type RangeUnitRootOptions, type RangeUnitRootResult, rangeUnitRoot } from "./range.js";
export type { LagChoice, LagCriterion } from "./regression/lag-choice.js";
export type { LagRule } from "./regression/long-run-variance.js";
export {
  type Break,
  type ZivotAndrewsOptions,
  type ZivotAndrewsResult,
  zivotAndrews,
} from "./zivot-andrews.js";
