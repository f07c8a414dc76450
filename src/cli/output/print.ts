import { YuleError } from "../../core/errors.js";
import type { Sink } from "../shell.js";

function full(error: Error): YuleError {
  const { code } = error as { code?: string };
  const why = code === "ENOSPC" ? "the disk is full" : error.message;
  return new YuleError({
    code: "unwritable-output",
    category: "failure",
    message: `The result cannot be written to standard output (${why}); make room, or give --output a place.`,
  });
}

/** A closed pipe: whoever read the output has seen enough. */
export class ClosedPipe extends Error {}

/**
 * Writes to a stream and waits until it is taken.
 *
 * @throws ClosedPipe, and YuleError `unwritable-output` where the stream takes no more.
 */
export function print(sink: Sink, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    sink.write(text, (error) => {
      if (error === undefined || error === null) resolve();
      else reject((error as { code?: string }).code === "EPIPE" ? new ClosedPipe() : full(error));
    });
  });
}
