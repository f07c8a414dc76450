import type { Sink } from "./shell.js";

/** A closed pipe: whoever read the output has seen enough. */
export class ClosedPipe extends Error {}

/** Writes to a stream and waits until it is taken. */
export function print(sink: Sink, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    sink.write(text, (error) => {
      if (error === undefined || error === null) resolve();
      else reject((error as { code?: string }).code === "EPIPE" ? new ClosedPipe() : error);
    });
  });
}
