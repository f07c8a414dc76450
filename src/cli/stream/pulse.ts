import type { SingleBar } from "cli-progress";
import type { Context } from "../context.js";
import { barSize } from "../output/progress.js";
import type { Mark } from "./journal.js";

/** Time between two lines where stderr is no terminal, in milliseconds. */
const MINUTE = 60_000;
/** Work shorter than this shows nothing, in milliseconds. */
const PATIENCE = 1000;

/** Tells on stderr how far a run has come: a bar on a terminal, else a line a minute. */
export class Pulse {
  private readonly began = performance.now();
  private told = this.began;
  private bar: SingleBar | null = null;
  /** Who works, where that is told. */
  private who = "";

  private constructor(
    private readonly context: Context,
    private readonly total: number,
    private readonly before: number,
  ) {}

  /** @param before series that a stopped run had done. */
  static async start(context: Context, total: number, before: number): Promise<Pulse> {
    const pulse = new Pulse(context, total, before);
    const { stderr } = context.shell;
    if (stderr.isTTY === true && context.settings.quiet !== true) {
      const { SingleBar, Presets } = await import("cli-progress");
      const options = {
        stream: stderr as unknown as NodeJS.WritableStream,
        format: "{bar} {words}",
        clearOnComplete: true,
        barsize: barSize(context),
        hideCursor: false,
        linewrap: true,
        gracefulExit: false,
      };
      pulse.bar = new SingleBar(options, Presets.shades_grey);
    }
    return pulse;
  }

  /** Shows who works, and how far they are. */
  tell(who: string, mark: Mark): void {
    this.who = `, ${who}`;
    this.show(mark);
  }

  show(mark: Mark): void {
    const now = performance.now();
    if (now - this.began < PATIENCE) return;
    if (this.bar !== null) {
      if (this.told === this.began) this.bar.start(this.total, mark.series, { words: "" });
      this.bar.update(mark.series, { words: this.words(mark, now) });
      this.told = now;
    } else if (now - this.told >= MINUTE) {
      this.context.decided(this.words(mark, now));
      this.told = now;
    }
  }

  stop(): void {
    if (this.bar !== null && this.told !== this.began) this.bar.stop();
  }

  /** `12,000 of 100,000 series, 3 failed, 410 a second, 3 min 35 s left`. */
  private words({ series, failed }: Mark, now: number): string {
    const rate = (1000 * (series - this.before)) / (now - this.began);
    const left = (this.total - series) / rate;
    const pace = rate >= 10 ? `${Math.round(rate)} a second` : `${(60 * rate).toFixed(1)} a minute`;
    return `${series} of ${this.total} series, ${failed} failed, ${pace}, ${span(left)} left${this.who}`;
  }
}

function span(seconds: number): string {
  const whole = Math.round(seconds);
  if (!Number.isFinite(whole)) return "unknown time";
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
