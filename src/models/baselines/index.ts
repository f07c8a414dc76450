export { mean, meanFamily } from "./mean.js";
export { randomWalkProcess } from "./random-walk.js";
export { drift, driftFamily, naive, naiveFamily, snaive, snaiveFamily } from "./walks.js";
