import type { Context } from "../context.js";
import { type PlaceOfWork, workThrough } from "../stream/work-through.js";

/** The code of work on several machines, where that is asked for; else it is not loaded. */
export function clusterOf({ settings }: Context) {
  return settings.redis === undefined ? null : import("./over-redis.js");
}

/** This machine, or the workers of a Redis. @throws YuleError as `Link.open` does. */
export async function placeOfWork(context: Context): Promise<PlaceOfWork> {
  const cluster = await clusterOf(context);
  return cluster?.overRedis(context) ?? { through: workThrough, end: async () => {} };
}
