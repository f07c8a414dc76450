/** The signals that end a program, with the exit codes that shells give them. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Does work that must not be left half done. A signal that comes meanwhile ends the program once the event loop is
 * reached, so between two writes, and after the clean-up that `onEnd` was given.
 */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  const handlers = Object.entries(SIGNALS).map(([signal, code]) => {
    const end = () => process.exit(code);
    process.on(signal, end);
    return () => process.off(signal, end);
  });
  try {
    return await work();
  } finally {
    // A signal that came during synchronous work is delivered in the next turn of the event loop.
    await new Promise((ready) => setImmediate(ready));
    for (const off of handlers) off();
  }
}

/** Runs `clean` when the program ends in any orderly way, until the function that this returns is called. */
export function onEnd(clean: () => void): () => void {
  process.on("exit", clean);
  return () => process.off("exit", clean);
}
