/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** The root with a real part of at least 0 of a number in the upper half plane. */
export function squareRoot(z: Complex): Complex {
  const size = Math.hypot(z.re, z.im);
  return { re: Math.sqrt(Math.max(0, (size + z.re) / 2)), im: Math.sqrt(Math.max(0, (size - z.re) / 2)) };
}

export function sinh(z: Complex): Complex {
  return { re: Math.sinh(z.re) * Math.cos(z.im), im: Math.cosh(z.re) * Math.sin(z.im) };
}

export function cosh(z: Complex): Complex {
  return { re: Math.cosh(z.re) * Math.cos(z.im), im: Math.sinh(z.re) * Math.sin(z.im) };
}

export function times(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

export function minus(a: Complex, b: Complex): Complex {
  return { re: a.re - b.re, im: a.im - b.im };
}

export function over(a: Complex, b: Complex): Complex {
  const size = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / size, im: (a.im * b.re - a.re * b.im) / size };
}
