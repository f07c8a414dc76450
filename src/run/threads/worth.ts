/** Starting threads, whose code is read and compiled anew, costs about this much, in milliseconds. */
const START = 800;
/** Less than this share of the time must be left by threads for them to be worth their memory. */
const GAIN = 0.8;
/** Tasks whose copies are timed. */
const SAMPLE = 16;

/** Milliseconds for each task. */
export interface Costs {
  /** To do it. */
  readonly work: number;
  /** To send it to a thread and its result back, which occupies this thread. */
  readonly transfer: number;
}

/** Time between two looks at the pace, in milliseconds. */
const SLICE = 100;
/** Looks before the pace is taken for steady: code runs many times slower until it is compiled. */
const LOOKS = 4;
/** A task so long, in milliseconds, is not longer for being the first. */
const LONG = 1000;

/** How long tasks take once their code is compiled: the least mean of the last slices of time. */
export class Pace {
  private readonly recent: number[] = [];
  private readonly clock: () => number;
  private seen: number;
  private since = 0;

  constructor(clock: () => number = () => performance.now()) {
    this.clock = clock;
    this.seen = clock();
  }

  /** Counts a task; true once a slice of time. */
  step(): boolean {
    this.since++;
    const now = this.clock();
    if (now - this.seen < SLICE) return false;
    this.recent.push((now - this.seen) / this.since);
    if (this.recent.length > LOOKS) this.recent.shift();
    this.seen = now;
    this.since = 0;
    return true;
  }

  /** Milliseconds a task. */
  get work(): number {
    return this.recent.reduce((least, mean) => Math.min(least, mean), Number.POSITIVE_INFINITY);
  }

  get isSteady(): boolean {
    return this.recent.length >= LOOKS || (this.recent.length > 0 && this.work >= LONG);
  }
}

/** What sending tasks and taking results back costs, measured on some that were done here. */
export function transferCost(tasks: readonly unknown[], results: readonly unknown[]): number {
  const pairs = results.slice(-SAMPLE).map((result, at, last) => ({
    task: tasks[results.length - last.length + at],
    result,
  }));
  if (pairs.length === 0) return 0;
  return Math.min(copyTime(pairs), copyTime(pairs));
}

function copyTime(pairs: readonly unknown[]): number {
  const began = performance.now();
  for (const pair of pairs) structuredClone(pair);
  return (performance.now() - began) / pairs.length;
}

/**
 * How many threads finish `count` tasks soonest; 1 where this thread alone is about as fast. This thread sends everything
 * and takes everything back, so the transfer does not get faster by more threads.
 */
export function threadsWorth(count: number, { work, transfer }: Costs, most: number): number {
  const alone = count * work;
  let best = 1;
  let least = GAIN * alone;
  for (let threads = 2; threads <= most; threads++) {
    const needed = START + count * Math.max(transfer, (work + transfer) / threads);
    if (needed < 0.97 * least || (best === 1 && needed < least)) {
      best = threads;
      least = needed;
    }
  }
  return best;
}
