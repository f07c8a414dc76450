import { type EtsForm, type SmoothingName, smoothingNames } from "./form.js";
import { type Bounds, HIGHEST, HIGHEST_PHI, LOWEST, LOWEST_PHI } from "./region.js";
import type { Gradient } from "./adjoint.js";
import type { Smoothing } from "./trace.js";

/** Smoothing parameters that are given rather than estimated. */
export type FixedSmoothing = Partial<Readonly<Record<SmoothingName, number>>>;

export type MutableSmoothing = { -readonly [K in keyof Smoothing]: number };

/**
 * The free smoothing parameters as points of a box.
 *
 * With the usual bounds 0.0001 ≤ β ≤ α and 0.0001 ≤ γ ≤ 1 − α the box is the unit cube: each coordinate is the share of the
 * way from a parameter's lower to its upper limit. With the admissible bounds the coordinates are the parameters.
 */
export interface ParameterMap {
  readonly names: readonly SmoothingName[];
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Smoothing parameters at coordinates that begin at `u[from]`. */
  read(u: Float64Array, from: number, out: MutableSmoothing): void;
  /** Derivatives in the coordinates from those in the parameters. */
  pull(u: Float64Array, from: number, gradient: Gradient, out: Float64Array): void;
  /** The coordinates of parameters; values outside are brought to the edge. */
  place(smoothing: Smoothing, u: Float64Array, from: number): void;
}

export function parameterMap(form: EtsForm, bounds: Bounds, fixed: FixedSmoothing): ParameterMap {
  const names = smoothingNames(form).filter((name) => fixed[name] === undefined);
  return bounds === "admissible" ? plainMap(form, names, fixed) : cubeMap(form, names, fixed);
}

function base(form: EtsForm, fixed: FixedSmoothing): MutableSmoothing {
  return {
    alpha: fixed.alpha ?? 0,
    beta: form.trend === "N" ? 0 : (fixed.beta ?? 0),
    gamma: form.season === "N" ? 0 : (fixed.gamma ?? 0),
    phi: form.damped ? (fixed.phi ?? 1) : 1,
  };
}

function cubeMap(form: EtsForm, names: readonly SmoothingName[], fixed: FixedSmoothing): ParameterMap {
  const given = base(form, fixed);
  const has = (name: SmoothingName) => names.includes(name);
  const alphaLow = Math.max(LOWEST, fixed.beta ?? 0);
  const alphaHigh = Math.min(HIGHEST, 1 - (fixed.gamma ?? 0));
  const alphaAt = has("alpha") ? names.indexOf("alpha") : -1;
  const betaAt = has("beta") ? names.indexOf("beta") : -1;
  const gammaAt = has("gamma") ? names.indexOf("gamma") : -1;
  const phiAt = has("phi") ? names.indexOf("phi") : -1;
  const betaTop = (alpha: number) => Math.max(LOWEST, Math.min(alpha, HIGHEST));
  const gammaTop = (alpha: number) => Math.max(LOWEST, Math.min(1 - alpha, HIGHEST));
  return {
    names,
    lower: new Float64Array(names.length),
    upper: new Float64Array(names.length).fill(1),
    read(u, from, out) {
      const alpha = alphaAt < 0 ? given.alpha : alphaLow + u[from + alphaAt]! * (alphaHigh - alphaLow);
      out.alpha = alpha;
      out.beta = betaAt < 0 ? given.beta : LOWEST + u[from + betaAt]! * (betaTop(alpha) - LOWEST);
      out.gamma = gammaAt < 0 ? given.gamma : LOWEST + u[from + gammaAt]! * (gammaTop(alpha) - LOWEST);
      out.phi = phiAt < 0 ? given.phi : LOWEST_PHI + u[from + phiAt]! * (HIGHEST_PHI - LOWEST_PHI);
    },
    pull(u, from, gradient, out) {
      const alpha = alphaAt < 0 ? given.alpha : alphaLow + u[from + alphaAt]! * (alphaHigh - alphaLow);
      let inAlpha = gradient.alpha;
      if (betaAt >= 0) {
        out[from + betaAt] = gradient.beta * (betaTop(alpha) - LOWEST);
        inAlpha += gradient.beta * u[from + betaAt]!;
      }
      if (gammaAt >= 0) {
        out[from + gammaAt] = gradient.gamma * (gammaTop(alpha) - LOWEST);
        inAlpha -= gradient.gamma * u[from + gammaAt]!;
      }
      if (phiAt >= 0) out[from + phiAt] = gradient.phi * (HIGHEST_PHI - LOWEST_PHI);
      if (alphaAt >= 0) out[from + alphaAt] = inAlpha * (alphaHigh - alphaLow);
    },
    place(smoothing, u, from) {
      const { alpha, beta, gamma, phi } = smoothing;
      if (alphaAt >= 0) u[from + alphaAt] = share(alpha, alphaLow, alphaHigh);
      if (betaAt >= 0) u[from + betaAt] = share(beta, LOWEST, betaTop(alpha));
      if (gammaAt >= 0) u[from + gammaAt] = share(gamma, LOWEST, gammaTop(alpha));
      if (phiAt >= 0) u[from + phiAt] = share(phi, LOWEST_PHI, HIGHEST_PHI);
    },
  };
}

function share(value: number, low: number, high: number): number {
  return high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
}

/** Boxes around the admissible regions of all forms; what lies outside the region is refused point by point. */
const PLAIN_LOWER = { alpha: 0, beta: 0, gamma: 0, phi: LOWEST_PHI } as const;
const PLAIN_UPPER = { alpha: 2.25, beta: 4, gamma: 2, phi: HIGHEST_PHI } as const;

function plainMap(form: EtsForm, names: readonly SmoothingName[], fixed: FixedSmoothing): ParameterMap {
  const given = base(form, fixed);
  const lower = Float64Array.from(names, (name) => PLAIN_LOWER[name]);
  const upper = Float64Array.from(names, (name) => PLAIN_UPPER[name]);
  return {
    names,
    lower,
    upper,
    read(u, from, out) {
      out.alpha = given.alpha;
      out.beta = given.beta;
      out.gamma = given.gamma;
      out.phi = given.phi;
      for (let i = 0; i < names.length; i++) out[names[i]!] = u[from + i]!;
    },
    pull(_, from, gradient, out) {
      for (let i = 0; i < names.length; i++) out[from + i] = gradient[names[i]!];
    },
    place(smoothing, u, from) {
      for (let i = 0; i < names.length; i++) {
        u[from + i] = Math.min(upper[i]!, Math.max(lower[i]!, smoothing[names[i]!]));
      }
    },
  };
}
