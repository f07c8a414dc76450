import type { SingleBar } from "cli-progress";
import type { Progress } from "../core/model.js";
import type { Context } from "./context.js";

/** Work shorter than this shows no progress, in milliseconds. */
const PATIENCE = 1000;

/** The bar changes nothing about the terminal that Ctrl-C would leave behind, and takes no signals. */
const HANDS_OFF = { hideCursor: false, linewrap: true, gracefulExit: false } as const;

/** A bar that appears once work takes longer than a second. */
class PatientBar {
  private readonly start = performance.now();
  private bar: SingleBar | null = null;
  private state: "waiting" | "loading" | "shown" | "stopped" = "waiting";
  private done = 0;

  constructor(
    private readonly context: Context,
    private readonly format: string,
    private total: number,
  ) {}

  update(done: number, total = this.total, words: Readonly<Record<string, string>> = {}): void {
    this.done = done;
    if (total !== this.total) this.bar?.setTotal(total);
    this.total = total;
    this.bar?.update(done, words);
    if (this.state === "waiting" && performance.now() - this.start > PATIENCE) void this.appear(words);
  }

  stop(): void {
    this.state = "stopped";
    this.bar?.stop();
  }

  private async appear(words: Readonly<Record<string, string>>): Promise<void> {
    this.state = "loading";
    const { SingleBar, Presets } = await import("cli-progress");
    if (this.stopped()) return;
    const stream = this.context.shell.stderr as unknown as NodeJS.WritableStream;
    const options = { stream, format: this.format, clearOnComplete: true, barsize: 30, ...HANDS_OFF };
    this.bar = new SingleBar(options, Presets.shades_grey);
    this.bar.start(this.total, this.done, words);
    this.state = "shown";
  }

  private stopped(): boolean {
    return this.state === "stopped";
  }
}

function wanted({ shell, settings }: Context): boolean {
  return shell.stderr.isTTY === true && settings.quiet !== true;
}

/** Counts the series of a panel on stderr; silent where stderr is no terminal. */
export function seriesBar(
  context: Context,
  total: number,
): { readonly step: () => void; readonly stop: () => void } {
  if (!wanted(context) || total < 2) return { step: () => {}, stop: () => {} };
  const bar = new PatientBar(context, "{bar} {value}/{total} series, {eta_formatted} left", total);
  let done = 0;
  return { step: () => bar.update(++done), stop: () => bar.stop() };
}

/** Shows how far a long fit has come. */
export function stageBar(context: Context): {
  readonly show: (progress: Progress) => void;
  readonly stop: () => void;
} {
  if (!wanted(context)) return { show: () => {}, stop: () => {} };
  const bar = new PatientBar(context, "{bar} {stage} {value}/{total} {message}", 1);
  return {
    show: ({ stage, done, total, message }) =>
      bar.update(done, total ?? Math.max(1, done), { stage, message: message ?? "" }),
    stop: () => bar.stop(),
  };
}
