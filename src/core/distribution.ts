import type { Rng } from "./random.js";

/** A distribution of one value. Implementations live in `distributions/`; all are immutable. */
export interface Distribution {
  readonly kind: string;
  readonly mean: number;
  /** Infinite for a diffuse distribution, about which nothing is known yet. */
  readonly variance: number;
  /** The value below which a share `p` of the probability lies, 0 < p < 1. */
  quantile(p: number): number;
  cdf(y: number): number;
  /** Log density (log probability for counts). A diffuse distribution returns 0: its term is dropped. */
  logDensity(y: number): number;
  sample(rng: Rng): number;
  /** What it is made of, for decoders. Absent: a density over the line, smooth between quantiles. */
  makeup?(): Makeup;
}

/** What a distribution is made of: values with a probability of their own, and a part that has a density. Together they hold 1. */
export interface Makeup {
  /** Values with a probability of their own (counts, categories, a bound that values are taken to), ascending. */
  readonly atoms: Float64Array;
  /** The probability of each. */
  readonly probabilities: Float64Array;
  /** Null where all probability is in the atoms. */
  readonly density: DensityPart | null;
}

/** The part of a distribution that has a density. */
export interface DensityPart {
  /** Its share of the probability, above 0. */
  readonly mass: number;
  /** Log density, which integrates to `mass`. */
  logDensity(y: number): number;
  /** Ascending values between which the density is smooth, reaching so far that what lies beyond the outer ones is negligible. */
  knots(): readonly number[];
  /** Where values end; infinite where they do not. */
  readonly lower: number;
  readonly upper: number;
  /** Set where the density is that of Student's t (normal for infinite df), which decoders know in closed form. */
  readonly bell?: { readonly location: number; readonly scale: number; readonly df: number };
  /** Set where the density stands for more counts than are listed: the count next to a value. */
  nearest?(y: number): number;
}
