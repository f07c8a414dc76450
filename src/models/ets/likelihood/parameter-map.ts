import type { Gradient } from "../recursion/adjoint.js";
import { type EtsForm, type SmoothingName, smoothingNames } from "../recursion/form.js";
import type { Direction } from "../recursion/tangent.js";
import type { Smoothing } from "../recursion/trace.js";
import { admissibleSlope, HIGHEST, HIGHEST_PHI, LOWEST, LOWEST_PHI } from "./region.js";

/** Smoothing parameters that are given rather than estimated. */
export type FixedSmoothing = Partial<Readonly<Record<SmoothingName, number>>>;

export type MutableSmoothing = { -readonly [K in keyof Smoothing]: number };

/** What of the region around the usual bounds a map keeps to. */
export type Confinement =
  /** The usual bounds: 0.0001 ≤ β ≤ α, 0.0001 ≤ γ ≤ 1 − α. */
  | "usual"
  /** The usual bounds, β also no larger than forecastability allows. */
  | "usual-admissible"
  /** A box around the part of the admissible region without negative weights, φ as usual; points outside are refused. */
  | "box"
  /** A box around all of it that matters: damping of any strength, slopes that answer an error the wrong way round. */
  | "wide-box";

/** Smoothing parameters and directions in them, as the inner loops write them. */
export type MutableDirection = { -readonly [K in keyof Direction]: number };

/**
 * The free smoothing parameters as points of a box: each coordinate is the share of the way from a parameter's lower
 * to its upper limit, where the limits of β, γ depend on the others.
 */
export class ParameterMap {
  readonly names: readonly SmoothingName[];
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  private readonly given: MutableSmoothing;
  private readonly alphaAt: number;
  private readonly betaAt: number;
  private readonly gammaAt: number;
  private readonly phiAt: number;
  private readonly low: MutableSmoothing = { alpha: LOWEST, beta: LOWEST, gamma: LOWEST, phi: LOWEST_PHI };
  private readonly high: MutableSmoothing = {
    alpha: HIGHEST,
    beta: HIGHEST,
    gamma: HIGHEST,
    phi: HIGHEST_PHI,
  };
  private readonly period: number;
  /** Whether points have to be refused one by one. */
  readonly boxed: boolean;
  /** Derivatives of β's upper limit in α, γ, φ. */
  private readonly topSlope = { alpha: 0, gamma: 0, phi: 0 };

  constructor(
    form: EtsForm,
    fixed: FixedSmoothing,
    readonly confinement: Confinement,
  ) {
    const names = smoothingNames(form).filter((name) => fixed[name] === undefined);
    this.names = names;
    this.lower = new Float64Array(names.length);
    this.upper = new Float64Array(names.length).fill(1);
    this.alphaAt = names.indexOf("alpha");
    this.betaAt = names.indexOf("beta");
    this.gammaAt = names.indexOf("gamma");
    this.phiAt = names.indexOf("phi");
    this.period = form.season === "N" ? 1 : form.period;
    this.given = {
      alpha: fixed.alpha ?? 0,
      beta: form.trend === "N" ? 0 : (fixed.beta ?? 0),
      gamma: form.season === "N" ? 0 : (fixed.gamma ?? 0),
      phi: form.damped ? (fixed.phi ?? 1) : 1,
    };
    this.boxed = confinement === "box" || confinement === "wide-box";
    if (this.boxed) {
      Object.assign(this.low, { alpha: 0, beta: 0, gamma: 0 });
      Object.assign(this.high, { alpha: 2.25, beta: 4, gamma: 2 });
      if (confinement === "wide-box") {
        Object.assign(this.low, { beta: -2.25, phi: LOWEST });
        this.high.phi = 1;
      }
    } else {
      this.low.alpha = Math.max(LOWEST, fixed.beta ?? 0);
      this.high.alpha = Math.min(HIGHEST, 1 - (fixed.gamma ?? 0));
    }
  }

  /** Smoothing parameters at the coordinates that begin at `u[from]`. */
  read(u: Float64Array, from: number, out: MutableSmoothing): void {
    const { given, low, high, alphaAt, betaAt, gammaAt, phiAt } = this;
    out.alpha = alphaAt < 0 ? given.alpha : low.alpha + u[from + alphaAt] * (high.alpha - low.alpha);
    out.gamma =
      gammaAt < 0 ? given.gamma : low.gamma + u[from + gammaAt] * (this.gammaTop(out.alpha) - low.gamma);
    out.phi = phiAt < 0 ? given.phi : low.phi + u[from + phiAt] * (high.phi - low.phi);
    if (betaAt < 0) {
      out.beta = given.beta;
      return;
    }
    const top = this.betaTop(out);
    const bottom = Math.min(low.beta, top);
    out.beta = bottom + u[from + betaAt] * (top - bottom);
  }

