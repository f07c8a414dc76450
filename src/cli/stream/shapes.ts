import type { Shape, StreamKind, StreamResults } from "./shape.js";

/** The way that a command writes its results, which is loaded when it is asked for. */
export async function shapeOf<K extends StreamKind>(kind: K): Promise<Shape<StreamResults[K]>> {
  const found = await LOADERS[kind]();
  return found as unknown as Shape<StreamResults[K]>;
}

const LOADERS = {
  forecast: async () => (await import("../run/forecast.js")).FORECAST_SHAPE,
  fit: async () => (await import("../run/fit/fit.js")).FIT_SHAPE,
  simulate: async () => (await import("../run/simulate.js")).SIMULATE_SHAPE,
  update: async () => (await import("../run/update/shape.js")).UPDATE_SHAPE,
  anomalies: async () => (await import("../run/anomalies.js")).ANOMALIES_SHAPE,
} as const;
