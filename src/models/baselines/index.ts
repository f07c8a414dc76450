export { mean, meanModel } from "./mean.js";
export { randomWalkProcess } from "./random-walk.js";
export { drift, driftModel, naive, naiveModel, snaive, snaiveModel } from "./walks.js";
