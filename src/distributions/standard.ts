import { studentTLogDensity } from "../math/special-functions/student-t.js";
import { square } from "../math/square.js";
import type { Normal } from "./families/normal.js";
import type { StudentT } from "./families/student-t.js";

/** X = location + scale Z(v), where v has the log-concave density exp(logWeight(v)) and Z(v) ~ v in the middle. */
export interface Standard {
  readonly location: number;
  readonly scale: number;
  z(v: number): number;
  weight(v: number): number;
  /** v where Z(v) = z. */
  v(z: number): number;
}

/** For Student's t, Z = √ν sinh(v/√ν) turns power-law tails into exponential ones: v has density c cosh(v/√ν)^(-ν). */
export function standardOf(base: Normal | StudentT): Standard {
  const df = base.kind === "normal" ? Number.POSITIVE_INFINITY : base.df;
  const location = base.mean;
  const scale = base.kind === "normal" ? Math.sqrt(base.variance) : base.scale;
  const peak = studentTLogDensity(0, df);
  if (df === Number.POSITIVE_INFINITY) {
    return { location, scale, z: (v) => v, v: (z) => z, weight: (v) => Math.exp(peak - 0.5 * v * v) };
  }
  const root = Math.sqrt(df);
  return {
    location,
    scale,
    z: (v) => root * Math.sinh(v / root),
    v: (z) => root * Math.asinh(z / root),
    weight: (v) => Math.exp(peak - 0.5 * df * Math.log1p(square(Math.sinh(v / root)))),
  };
}
