/** What a Fourier transform of one size needs: the size, a power of two, and its twiddle factors. */
export interface FourierPlan {
  readonly size: number;
  /** cos and sin of 2πk/size for k < size/2. */
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

/** @param size a power of two, at least 1. */
export function fourierPlan(size: number): FourierPlan {
  const cos = new Float64Array(size / 2);
  const sin = new Float64Array(size / 2);
  for (let k = 0; k < size / 2; k++) {
    cos[k] = Math.cos((2 * Math.PI * k) / size);
    sin[k] = Math.sin((2 * Math.PI * k) / size);
  }
  return { size, cos, sin };
}

/**
 * The discrete Fourier transform X_k = Σ_t x_t exp(−2πi kt/N), in place and in bit-reversed order: frequency k ends
 * up where its bits read backwards point, even frequencies in the first half and odd ones in the second.
 *
 * Decimation in frequency. Followed by `inverse`, which takes this order, no reordering is ever needed.
 *
 * @see J. W. Cooley and J. W. Tukey, Mathematics of Computation 19 (1965), 297–301.
 */
export function forward({ size, cos, sin }: FourierPlan, re: Float64Array, im: Float64Array): void {
  for (let half = size >> 1, stride = 1; half >= 1; half >>= 1, stride <<= 1) {
    for (let start = 0; start < size; start += 2 * half) {
      for (let j = 0, w = 0; j < half; j++, w += stride) {
        const a = start + j;
        const b = a + half;
        const dr = re[a] - re[b];
        const di = im[a] - im[b];
        const c = cos[w];
        const s = sin[w];
        re[a] += re[b];
        im[a] += im[b];
        re[b] = dr * c + di * s;
        im[b] = di * c - dr * s;
      }
    }
  }
}

/** Undoes `forward` up to the factor N: takes bit-reversed order, returns natural order. */
export function inverse({ size, cos, sin }: FourierPlan, re: Float64Array, im: Float64Array): void {
  for (let half = 1, stride = size >> 1; half < size; half <<= 1, stride >>= 1) {
    for (let start = 0; start < size; start += 2 * half) {
      for (let j = 0, w = 0; j < half; j++, w += stride) {
        const a = start + j;
        const b = a + half;
        const c = cos[w];
        const s = sin[w];
        const br = re[b] * c - im[b] * s;
        const bi = im[b] * c + re[b] * s;
        re[b] = re[a] - br;
        im[b] = im[a] - bi;
        re[a] += br;
        im[a] += bi;
      }
    }
  }
}

/**
 * Σ_t x_t x_{t+k} for k = 0 … maxLag by Fourier transforms of blocks, in O(n log maxLag).
 *
 * Each block of B > maxLag values, padded with B zeros, is correlated with itself and the block after it; that
 * neighbour's transform only changes the sign of its odd frequencies. The two halves of the series travel as
 * real and imaginary part of one signal.
 *
 * @see C. M. Rader, IEEE Transactions on Audio and Electroacoustics 18 (1970), 439–441.
 */
export function laggedProductsByFourier(x: Float64Array, maxLag: number): Float64Array {
  const block = 1 << Math.max(6, Math.ceil(Math.log2(maxLag + 1)));
  const plan = fourierPlan(2 * block);
  const blocks = Math.max(1, Math.ceil(x.length / (2 * block)));
  const shift = blocks * block;
  const sumRe = new Float64Array(plan.size);
  const sumIm = new Float64Array(plan.size);
  let here = transformedBlock(plan, x, 0, shift);
  for (let i = 0; i < blocks; i++) {
    const next = transformedBlock(plan, x, (i + 1) * block, shift);
    addCrossSpectrum(block, here, next, sumRe, sumIm);
    here = next;
  }
  inverse(plan, sumRe, sumIm);
  return sumRe.slice(0, maxLag + 1).map((value) => value / plan.size);
}

interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Transform of x_t + i·x_{t+shift} for one block from `from` on, padded with as many zeros. */
function transformedBlock(plan: FourierPlan, x: Float64Array, from: number, shift: number): Spectrum {
  const block = plan.size >> 1;
  const re = new Float64Array(plan.size);
  const im = new Float64Array(plan.size);
  re.set(x.subarray(from, Math.min(from + block, x.length)));
  if (from + shift < x.length) im.set(x.subarray(from + shift, Math.min(from + shift + block, x.length)));
  forward(plan, re, im);
  return { re, im };
}

/** Adds conj(A)·(A ± B), plus at even frequencies (the first half) and minus at odd ones. */
function addCrossSpectrum(
  half: number,
  a: Spectrum,
  b: Spectrum,
  sumRe: Float64Array,
  sumIm: Float64Array,
): void {
  for (let k = 0; k < 2 * half; k++) {
    const sign = k < half ? 1 : -1;
    const re = a.re[k] + sign * b.re[k];
    const im = a.im[k] + sign * b.im[k];
    sumRe[k] += a.re[k] * re + a.im[k] * im;
    sumIm[k] += a.re[k] * im - a.im[k] * re;
  }
}
