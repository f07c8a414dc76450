import { show } from "../../core/checks.js";
import type { Distribution, Makeup } from "../../core/distribution.js";
import { numericalError } from "../../core/errors.js";
import type { Rng } from "../../core/random.js";
import { gammaDraw } from "../../math/gamma-draw.js";
import { standardNormal } from "../../math/special-functions/normal.js";
import { studentTCdf, studentTLogDensity, studentTQuantile } from "../../math/special-functions/student-t.js";
import { requireFinite, requireNonNegative, requireProbability } from "../checks.js";
import { bellMakeup } from "../makeup.js";
import { pointCdf, pointLogDensity } from "./point.js";

/** A Student-t distribution as plain fields, and what can be asked of it. */
export interface StudentT extends Distribution {
  readonly kind: "student-t";
  readonly location: number;
  readonly scale: number;
  readonly df: number;
}

class StudentTDistribution implements StudentT {
  readonly kind = "student-t";
  readonly location: number;
  readonly scale: number;
  readonly df: number;

  constructor(location: number, scale: number, df: number) {
    this.location = location;
    this.scale = scale;
    this.df = df;
  }

  get mean(): number {
    return this.location;
  }

  get variance(): number {
    if (this.scale === 0) return 0;
    if (this.df <= 2) return Number.POSITIVE_INFINITY;
    return (this.scale * this.scale) / (1 - 2 / this.df);
  }

  quantile(p: number): number {
    requireProbability(p);
    if (this.scale === 0) return this.location;
    return this.location + this.scale * studentTQuantile(p, this.df);
  }

  cdf(y: number): number {
    if (this.scale === 0) return pointCdf(this.location, y);
    return studentTCdf((y - this.location) / this.scale, this.df);
  }

  logDensity(y: number): number {
    if (this.scale === 0) return pointLogDensity(this.location, y);
    return studentTLogDensity((y - this.location) / this.scale, this.df) - Math.log(this.scale);
  }

  sample(rng: Rng): number {
    const z = standardNormal(rng);
    if (this.df === Number.POSITIVE_INFINITY) return this.location + this.scale * z;
    const half = 0.5 * this.df;
    return this.location + (this.scale * z) / Math.sqrt(gammaDraw(rng, half) / half);
  }

  makeup(): Makeup {
    return bellMakeup(this, this.location, this.scale, this.df);
  }
}

/**
 * Student's t distribution with `df` degrees of freedom, shifted by `location` and stretched by `scale`.
 *
 * The variance is scale² df/(df - 2), Infinity for df <= 2. For df <= 1, where the mean does not exist, `mean` is the
 * location, the centre of symmetry.
 *
 * @param location centre of symmetry, a finite number in the units of the data.
 * @param scale finite, 0 or more; 0 is a point mass. It is not the standard deviation.
 * @param df above 0; Infinity is the normal distribution.
 * @returns the distribution.
 * @throws YuleError `bad-location`, `bad-scale`, `bad-df`.
 * @example studentT(0, 1, 5).quantile(0.975); // 2.57058183563631…
 */
export function studentT(location: number, scale: number, df: number): StudentT {
  requireFinite("Student-t", "location", location);
  requireNonNegative("Student-t", "scale", scale);
  if (typeof df !== "number" || !(df > 0)) {
    throw numericalError("bad-df", "df", df, `The degrees of freedom must be above 0, not ${show(df)}.`);
  }
  return new StudentTDistribution(location, scale, df);
}
