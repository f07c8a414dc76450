import type { Cells, Kernel } from "../kernel.js";
import { digammaRest, log64, logOnePlus64, sigmoid64, softplus64, stirlingRest } from "./double.js";

const SHIFT = 8;

/** The negative binomial loss over `cells`, in float64 throughout; the formula stands in assembly/counts.ts. */
export function countHead(cells: Cells): Pick<Kernel, "negativeBinomialLoss"> {
  return {
    negativeBinomialLoss(rows, raw, y, weight, scale, gradient) {
      let sum = 0;
      for (let r = 0; r < rows; r++) {
        const w = cells[weight + r];
        const count = cells[y + r];
        const s = cells[scale + r];
        const a = cells[raw + 4 * r];
        const b = cells[raw + 4 * r + 1];
        const root = Math.sqrt(s);
        const mu = s * softplus64(a) + 1e-10;
        const alpha = softplus64(b) / root + 1e-6;
        const size = 1 / alpha;
        const am = alpha * mu;
        const logAm1 = logOnePlus64(am);
        const density = countTerm(count, size) + count * log64(am) - (count + size) * logAm1;
        sum -= w * density;
        const dMu = (count - mu) / (mu * (1 + am));
        const dSize = digammaDifference(count, size) - logAm1 + (mu - count) / (mu + size);
        cells[gradient + 4 * r] = -w * dMu * s * sigmoid64(a);
        cells[gradient + 4 * r + 1] = (w * dSize * size * size * sigmoid64(b)) / root;
        cells[gradient + 4 * r + 2] = 0;
        cells[gradient + 4 * r + 3] = 0;
      }
      return sum;
    },
  };
}

/** lnΓ(y+r) − lnΓ(r) − lnΓ(y+1), the arguments shifted up to where Stirling's formula holds. */
function countTerm(y: number, r: number): number {
  let ratio = 1;
  let factorial = 1;
  let low = r;
  if (r < SHIFT) {
    for (let i = 0; i < SHIFT; i++) ratio *= (y + r + i) / (r + i);
    low = r + SHIFT;
  }
  for (let i = 1; i <= SHIFT; i++) factorial *= y + i;
  const high = low + y;
  const top = y + 1 + SHIFT;
  const rising =
    (high - 0.5) * logOnePlus64(y / low) + y * log64(low) - y + stirlingRest(high) - stirlingRest(low);
  const lnFactorial =
    (top - 0.5) * log64(top) - top + 0.9189385332046727 + stirlingRest(top) - log64(factorial);
  return rising - log64(ratio) - lnFactorial;
}

/** ψ(y+r) − ψ(r). */
function digammaDifference(y: number, r: number): number {
  let sum = 0;
  let low = r;
  if (r < SHIFT) {
    for (let i = 0; i < SHIFT; i++) sum += y / ((r + i) * (y + r + i));
    low = r + SHIFT;
  }
  return sum + logOnePlus64(y / low) - digammaRest(low + y) + digammaRest(low);
}
