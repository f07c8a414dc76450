/** Starting threads costs about this much, in milliseconds. */
const START = 400;
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

/** What sending tasks and taking results back costs, measured on some that were done here. */
export function transferCost(tasks: readonly unknown[], results: readonly unknown[]): number {
  const pairs = results.slice(-SAMPLE).map((result, at, last) => ({
    task: tasks[results.length - last.length + at],
    result,
  }));
  if (pairs.length === 0) return 0;
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
