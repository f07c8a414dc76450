import { inner } from "../../../math/linear-algebra/vector.js";

/** Sums over the rows from each row on: of the values, and of the values times 1, 2, 3 … */
interface SuffixSums {
  readonly step: Float64Array;
  readonly ramp: Float64Array;
}

function suffixSums(v: Float64Array): SuffixSums {
  const n = v.length;
  const step = new Float64Array(n + 1);
  const ramp = new Float64Array(n + 1);
  for (let i = n - 1; i >= 0; i--) {
    step[i] = step[i + 1] + v[i];
    ramp[i] = ramp[i + 1] + step[i];
  }
  return { step, ramp };
}

/** Products of two vectors, x and y, after a break's columns are taken out of both. */
export interface BrokenProducts {
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** Below this share of a break's columns left beside the others, cancellation would cost digits. */
const THIN = 1e-6;

/**
 * What breaks at any row take out of x and y, each in time proportional to the number of columns alone: the products of
 * a step (1 from the row on) or a ramp (1, 2, 3 … from the row on) with a column are sums from the row on.
 *
 * @param basis orthonormal columns that are already taken out of `x` and `y`.
 * @returns a function of the row; null where the break has too little of its own for this short cut.
 */
export function breakScan(
  basis: readonly Float64Array[],
  x: Float64Array,
  y: Float64Array,
  kind: "step" | "ramp" | "both",
): (row: number) => BrokenProducts | null {
  const columns = basis.map(suffixSums);
  const [sumsX, sumsY] = [suffixSums(x), suffixSums(y)];
  const whole = { xx: inner(x, x), xy: inner(x, y), yy: inner(y, y) };
  return (row) => {
    if (row <= 0 || row >= x.length) return null;
    const m = x.length - row;
    let [steps, ramps, cross] = [m, (m * (m + 1) * (2 * m + 1)) / 6, (m * (m + 1)) / 2];
    const [thinStep, thinRamp] = [THIN * steps, THIN * ramps];
    for (const { step, ramp } of columns) {
      steps -= step[row] * step[row];
      ramps -= ramp[row] * ramp[row];
      cross -= step[row] * ramp[row];
    }
    if (kind !== "ramp" && !(steps > thinStep)) return null;
    if (kind === "step") return without(whole, sumsX.step[row], sumsY.step[row], steps);
    if (!(ramps > thinRamp)) return null;
    if (kind === "ramp") return without(whole, sumsX.ramp[row], sumsY.ramp[row], ramps);
    // The ramp without the step, then both taken out in turn.
    const share = cross / steps;
    const left = ramps - share * cross;
    if (!(left > THIN * ramps)) return null;
    const rest = without(whole, sumsX.step[row], sumsY.step[row], steps);
    const rampX = sumsX.ramp[row] - share * sumsX.step[row];
    const rampY = sumsY.ramp[row] - share * sumsY.step[row];
    return without(rest, rampX, rampY, left);
  };
}

/** Products after a column with these products and this squared length is taken out. */
function without({ xx, xy, yy }: BrokenProducts, cx: number, cy: number, cc: number): BrokenProducts {
  return { xx: xx - (cx * cx) / cc, xy: xy - (cx * cy) / cc, yy: yy - (cy * cy) / cc };
}
