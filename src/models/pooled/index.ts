export { type PooledFitted, type PooledOptions, pooled, pooledModel } from "./pooled.js";
