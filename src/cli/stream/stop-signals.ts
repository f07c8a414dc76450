/** The signals that stop a run, with the exit codes that shells give them. */
const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Signals that ask for a stop: the first lets the work under way end, a second ends the program. */
export class StopSignals {
  /** The exit code of the signal that came; 0 before. */
  code = 0;
  private readonly handlers = Object.entries(CODES).map(([signal, code]) => {
    const stop = () => {
      if (this.code !== 0) process.exit(code);
      this.code = code;
      this.onStop();
    };
    process.on(signal, stop);
    return () => process.off(signal, stop);
  });

  constructor(private readonly onStop: () => void) {}

  end(): void {
    for (const off of this.handlers) off();
  }
}
