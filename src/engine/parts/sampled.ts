import { requireInteger } from "../../core/checks.js";
import type { Distribution } from "../../core/distribution.js";
import type { Paths } from "../../core/forecast.js";
import type { Fitted, Note } from "../../core/model.js";
import { provide, type Sampled, type Sampling } from "../../core/parts.js";
import type { Rng } from "../../core/random.js";
import { empirical } from "../../distributions/families/empirical.js";
import { pathStreams, roll } from "../roll.js";

provide({ sampledMarginals });

/** What `ahead` of a process is, or ends in, where no exact marginals are known: those of sampled paths are taken. */
export function bySampling(): null {
  return null;
}

export const DEFAULT_PATHS = 2000;
/** Paths whose draws are spread evenly: they say as much as 2,000 independent ones. */
const SPREAD_PATHS = 512;
const MAX_PATHS = 1_000_000;
const MAX_SAMPLED_VALUES = 200_000_000;

/**
 * The empirical distribution of sampled paths at each step; the first step is the exact conditional. Draws are spread evenly where the process
 * has such paths and nobody asks for a number of independent ones.
 */
export function sampledMarginals(
  fitted: Fitted,
  inputs: readonly Float64Array[],
  options: Sampling,
): Sampled {
  const { process, params, state } = fitted;
  const { paths: asked, seed = 1 } = options;
  const first = process.conditional(params, state, inputs[0]!);
  const columns =
    asked === undefined && inputs.length > 1
      ? (process.spreadAhead?.(params, state, inputs, SPREAD_PATHS, requireSeed(seed)) ?? null)
      : null;
  if (columns !== null) {
    const distributions = columns.map((values, h) => (h === 0 ? first : empirical(values)));
    return {
      distributions,
      note: simulatedNote(SPREAD_PATHS, "sampled paths with evenly spread draws", seed),
    };
  }
  const note = simulatedNote(asked ?? DEFAULT_PATHS, "sampled paths", seed);
  if (inputs.length === 1) return { distributions: [first], note };
  const paths = roll(process, params, state, inputs, streamsFor(options, inputs.length));
  return { distributions: marginalsOfPaths(paths, first), note };
}

/** The distribution of the values of all paths at each step, the first one given. */
export function marginalsOfPaths(paths: Paths, first: Distribution): Distribution[] {
  return Array.from({ length: paths.horizon }, (_, h) => (h === 0 ? first : empirical(column(paths, h))));
}

function simulatedNote(paths: number, which: string, seed: number): Note {
  return {
    code: "simulated-intervals",
    severity: "info",
    message: `Intervals beyond the first step come from ${paths} ${which} (seed ${seed}).`,
    details: { paths, seed },
  };
}

/** One stream a path. @throws YuleError `bad-paths`, `bad-seed`. */
export function streamsFor({ paths, seed }: Sampling, horizon: number): Rng[] {
  const most = Math.min(MAX_PATHS, Math.floor(MAX_SAMPLED_VALUES / horizon));
  const count = requireInteger("paths", paths ?? DEFAULT_PATHS, 1, most);
  return pathStreams(requireSeed(seed ?? 1), count);
}

function requireSeed(seed: number): number {
  return requireInteger("seed", seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
}

/** The values of all paths at step h (from 0). */
export function column({ count, horizon, values }: Paths, h: number): Float64Array {
  const result = new Float64Array(count);
  for (let i = 0; i < count; i++) result[i] = values[i * horizon + h]!;
  return result;
}
