export { mean, meanFamily } from "./mean.js";
export { drift, driftFamily, naive, naiveFamily, snaive, snaiveFamily } from "./walks.js";
