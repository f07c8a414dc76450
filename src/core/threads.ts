/** One piece of work that several threads do together. */
export interface ThreadJob {
  /** The name under which the threads know the work. */
  readonly task: string;
  /** How many threads take part, at most as many as there are. */
  readonly members: number;
  /** What they get: anything that can be cloned, and shared memory. */
  readonly data: unknown;
  /** Receives what they tell on the way. */
  readonly onMessage: (message: unknown) => void;
}

/** Threads for long computations: `workerThreads(2)` of `yule/node`; a browser may bring its own. */
export interface Threads {
  readonly count: number;
  /** Resolves when all members are done; rejects, and stops the others, when one of them fails. */
  run(job: ThreadJob): Promise<void>;
}