  /** Derivatives in the coordinates from those in the parameters. */
  pull(u: Float64Array, from: number, smoothing: Smoothing, gradient: Gradient, out: Float64Array): void {
    const { low, high, alphaAt, betaAt, gammaAt, phiAt } = this;
    let inAlpha = gradient.alpha;
    let inGamma = gradient.gamma;
    let inPhi = gradient.phi;
    if (betaAt >= 0) {
      const top = this.betaTop(smoothing);
      this.differentiateTop(smoothing, top);
      const share = gradient.beta * u[from + betaAt];
      out[from + betaAt] = gradient.beta * Math.max(0, top - low.beta);
      inAlpha += share * this.topSlope.alpha;
      inGamma += share * this.topSlope.gamma;
      inPhi += share * this.topSlope.phi;
    }
    if (gammaAt >= 0) {
      out[from + gammaAt] = inGamma * (this.gammaTop(smoothing.alpha) - low.gamma);
      if (!this.boxed) inAlpha -= inGamma * u[from + gammaAt];
    }
    if (phiAt >= 0) out[from + phiAt] = inPhi * (high.phi - low.phi);
    if (alphaAt >= 0) out[from + alphaAt] = inAlpha * (high.alpha - low.alpha);
  }

  /** The direction in the parameters in which coordinate i points: the transpose of `pull`, after it. */
  push(u: Float64Array, from: number, smoothing: Smoothing, i: number, out: MutableDirection): void {
    const { low, high, alphaAt, betaAt, gammaAt, phiAt, topSlope } = this;
    out.alpha = i === alphaAt ? high.alpha - low.alpha : 0;
    out.phi = i === phiAt ? high.phi - low.phi : 0;
    out.gamma = i === gammaAt ? this.gammaTop(smoothing.alpha) - low.gamma : 0;
    if (gammaAt >= 0 && !this.boxed) out.gamma -= u[from + gammaAt] * out.alpha;
    out.beta = 0;
    if (betaAt < 0) return;
    const moved = topSlope.alpha * out.alpha + topSlope.gamma * out.gamma + topSlope.phi * out.phi;
    out.beta = i === betaAt ? Math.max(0, this.betaTop(smoothing) - low.beta) : u[from + betaAt] * moved;
  }

  /** The coordinates of parameters; values outside are brought to the edge. */
  place(smoothing: Smoothing, u: Float64Array, from: number): void {
    const { low, high, alphaAt, betaAt, gammaAt, phiAt } = this;
    if (alphaAt >= 0) u[from + alphaAt] = share(smoothing.alpha, low.alpha, high.alpha);
    if (gammaAt >= 0) u[from + gammaAt] = share(smoothing.gamma, low.gamma, this.gammaTop(smoothing.alpha));
    if (phiAt >= 0) u[from + phiAt] = share(smoothing.phi, low.phi, high.phi);
    if (betaAt >= 0) u[from + betaAt] = share(smoothing.beta, low.beta, this.betaTop(smoothing));
  }

  private gammaTop(alpha: number): number {
    return this.boxed ? this.high.gamma : Math.max(this.low.gamma, Math.min(1 - alpha, this.high.gamma));
  }

  private betaTop(smoothing: Smoothing): number {
    if (this.boxed) return this.high.beta;
    const usual = Math.min(smoothing.alpha, this.high.beta);
    return this.confinement === "usual" ? usual : Math.min(usual, admissibleSlope(smoothing, this.period));
  }

  private differentiateTop(smoothing: Smoothing, top: number): void {
    const { topSlope } = this;
    topSlope.alpha = topSlope.gamma = topSlope.phi = 0;
    if (this.boxed) return;
    if (top === smoothing.alpha) {
      topSlope.alpha = 1;
      return;
    }
    if (this.confinement === "usual" || top === this.high.beta) return;
    for (const name of ["alpha", "gamma", "phi"] as const) {
      if (this.names.includes(name)) {
        const moved = { ...smoothing, [name]: smoothing[name] - NUDGE };
        topSlope[name] = (top - admissibleSlope(moved, this.period)) / NUDGE;
      }
    }
  }
}

/** The step of a difference quotient; limits are found to about 1e-13. */
const NUDGE = 1e-6;

function share(value: number, low: number, high: number): number {
  return high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
}
