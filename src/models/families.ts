import { arModel } from "./ar/index.js";
import { arimaModel } from "./arima/index.js";
import { driftModel, meanModel, naiveModel, snaiveModel } from "./baselines/index.js";
import { familyOf } from "./contract/family-of.js";
import { fourierModel, mstlModel } from "./decomposed/index.js";
import { smoothingModels } from "./ets/index.js";
import type { Family } from "./family.js";
import { intermittentModels } from "./intermittent/index.js";
import { nnarModel } from "./nnar/index.js";
import { pooledModel } from "./pooled/index.js";
import { robustModel } from "./robust/index.js";
import { thetaModel } from "./theta/index.js";
import { boundedModel, boxCoxModel, logModel } from "./transformed/index.js";

// The public names of the models: `yule` exports these lines, so a model joins the library here and the notations below.
export {
  type ArEstimate,
  type ArFitted,
  type ArModelOptions,
  ar,
  burg,
  leastSquaresAr,
  maximumLikelihoodAr,
  yuleWalker,
} from "./ar/index.js";
export { type ArimaFitted, type ArimaOptions, arima } from "./arima/index.js";
export { drift, mean, naive, snaive } from "./baselines/index.js";
export {
  type FourierFitted,
  type FourierOptions,
  fourier,
  type SeasonalDetails,
  type SeasonalFitted,
  type SeasonalOptions,
  withFourier,
  withSeasons,
} from "./decomposed/index.js";
export {
  type EtsFitted,
  type EtsOptions,
  ets,
  type HoltOptions,
  type HoltWintersOptions,
  holt,
  holtWinters,
  type SesOptions,
  ses,
} from "./ets/index.js";
export {
  adida,
  type CrostonOptions,
  croston,
  imapa,
  type TsbOptions,
  tsb,
} from "./intermittent/index.js";
export {
  type NnarDetails,
  type NnarFitted,
  type NnarOptions,
  type NnarParams,
  type NnarState,
  nnar,
} from "./nnar/index.js";
export { type PooledFitted, type PooledOptions, pooled } from "./pooled/index.js";
export { robustSes } from "./robust/index.js";
export { type ThetaFitted, type ThetaOptions, theta } from "./theta/index.js";
export {
  type BoundedOptions,
  type BoxCoxOptions,
  bounded,
  boxCoxed,
  log,
  logged,
  type TransformedDetails,
  type TransformedFitted,
} from "./transformed/index.js";

/**
 * The definitions that notations, lists and saved files find. A default export, which the `export *` of `yule` leaves out; a function,
 * so that a bundle of one model does not contain the others.
 */
export default function definedFamilies(): readonly Family[] {
  return [
    familyOf(arModel),
    familyOf(arimaModel),
    ...smoothingModels.map(familyOf),
    familyOf(thetaModel),
    ...intermittentModels.map(familyOf),
    familyOf(mstlModel),
    familyOf(fourierModel),
    familyOf(meanModel),
    familyOf(naiveModel),
    familyOf(driftModel),
    familyOf(snaiveModel),
    familyOf(robustModel),
    familyOf(nnarModel),
    familyOf(pooledModel),
    familyOf(logModel),
    familyOf(boxCoxModel),
    familyOf(boundedModel),
  ];
}
