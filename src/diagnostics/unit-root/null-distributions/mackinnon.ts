import { normalCdf } from "../../../math/special-functions/normal.js";

/** Deterministic terms of a Dickey-Fuller regression. */
export type Deterministic = "none" | "constant" | "trend" | "quadratic";

/** Terms other than the lagged level: none, 1, t, t². */
export const TERMS: Readonly<Record<Deterministic, number>> = {
  none: 0,
  constant: 1,
  trend: 2,
  quadratic: 3,
};

interface Approximation {
  /** Statistics above `most` have a p-value of 1, below `least` one of 0. */
  readonly most: number;
  readonly least: number;
  /** Where the left-tail polynomial ends. */
  readonly turn: number;
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** J. G. MacKinnon (1994), J. Business & Economic Statistics 12, 167-176, tables 3 and 4, one series. */
const TAU: Readonly<Record<Deterministic, Approximation>> = {
  none: {
    most: Number.POSITIVE_INFINITY,
    least: -19.04,
    turn: -1.04,
    left: [0.6344, 1.2378, 0.032496],
    right: [0.4797, 0.93557, -0.06999, 0.033066],
  },
  constant: {
    most: 2.74,
    least: -18.83,
    turn: -1.61,
    left: [2.1659, 1.4412, 0.038269],
    right: [1.7339, 0.93202, -0.12745, -0.010368],
  },
  trend: {
    most: 0.7,
    least: -16.18,
    turn: -2.89,
    left: [3.2512, 1.6047, 0.049588],
    right: [2.5261, 0.61654, -0.37956, -0.060285],
  },
  quadratic: {
    most: 0.54,
    least: -17.17,
    turn: -3.21,
    left: [4.0003, 1.658, 0.048288],
    right: [3.0778, 0.49529, -0.41477, -0.059359],
  },
};

/** The same paper, tables 5 and 6: polynomials in log|z| left of `turn`, in z right of it. */
const Z_ALPHA: Readonly<Record<Deterministic, Omit<Approximation, "most" | "least">>> = {
  none: {
    turn: -2.9,
    left: [0.0342, -0.6376, 0, -0.03872],
    right: [0.4927, 0.6906, 0.132331, 0.012099],
  },
  constant: {
    turn: -8.9,
    left: [2.2142, -1.7863, 0.32828, -0.07727],
    right: [1.717, 0.55243, 0.043463, 0.0016671],
  },
  trend: {
    turn: -15,
    left: [4.6476, -2.8932, 0.5832, -0.0999],
    right: [2.7117, 0.45731, 0.022868, 0.0006362, 0.000005],
  },
  quadratic: {
    turn: -20.7,
    left: [3.6739, -1.1549, 0, -0.03947],
    right: [3.4671, 0.43476, 0.019231, 0.0005381, 0.000006216],
  },
};

/** J. G. MacKinnon (2010), Queen's Economics Department working paper 1227, table 2: β∞ + β₁/n + β₂/n² + β₃/n³. */
const CRITICAL: Readonly<Record<Deterministic, readonly (readonly number[])[]>> = {
  none: [
    [-2.56574, -2.2358, -3.627, 0],
    [-1.941, -0.2686, -3.365, 31.223],
    [-1.61682, 0.2656, -2.714, 25.364],
  ],
  constant: [
    [-3.43035, -6.5393, -16.786, -79.433],
    [-2.86154, -2.8903, -4.234, -40.04],
    [-2.56677, -1.5384, -2.809, 0],
  ],
  trend: [
    [-3.95877, -9.0531, -28.428, -134.155],
    [-3.41049, -4.3904, -9.036, -45.374],
    [-3.12705, -2.5856, -3.925, -22.38],
  ],
  quadratic: [
    [-4.37113, -11.5882, -35.819, -334.047],
    [-3.83239, -5.9057, -12.49, -118.284],
    [-3.55326, -3.6596, -5.293, -63.559],
  ],
};

/** Approximate asymptotic p-value of a Dickey-Fuller t-ratio, small for stationary series. */
export function tauPValue(statistic: number, terms: Deterministic): number {
  const { most, least, turn, left, right } = TAU[terms];
  if (statistic > most) return 1;
  if (statistic < least) return 0;
  return normalCdf(polynomial(statistic <= turn ? left : right, statistic));
}

/** Approximate asymptotic p-value of n(α̂ − 1) or Phillips and Perron's Z-alpha. */
export function zAlphaPValue(statistic: number, terms: Deterministic): number {
  const { turn, left, right } = Z_ALPHA[terms];
  if (statistic <= turn) return normalCdf(polynomial(left, Math.log(-statistic)));
  return normalCdf(polynomial(right, statistic));
}

/** Critical values of a Dickey-Fuller t-ratio from n regression rows. */
export function tauCriticalValues(terms: Deterministic, n: number) {
  const [one, five, ten] = CRITICAL[terms].map((row) => polynomial(row, 1 / n));
  return { "1%": one, "5%": five, "10%": ten };
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) value = value * x + coefficients[i];
  return value;
}
