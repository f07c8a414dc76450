import { InitialStateSolver, type InitialStates } from "../likelihood/initial-states.js";
import type { MutableSmoothing } from "../likelihood/parameter-map.js";
import { LOWEST } from "../likelihood/region.js";

/** A point to start from: smoothing parameters with the best initial states there. */
export interface ScreenedPoint {
  readonly smoothing: MutableSmoothing;
  readonly states: InitialStates;
}

export interface ScreeningForm {
  readonly trend: boolean;
  readonly damped: boolean;
  /** 1 without a season. */
  readonly period: number;
}

const ALPHAS = [0.05, 0.25, 0.6, 0.95];
const LOW_ALPHAS = [0.004, 0.015];

interface Basin {
  readonly alphas: readonly number[];
  /** Shares of the way from the lower to the upper limit that β and γ have gone. */
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
}

/**
 * Likelihoods of smoothing models have several maxima: with a slope that moves or one that hardly does, a season that moves
 * or not, slow or quick damping, and all states at rest. The commonest come first.
 */
const BASINS: readonly Basin[] = [
  { alphas: ALPHAS, beta: 0.005, gamma: 0.005, phi: 0.975 },
  { alphas: ALPHAS, beta: 0.3, gamma: 0.01, phi: 0.9 },
  { alphas: ALPHAS, beta: 0.01, gamma: 0.3, phi: 0.97 },
  { alphas: [2 * LOWEST], beta: 0, gamma: 0, phi: 0.97 },
  { alphas: LOW_ALPHAS, beta: 1, gamma: 0.005, phi: 0.95 },
  { alphas: ALPHAS, beta: 0.005, gamma: 0.005, phi: 0.81 },
  { alphas: [2 * LOWEST], beta: 0, gamma: 0, phi: 0.88 },
  { alphas: [0.1, 0.25, 0.6, 0.95], beta: 1, gamma: 0.01, phi: 0.9 },
  { alphas: ALPHAS, beta: 0.01, gamma: 0.95, phi: 0.97 },
  { alphas: ALPHAS, beta: 0.5, gamma: 0.4, phi: 0.9 },
];

/** Strong damping, and slopes that answer an error the wrong way round: where only the admissible region reaches. */
const WIDE_PHIS = [0.35, 0.6, 0.8];
const WIDE_ALPHAS = [0.3, 0.9, 1.5];
/** β as shares of α(1 − φ), whose negative is the least admissible, and of α. */
const WIDE_BETAS = [-0.7, 0.5];

/** The basins that differ for a form, by their place in the list. */
export function basinsOf(form: ScreeningForm): number[] {
  const seen = new Set<string>();
  const kept: number[] = [];
  BASINS.forEach((basin, i) => {
    const key = [
      basin.alphas.length,
      form.trend ? basin.beta > 0.1 && basin.beta : "",
      form.period > 1 ? basin.gamma > 0.1 && basin.gamma : "",
      form.damped ? basin.phi < 0.89 : "",
    ].join(" ");
    if (seen.has(key)) return;
    seen.add(key);
    kept.push(i);
  });
  return kept;
}

/** Screens a series for starts: a few values of α in each basin, each with the initial states at their best. */
export class Screen {
  private readonly solver: InitialStateSolver;
  private readonly known = new Map<number, readonly ScreenedPoint[]>();

  /** @param y without missing values. */
  constructor(
    y: Float64Array,
    private readonly form: ScreeningForm,
  ) {
    this.solver = new InitialStateSolver(y, form.period, form.trend);
  }

  candidates(basin: number): readonly ScreenedPoint[] {
    const known = this.known.get(basin);
    if (known !== undefined) return known;
    const { alphas, beta, gamma, phi } = BASINS[basin]!;
    const found = alphas.map((alpha) =>
      this.candidate({
        alpha,
        beta: this.form.trend ? LOWEST + beta * (alpha - LOWEST) : 0,
        gamma: this.form.period > 1 ? LOWEST + gamma * (1 - alpha - LOWEST) : 0,
        phi: this.form.damped ? phi : 1,
      }),
    );
    this.known.set(basin, found);
    return found;
  }

  /** Points beyond the usual bounds, with a φ each. */
  beyond(): readonly ScreenedPoint[] {
    const gamma = this.form.period > 1 ? 0.05 : 0;
    return WIDE_PHIS.flatMap((phi) =>
      WIDE_ALPHAS.flatMap((alpha) =>
        WIDE_BETAS.map((share) =>
          this.candidate({ alpha, beta: share * alpha * (share < 0 ? 1 - phi : 1), gamma, phi }),
        ),
      ),
    );
  }

  private candidate(smoothing: MutableSmoothing): ScreenedPoint {
    const { period } = this.form;
    const states = { level: 0, slope: 0, season: new Float64Array(period > 1 ? period : 0), squares: 0 };
    this.solver.solve(smoothing, states);
    return { smoothing, states };
  }
}

/** The screens of one series by trend and season, on the data or their logarithms, shared by all forms that ask. */
export class Screens {
  readonly positive: boolean;
  private readonly known = new Map<string, Screen>();
  private logarithms: Float64Array | null = null;

  /** @param y without missing values. */
  constructor(private readonly y: Float64Array) {
    this.positive = y.every((value) => value > 0);
  }

  of(form: ScreeningForm, logs: boolean): Screen {
    const key = `${form.trend} ${form.damped} ${form.period} ${logs}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (logs) this.logarithms ??= this.y.map(Math.log);
    const screen = new Screen(logs ? this.logarithms! : this.y, form);
    this.known.set(key, screen);
    return screen;
  }
}
