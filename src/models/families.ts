import { arFamily } from "./ar/index.js";
import { arimaFamily } from "./arima/index.js";
import { driftFamily, meanFamily, naiveFamily, snaiveFamily } from "./baselines/index.js";
import { decomposedFamilies } from "./decomposed/index.js";
import { smoothingFamilies } from "./ets/index.js";
import type { Family } from "./family.js";
import { intermittentFamilies } from "./intermittent/index.js";
import { robustFamily } from "./robust/index.js";
import { thetaFamily } from "./theta/index.js";
import { boundedFamily, boxCoxFamily, logFamily } from "./transformed/index.js";

/** Every family of this floor; a new model joins by one line here. */
export const FAMILIES: readonly Family[] = [
  arFamily,
  arimaFamily,
  ...smoothingFamilies,
  thetaFamily,
  ...intermittentFamilies,
  ...decomposedFamilies,
  meanFamily,
  naiveFamily,
  driftFamily,
  snaiveFamily,
  robustFamily,
  logFamily,
  boxCoxFamily,
  boundedFamily,
];
