export { type Hierarchy, hierarchy } from "./hierarchy.js";
export type { ReconcileMethod } from "./projection.js";
export { type Reconciled, type ReconcileOptions, reconcile } from "./reconcile.js";
