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

/** Every family of this floor; a new model joins by one line here. */
export const FAMILIES: readonly Family[] = [
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
