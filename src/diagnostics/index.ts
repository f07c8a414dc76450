export { advise } from "./advice/advise.js";
export { type SuggestedOrders, suggestOrders } from "./advice/suggest-orders.js";
export type { Advice, Sentence, Verdict } from "./advice/types.js";
export { boxCoxLambda, guerreroVariation, type LambdaChoice, type LambdaOptions } from "./box-cox/lambda.js";
export { boxCox, inverseBoxCox } from "./box-cox/transform.js";
export { findLevelShifts, type LevelShift, type LevelShiftOptions } from "./cleaning/level-shifts.js";
export {
  type Cleaned,
  clean,
  findOutliers,
  longestComplete,
  type Outlier,
  type OutlierOptions,
  type Stretch,
} from "./cleaning/outliers.js";
export * from "./correlation/acf.js";
export {
  type ClassicalOptions,
  type ClassicalResult,
  classicalDecomposition,
} from "./decomposition/classical.js";
export { type MstlOptions, mstl } from "./decomposition/mstl.js";
export type { Season, SeasonsOptions, SeasonsResult } from "./decomposition/seasons.js";
export { type StlOptions, type StlResult, stl } from "./decomposition/stl.js";
export { type Strengths, strengths } from "./decomposition/strength.js";
export { superSmoother } from "./decomposition/super-smoother.js";
export { difference, undifference } from "./differencing.js";
export type { Differencing, DifferencingEvidence } from "./evidence.js";
export { type InterpolateOptions, interpolateMissing } from "./interpolate.js";
export { type NdiffsOptions, ndiffs } from "./orders/ndiffs.js";
export { type NsdiffsOptions, nsdiffs } from "./orders/nsdiffs.js";
export { type ArchOptions, type ArchResult, archLm } from "./residual-tests/arch.js";
export {
  type BdsOptions,
  type BdsResult,
  bds,
  durbinWatson,
  type RunsOptions,
  type RunsResult,
  runsTest,
} from "./residual-tests/independence.js";
export {
  type JarqueBeraResult,
  jarqueBera,
  type NormalityOptions,
  type ShapiroWilkResult,
  shapiroWilk,
} from "./residual-tests/normality.js";
export {
  boxPierce,
  ljungBox,
  type PortmanteauOptions,
  type PortmanteauResult,
} from "./residual-tests/portmanteau.js";
export type { CriticalValues, TablePValue, TestResult } from "./result.js";
export * from "./seasonal-tests/index.js";
export { findFrequency } from "./seasonality/find-frequency.js";
export {
  type FindPeriodOptions,
  findPeriod,
  type PeriodCandidate,
  type PeriodSearch,
} from "./seasonality/find-period.js";
export * from "./unit-root/index.js";
