/** An eigenvalue, real where `im` is 0. */
export interface Eigenvalue {
  readonly re: number;
  readonly im: number;
}

const EPSILON = Number.EPSILON;
/** Every so many steps for one eigenvalue the shifts are chosen otherwise, which ends cycles. */
const EXCEPTIONAL = 10;
const MOST_STEPS = 300;

/**
 * Eigenvalues of a Hessenberg matrix (nothing below the diagonal beside the first), by Francis' QR steps with two
 * shifts at a time, complex pairs together, the one above the real axis first.
 *
 * @param h n×n, row-major; it is overwritten.
 * @see G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed. (2013), section 7.5.
 * @see R. S. Martin, G. Peters and J. H. Wilkinson, Numer. Math. 14 (1970), 219–231, for the exceptional shifts.
 */
export function hessenbergEigenvalues(h: Float64Array, n: number): Eigenvalue[] {
  let size = 0;
  for (const value of h) size = Math.max(size, Math.abs(value));
  const found: Eigenvalue[] = [];
  let bottom = n - 1;
  for (let step = 0; bottom >= 0; step++) {
    const top = blockTop(h, n, bottom, size);
    if (top === bottom) {
      found.push({ re: h[bottom * n + bottom], im: 0 });
      bottom -= 1;
      step = -1;
    } else if (top === bottom - 1 || step === MOST_STEPS) {
      const [first, second] = eigenvaluesOfTwo(h, n, bottom);
      found.push(first, second);
      bottom -= 2;
      step = -1;
    } else francisStep(h, n, top, bottom, step > 0 && step % EXCEPTIONAL === 0);
  }
  return found.reverse();
}

/** The first row of the block that ends at `bottom` and has no entry below the diagonal that counts as 0. */
function blockTop(h: Float64Array, n: number, bottom: number, size: number): number {
  for (let row = bottom; row > 0; row--) {
    const near = Math.abs(h[row * n + row]) + Math.abs(h[(row - 1) * n + row - 1]);
    if (Math.abs(h[row * n + row - 1]) > EPSILON * (near === 0 ? size : near)) continue;
    h[row * n + row - 1] = 0;
    return row;
  }
  return 0;
}

/** The eigenvalues of rows and columns `bottom` − 1 and `bottom`: the larger one of real ones first, without cancellation. */
function eigenvaluesOfTwo(h: Float64Array, n: number, bottom: number): [Eigenvalue, Eigenvalue] {
  const at = (bottom - 1) * n + bottom - 1;
  const [a, b, c, d] = [h[at], h[at + 1], h[at + n], h[at + n + 1]];
  const half = (a - d) / 2;
  const product = b * c;
  const square = half * half + product;
  const root = Math.sqrt(Math.abs(square));
  if (square < 0) {
    return [
      { re: d + half, im: -root },
      { re: d + half, im: root },
    ];
  }
  const shift = half < 0 ? half - root : half + root;
  return [
    { re: shift === 0 ? d : d - product / shift, im: 0 },
    { re: d + shift, im: 0 },
  ];
}

/** One QR step with the two eigenvalues of the last two rows as shifts, on rows and columns `top` to `bottom`. */
function francisStep(h: Float64Array, n: number, top: number, bottom: number, exceptional: boolean): void {
  const at = (i: number, j: number) => h[i * n + j];
  let trace = at(bottom - 1, bottom - 1) + at(bottom, bottom);
  let determinant =
    at(bottom - 1, bottom - 1) * at(bottom, bottom) - at(bottom - 1, bottom) * at(bottom, bottom - 1);
  if (exceptional) {
    const size = Math.abs(at(bottom, bottom - 1)) + Math.abs(at(bottom - 1, bottom - 2));
    trace = 1.5 * size;
    determinant = size * size;
  }
  // The first column of (H − s₁I)(H − s₂I), which is real as the shifts are two real ones or a pair.
  const vector = [
    at(top, top) * (at(top, top) - trace) + at(top, top + 1) * at(top + 1, top) + determinant,
    at(top + 1, top) * (at(top, top) + at(top + 1, top + 1) - trace),
    at(top + 1, top) * at(top + 2, top + 1),
  ];
  for (let row = top; row < bottom; row++) {
    const length = Math.min(3, bottom - row + 1);
    if (row > top) for (let i = 0; i < length; i++) vector[i] = at(row + i, row - 1);
    reflect(h, n, { top, bottom, row, length }, vector);
  }
}

interface Reflected {
  readonly top: number;
  readonly bottom: number;
  /** First of the `length` rows and columns that are reflected. */
  readonly row: number;
  readonly length: number;
}

/** H ← PHP with the reflection P that turns a vector of two or three numbers into its first direction. */
function reflect(
  h: Float64Array,
  n: number,
  { top, bottom, row, length }: Reflected,
  vector: readonly number[],
): void {
  let scale = 0;
  for (let i = 0; i < length; i++) scale = Math.max(scale, Math.abs(vector[i]));
  if (scale === 0) return;
  const mirror = vector.slice(0, length).map((value) => value / scale);
  let square = 0;
  for (const value of mirror) square += value * value;
  const size = mirror[0] < 0 ? -Math.sqrt(square) : Math.sqrt(square);
  mirror[0] += size;
  const share = 1 / (size * mirror[0]);
  for (let column = Math.max(top, row - 1); column <= bottom; column++) {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += mirror[i] * h[(row + i) * n + column];
    for (let i = 0; i < length; i++) h[(row + i) * n + column] -= share * sum * mirror[i];
  }
  if (row > top) for (let i = 1; i < length; i++) h[(row + i) * n + row - 1] = 0;
  for (let i = top; i <= Math.min(row + 3, bottom); i++) {
    let sum = 0;
    for (let j = 0; j < length; j++) sum += mirror[j] * h[i * n + row + j];
    for (let j = 0; j < length; j++) h[i * n + row + j] -= share * sum * mirror[j];
  }
}
