export { type BurgOptions, burg } from "./burg.js";
export type { ArEstimate, ArMethod, OrderSearch } from "./estimate.js";
export { type LeastSquaresArOptions, leastSquaresAr } from "./least-squares-ar.js";
export { maximumLikelihoodAr } from "./maximum-likelihood.js";
export type { ArParams, ArState } from "./memory.js";
export { arParams } from "./params.js";
export type { ArOptions, Criterion } from "./prepare.js";
export { arProcess } from "./process.js";
export { type YuleWalkerOptions, yuleWalker } from "./yule-walker.js";
