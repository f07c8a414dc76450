import type { SingleBar } from "cli-progress";
import type { Progress } from "../../core/model.js";
import { sparkline } from "../../report/terminal/sparkline.js";
import type { Context } from "../context.js";

/** Work shorter than this shows no progress, in milliseconds. */
const PATIENCE = 1000;
/** Characters for the course of a loss. */
const CURVE = 16;
/** The bar changes nothing about the terminal that Ctrl-C would leave behind, and takes no signals. */
const HANDS_OFF = { hideCursor: false, linewrap: true, gracefulExit: false } as const;

/** Counts series, or the stages of one long fit. */
export interface ProgressBar {
  readonly step: () => void;
  readonly show: (progress: Progress) => void;
  readonly stop: () => void;
}

const SILENT: ProgressBar = { step: () => {}, show: () => {}, stop: () => {} };

/** A bar on stderr that appears once work takes longer than a second; silent where stderr is no terminal. */
export async function progressBar(context: Context, total: number): Promise<ProgressBar> {
  const { shell, settings } = context;
  if (shell.stderr.isTTY !== true || settings.quiet === true) return SILENT;
  const { SingleBar, Presets } = await import("cli-progress");
  const stream = shell.stderr as unknown as NodeJS.WritableStream;
  const options = {
    stream,
    format: "{bar} {value}/{total} {words}{pace}",
    clearOnComplete: true,
    barsize: barSize(context),
    ...HANDS_OFF,
  };
  return patient(new SingleBar(options, Presets.shades_grey), total);
}

/** Characters of a bar, none where it would take the room of its words. */
const LONGEST_BAR = 24;
const SHORTEST_BAR = 4;
const WORDS = 44;

/** As long as the line of stderr has room for it beside its words. */
export function barSize({ shell }: Context): number {
  const room = (shell.stderr.columns ?? 80) - WORDS;
  return room < SHORTEST_BAR ? 0 : Math.min(LONGEST_BAR, room);
}

function patient(bar: SingleBar, series: number): ProgressBar {
  const start = performance.now();
  const losses: number[] = [];
  let shown = false;
  let done = 0;
  const draw = (value: number, total: number, words: string) => {
    if (!shown && performance.now() - start < PATIENCE) return;
    const pace = paceText(value, total, (performance.now() - start) / 1000);
    if (!shown) bar.start(total, value, { words, pace });
    shown = true;
    bar.setTotal(total);
    bar.update(value, { words, pace });
  };
  return {
    step: () => draw(++done, series, "series"),
    show({ stage, done: value, total, message, loss }) {
      if (series !== 1) return;
      if (loss !== undefined) losses.push(loss);
      const curve = losses.length > 1 ? `${sparkline(losses, CURVE)} ` : "";
      draw(value, total ?? Math.max(1, value), `${stage} ${curve}${message ?? ""}`);
    },
    stop: () => bar.stop(),
  };
}

/** How fast it goes and how long it takes: `, 4.2 a second, 1 min 5 s left`; nothing where that is not known yet. */
export function paceText(done: number, total: number, seconds: number): string {
  const rate = done / seconds;
  if (!(rate > 0) || !Number.isFinite(rate) || done >= total) return "";
  const left = Math.ceil((total - done) / rate);
  const speed = rate >= 0.95 ? `${rate.toPrecision(2)} a second` : `${(1 / rate).toFixed(0)} s each`;
  return `, ${rate >= 100 ? `${rate.toFixed(0)} a second` : speed}, ${spanText(left)} left`;
}

function spanText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
