import type { Distribution } from "../../core/distribution.js";
import { diffuse } from "../../distributions/families/diffuse.js";
import { normal } from "../../distributions/families/normal.js";
import { type StudentT, studentT } from "../../distributions/families/student-t.js";
import { makeupOf, shiftedMakeup } from "../../distributions/makeup.js";

/** The distribution of X + by. */
export function shifted(base: Distribution, by: number): Distribution {
  if (by === 0) return base;
  if (base.kind === "normal") return normal(base.mean + by, base.variance);
  if (base.kind === "student-t") {
    const { location, scale, df } = base as StudentT;
    return studentT(location + by, scale, df);
  }
  if (base.kind === "diffuse") return diffuse(base.mean + by);
  return {
    kind: "shifted",
    mean: base.mean + by,
    variance: base.variance,
    quantile: (p) => base.quantile(p) + by,
    cdf: (y) => base.cdf(y - by),
    logDensity: (y) => base.logDensity(y - by),
    sample: (rng) => base.sample(rng) + by,
    makeup: () => shiftedMakeup(makeupOf(base), by),
  };
}
