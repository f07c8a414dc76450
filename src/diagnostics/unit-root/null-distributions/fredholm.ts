import { type Complex, cosh, minus, over, sinh, squareRoot, times } from "./complex.js";

/** `level`: ∫V₁², V₁ the Brownian bridge; `trend`: ∫V₂², V₂ the bridge left by taking out a line. */
export type BridgeKind = "level" | "trend";

/** D(−2s): sinh z / z for a level; 3 sinh h (h cosh h − sinh h)/h⁴ with h = z/2 for a trend; z = √(2s). */
export function fredholm(kind: BridgeKind, s: Complex): Complex {
  const root = squareRoot({ re: 2 * s.re, im: 2 * s.im });
  if (kind === "level") return sinhRatio(root);
  const half = { re: root.re / 2, im: root.im / 2 };
  return times(sinhRatio(half), slopeRatio(half));
}

/** sinh z / z. */
function sinhRatio(z: Complex): Complex {
  if (Math.hypot(z.re, z.im) < 1e-4) {
    const square = times(z, z);
    return { re: 1 + square.re / 6, im: square.im / 6 };
  }
  return over(sinh(z), z);
}

/** 3 (h cosh h − sinh h)/h³ = Σ 6k h^(2k−2)/(2k+1)!. */
function slopeRatio(h: Complex): Complex {
  const square = times(h, h);
  if (Math.hypot(h.re, h.im) > 1) {
    const numerator = minus(times(h, cosh(h)), sinh(h));
    const ratio = over(numerator, times(h, square));
    return { re: 3 * ratio.re, im: 3 * ratio.im };
  }
  let term: Complex = { re: 1, im: 0 };
  let sum = term;
  let factor = 1;
  for (let k = 2; k < 14; k++) {
    factor *= k / (k - 1) / (2 * k * (2 * k + 1));
    term = times(term, square);
    sum = { re: sum.re + factor * term.re, im: sum.im + factor * term.im };
  }
  return sum;
}
