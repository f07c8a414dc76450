import type { InitialStates } from "./initial-states.js";
import { InitialStateSolver } from "./initial-states.js";
import type { MutableSmoothing } from "./parameter-map.js";
import { HIGHEST, LOWEST } from "./region.js";

/** A point of the grid, with the best initial states there. */
export interface Candidate {
  readonly smoothing: MutableSmoothing;
  readonly states: InitialStates;
}

export interface ScreeningForm {
  readonly trend: boolean;
  readonly damped: boolean;
  /** 1 without a season. */
  readonly period: number;
}

const ALPHAS = [0.03, 0.2, 0.5, 0.9];
const BETA_SHARES = [0.01, 0.3];
const GAMMA_SHARES = [0.01, 0.2, 0.6];
const PHIS = [0.85, 0.97];

/**
 * Looks over a coarse grid of smoothing parameters with the initial states of each at their best, and returns the points
 * that no neighbour beats, best first. Likelihoods of smoothing models have several maxima; these are their slopes.
 *
 * @param y without missing values; logarithms where the season is multiplicative.
 */
export function screen(y: Float64Array, form: ScreeningForm): Candidate[] {
  const solver = new InitialStateSolver(y, form.period, form.trend);
  const axes = [
    ALPHAS,
    form.trend ? BETA_SHARES : [0],
    form.period > 1 ? GAMMA_SHARES : [0],
    form.damped ? PHIS : [1],
  ] as const;
  const sizes = axes.map((axis) => axis.length);
  const grid: Candidate[] = [];
  for (const alpha of axes[0]) {
    for (const b of axes[1]) {
      for (const g of axes[2]) {
        for (const phi of axes[3]) {
          const smoothing = {
            alpha,
            beta: form.trend ? LOWEST + b * (Math.min(alpha, HIGHEST) - LOWEST) : 0,
            gamma: form.period > 1 ? LOWEST + g * (1 - alpha - LOWEST) : 0,
            phi,
          };
          const states: InitialStates = {
            level: 0,
            slope: 0,
            season: new Float64Array(form.period > 1 ? form.period : 0),
            squares: 0,
          };
          solver.solve(smoothing, states);
          grid.push({ smoothing, states });
        }
      }
    }
  }
  return grid.filter((_, at) => isLocalBest(grid, sizes, at)).sort((a, b) => a.states.squares - b.states.squares);
}

/** Whether no neighbour along an axis is better. */
function isLocalBest(grid: readonly Candidate[], sizes: readonly number[], at: number): boolean {
  const own = grid[at]!.states.squares;
  let stride = grid.length;
  for (const size of sizes) {
    stride /= size;
    const position = Math.floor(at / stride) % size;
    if (position > 0 && grid[at - stride]!.states.squares < own) return false;
    if (position < size - 1 && grid[at + stride]!.states.squares < own) return false;
  }
  return true;
}
