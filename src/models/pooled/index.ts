export { columnCount, memoryLength, type PooledParams, type PooledState } from "./params.js";
export { type PooledFitted, type PooledOptions, pooled, pooledModel } from "./pooled.js";
