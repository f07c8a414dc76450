/** One piece of work to be timed, and what it is held against. */
export interface Bench {
  readonly name: string;
  /** What the project set out to reach, e.g. `"8 times faster than R"`. */
  readonly goal: string;
  /** The goal as a ratio: the peer's time over ours must reach it. Below 1 where ours may be slower. */
  readonly ratio: number;
  readonly peer: Peer;
  /** Does the work `repeat` times; the time of one is reported. */
  run(): void | Promise<void>;
  /**
   * Times single calls by the clock, not by CPU, and reports the fastest: for work on several threads and work of some milliseconds, held against a peer timed so, on machines
   * that others use too.
   */
  readonly single?: true;
  /** Runs once before timing; its time is reported as the cold one when `run` itself is the set-up. */
  readonly setUp?: () => void | Promise<void>;
}

/** The program ours is compared with. */
export interface Peer {
  readonly name: string;
  /** Whether `milliseconds` was measured in this run. */
  readonly measured?: true;
  /** Stored figure, milliseconds on this kind of machine, used where the peer cannot be run. */
  readonly milliseconds: number;
  /** R code that does the same work once, `expr` timed; `prepare` is not. Used when Rscript is installed. */
  readonly r?: { readonly prepare: string; readonly expr: string };
  /** The peer as code in this process, timed in the same run. */
  readonly inProcess?: () => void | Promise<void>;
}
