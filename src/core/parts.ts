import type { Distribution } from "./distribution.js";
import { YuleError } from "./errors.js";
import type { InputRule } from "./input-rule.js";
import type { Calibration, Fitted, Note } from "./model.js";
import type { Paths } from "./paths.js";
import type { TimeAxis } from "./time/time.js";

/**
 * Parts of the library that a forecast needs only where its model, which is plain data, says so. A page that makes no such models does not
 * load them: `forecast` looks them up here, and each is provided by its own module, where the function is by which such models are
 * made. So whoever makes them has the part. What takes models from elsewhere, `load` and worker threads, has `everyPart`.
 */
export interface Parts {
  /** Values of a regressor that follows from the times, for `origin.inputRules`; made by `calendar`, `events` and holidays. */
  valuesOfRule(name: string, rule: InputRule, axis: TimeAxis, from: number, count: number): Float64Array;
  /** Distributions corrected by `fitted.calibration`, which `calibrationFrom` makes. */
  calibrate(marginals: readonly Distribution[], calibration: Calibration): readonly Distribution[];
  /** Paths corrected in the same way; `marginals` are those of the model itself. */
  calibratePaths(paths: Paths, calibration: Calibration, marginals: readonly Distribution[]): Paths;
  /** Distributions of sampled paths, for a process whose `ahead` is, or ends in, `bySampling()`. */
  sampledMarginals(fitted: Fitted, inputs: readonly Float64Array[], options: Sampling): Sampled;
}

/** How many paths, and the seed of their streams. */
export interface Sampling {
  readonly paths?: number;
  readonly seed?: number;
}

export interface Sampled {
  readonly distributions: readonly Distribution[];
  /** That they are sampled. */
  readonly note: Note;
}

const provided: Partial<Parts> = {};

/** Called by the module of a part when it is loaded. */
export function provide(parts: Partial<Parts>): void {
  Object.assign(provided, parts);
}

/** @throws YuleError `missing-part` where nothing in the program makes models that need it: this one was put together by hand. */
export function part<K extends keyof Parts>(name: K): Parts[K] {
  const found: Parts[K] | undefined = provided[name];
  if (found !== undefined) return found;
  throw new YuleError({
    code: "missing-part",
    category: "usage",
    argument: name,
    message: `Nothing in this bundle makes models that need ${name}, as this one does; use load of yule anywhere in it, which brings all parts.`,
  });
}
