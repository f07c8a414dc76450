import { pooled } from "../../../models/pooled/index.js";
import type { Learner } from "./learn.js";

/** Fits to the beginning of the series behind past forecasts of `pooled`: it is quick. */
const FITS = 2;

export function pooledModel(): Learner {
  return { model: pooled(), rehearsals: FITS };
}
