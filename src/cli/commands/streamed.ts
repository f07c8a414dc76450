import type { Run } from "../command.js";
import type { StreamKind } from "../stream/shape.js";

/** What does the work of a command on a large file series by series, and by `load` where everything is read first. */
export async function streamed(kind: StreamKind, load: () => Promise<Run>): Promise<Run> {
  const [{ stream }, run] = await Promise.all([import("../stream/stream.js"), load()]);
  return async (context, argument, second) =>
    (await stream(kind, context, argument)) ?? run(context, argument, second);
}
