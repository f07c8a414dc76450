import type { apply } from "../../../engine/update.js";
import type { add } from "../../../models/added.js";
import type { pooled } from "../../../models/pooled/index.js";
import type { calibrationHorizon } from "../../rolling-forecasts/rolling-forecasts.js";
import type { fitPrepared, pastOrigins, prepare } from "../fit/index.js";

/**
 * What high effort takes of `auto` and its models, given by the caller: this folder is loaded on demand, and what it imported itself
 * bundlers would load with every page that takes anything of the library.
 */
export interface Parts {
  readonly prepare: typeof prepare;
  readonly pastOrigins: typeof pastOrigins;
  readonly fitPrepared: typeof fitPrepared;
  readonly calibrationHorizon: typeof calibrationHorizon;
  readonly pooled: typeof pooled;
  readonly apply: typeof apply;
  readonly add: typeof add;
}
