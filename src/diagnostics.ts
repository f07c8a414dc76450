/** The entry `yule/diagnostics`: correlations, tests, transformations, decomposition and advice on a series. */

export * from "./diagnostics/index.js";
export { type LevinsonDurbin, levinsonDurbin } from "./math/levinson.js";
export {
  type Complex,
  isInvertible,
  isStationary,
  polynomialRoots,
  type Root,
  rootTable,
} from "./math/polynomials.js";
export { type DemandPattern, demandPattern, isIntermittent } from "./models/intermittent/index.js";
