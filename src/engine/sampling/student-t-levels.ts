import { studentTQuantile } from "../../math/special-functions/student-t.js";

const MOST_KEPT = 4;

interface Levels {
  readonly df: number;
  readonly values: Float64Array;
}

let keptLevels: readonly Levels[] = [];

/** Quantiles of Student's t with `df` degrees of freedom at (i + ½)/count for i = 0 … count − 1, `count` even. */
export function studentTLevels(count: number, df: number): Float64Array {
  const known = keptLevels.find((one) => one.df === df && one.values.length === count);
  if (known !== undefined) return known.values;
  const values = new Float64Array(count);
  for (let i = 0; i < count / 2; i++) {
    values[i] = studentTQuantile((i + 0.5) / count, df);
    values[count - 1 - i] = -values[i]!;
  }
  keptLevels = [{ df, values }, ...keptLevels].slice(0, MOST_KEPT);
  return values;
}
