import { powerOf } from "./power.js";

const ROUNDS = 60;
const SETTLED = 1e-13;

/**
 * 1 + θ₁z + … + θ_q z^q = Π(1 − g_i z), q ≥ 3: reciprocal roots g outside the unit circle become 1/conj(g), in place.
 *
 * The g_i are found all at once by Aberth's iteration: a few rounds for the few roots there are. A caller that needs the
 * mirror image to be invertible has to see whether it is: near multiple roots it may be so only to rounding.
 *
 * @see O. Aberth, Mathematics of Computation 27 (1973), 339–344.
 */
export function reflectRoots(x: Float64Array, from: number, degree: number): void {
  const roots = initialGuesses(Math.abs(x[from + degree - 1]), degree);
  for (let round = 0; round < ROUNDS && improve(roots, x, from) > SETTLED; round++);
  const { re, im } = roots;
  for (let i = 0; i < degree; i++) {
    const square = re[i] * re[i] + im[i] * im[i];
    if (square <= 1) continue;
    re[i] /= square;
    im[i] /= square;
  }
  multiplyOut(roots, x, from);
}

/** Reciprocal roots being sought. */
interface Roots {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** First guesses on the circle whose radius is the roots' geometric mean, symmetric to nothing. */
function initialGuesses(product: number, degree: number): Roots {
  const re = new Float64Array(degree);
  const im = new Float64Array(degree);
  const radius = product > 0 ? powerOf(product, 1 / degree) : 0.5;
  for (let i = 0; i < degree; i++) {
    const angle = (2 * Math.PI * (i + 0.3)) / degree;
    re[i] = radius * Math.cos(angle);
    im[i] = radius * Math.sin(angle);
  }
  return { re, im };
}

/** One round: g_i −= N/(1 − N·Σ_j 1/(g_i − g_j)), N Newton's step; returns the largest change. */
function improve({ re, im }: Roots, x: Float64Array, from: number): number {
  const degree = re.length;
  let largest = 0;
  for (let i = 0; i < degree; i++) {
    const a = re[i];
    const b = im[i];
    let [valueRe, valueIm, slopeRe, slopeIm] = [1, 0, 0, 0];
    for (let k = 0; k < degree; k++) {
      const nextSlope = slopeRe * a - slopeIm * b + valueRe;
      slopeIm = slopeRe * b + slopeIm * a + valueIm;
      slopeRe = nextSlope;
      const nextValue = valueRe * a - valueIm * b + x[from + k];
      valueIm = valueRe * b + valueIm * a;
      valueRe = nextValue;
    }
    let crowdRe = 0;
    let crowdIm = 0;
    for (let j = 0; j < degree; j++) {
      if (j === i) continue;
      const dx = a - re[j];
      const dy = b - im[j];
      const square = dx * dx + dy * dy + 1e-300;
      crowdRe += dx / square;
      crowdIm -= dy / square;
    }
    // N/(1 − N·crowd) = value/(slope − value·crowd).
    const downRe = slopeRe - (valueRe * crowdRe - valueIm * crowdIm);
    const downIm = slopeIm - (valueRe * crowdIm + valueIm * crowdRe);
    const down = downRe * downRe + downIm * downIm;
    if (!(down > 0)) continue;
    const stepRe = (valueRe * downRe + valueIm * downIm) / down;
    const stepIm = (valueIm * downRe - valueRe * downIm) / down;
    re[i] = a - stepRe;
    im[i] = b - stepIm;
    largest = Math.max(largest, Math.abs(stepRe) + Math.abs(stepIm));
  }
  return largest;
}

/** θ of Π(1 − g_i z); imaginary parts cancel. */
function multiplyOut({ re, im }: Roots, x: Float64Array, from: number): void {
  const degree = re.length;
  const productRe = new Float64Array(degree + 1);
  const productIm = new Float64Array(degree + 1);
  productRe[0] = 1;
  for (let i = 0; i < degree; i++) {
    for (let k = i + 1; k >= 1; k--) {
      productRe[k] -= re[i] * productRe[k - 1] - im[i] * productIm[k - 1];
      productIm[k] -= re[i] * productIm[k - 1] + im[i] * productRe[k - 1];
    }
  }
  for (let k = 0; k < degree; k++) x[from + k] = productRe[k + 1];
}
