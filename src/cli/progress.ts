import type { SingleBar } from "cli-progress";
import type { Context } from "./context.js";

/** Work shorter than this shows no progress, in milliseconds. */
const PATIENCE = 1000;

export interface Progress {
  readonly step: () => void;
  readonly stop: () => void;
}

/** A bar on stderr that appears once work takes longer than a second; nothing where stderr is no terminal. */
export function progressBar({ shell, settings }: Context, total: number): Progress {
  if (shell.stderr.isTTY !== true || settings.quiet === true || total < 2)
    return { step: () => {}, stop: () => {} };
  const start = performance.now();
  let done = 0;
  let stopped = false;
  let bar: SingleBar | null = null;
  let loading = false;
  const show = async () => {
    loading = true;
    const { SingleBar, Presets } = await import("cli-progress");
    if (stopped) return;
    const stream = shell.stderr as unknown as NodeJS.WritableStream;
    const format = "{bar} {value}/{total} series, {eta_formatted} left";
    bar = new SingleBar({ stream, format, clearOnComplete: true, hideCursor: true }, Presets.shades_grey);
    bar.start(total, done);
  };
  return {
    step() {
      done++;
      bar?.update(done);
      if (bar === null && !loading && performance.now() - start > PATIENCE) void show();
    },
    stop() {
      stopped = true;
      bar?.stop();
    },
  };
}
