import type { Arithmetic } from "./arithmetic.js";

// Float32 arithmetic, operation for operation that of assembly/lanes.ts: the twin's bits are the kernel's.

const f = Math.fround;
const bits = new Int32Array(1);
const asFloat = new Float32Array(bits.buffer);

/** c + a·b in two roundings. */
const mac = (a: number, b: number, c: number): number => f(c + f(a * b));

const T1 = f(2.350927438832251e-11);
const T2 = f(-1.4704474082805064e-8);
const T3 = f(9.87874318525428e-6);
const T4 = f(0.0029858709312975407);
const T5 = f(0.12979231774806976);
const U1 = f(0.0002372044837102294);
const U2 = f(0.024027962237596512);
const U3 = f(0.46312546730041504);

function tanh(x0: number): number {
  const x = Math.max(-8, Math.min(8, x0));
  const u = f(x * x);
  let p = mac(u, T1, T2);
  p = mac(u, p, T3);
  p = mac(u, p, T4);
  p = mac(u, p, T5);
  p = mac(u, p, 1);
  let q = mac(u, U1, U2);
  q = mac(u, q, U3);
  q = mac(u, q, 1);
  return f(f(x * p) / q);
}

function sigmoid(x: number): number {
  return mac(tanh(f(x * 0.5)), 0.5, 0.5);
}

const R13 = f(0.15384615384615385);
const R11 = f(0.18181818181818182);
const R9 = f(0.2222222222222222);
const R7 = f(0.2857142857142857);
const R5 = f(0.4);
const R3 = f(0.6666666666666666);

/** ln((1+s)/(1−s)). */
function logRatio(s: number): number {
  const u = f(s * s);
  let p = mac(u, R13, R11);
  p = mac(u, p, R9);
  p = mac(u, p, R7);
  p = mac(u, p, R5);
  p = mac(u, p, R3);
  p = mac(u, p, 2);
  return f(s * p);
}

const LN2 = f(Math.LN2);

function log(x: number): number {
  asFloat[0] = x;
  const b = bits[0];
  const e = (b - 0x3f3504f3) >> 23;
  bits[0] = b - (e << 23);
  const m = asFloat[0];
  return mac(e, LN2, logRatio(f(f(m - 1) / f(m + 1))));
}

function logOnePlus(q: number): number {
  const sum = f(1 + q);
  return f(log(sum) + f(f(q - f(sum - 1)) / sum));
}

const E6 = f(0.001388888888888889);
const E5 = f(0.008333333333333333);
const E4 = f(0.041666666666666664);
const E3 = f(0.16666666666666666);
const PER_LN2 = f(Math.LOG2E);
const LN2_LOW = f(-2.1219444e-4);
/** 1.5·2²³: adding and taking it away again rounds to the nearest whole number, ties to even. */
const ROUNDER = 12582912;

function exp(x0: number): number {
  const x = Math.max(-87, Math.min(88, x0));
  const n = f(f(f(x * PER_LN2) + ROUNDER) - ROUNDER);
  const r = f(f(x - f(n * 0.693359375)) - f(n * LN2_LOW));
  let p = mac(r, E6, E5);
  p = mac(r, p, E4);
  p = mac(r, p, E3);
  p = mac(r, p, 0.5);
  p = mac(r, p, 1);
  p = mac(r, p, 1);
  bits[0] = (n + 127) << 23;
  return f(p * asFloat[0]);
}

function softplus(x: number): number {
  const e = exp(-Math.abs(x));
  return f(Math.max(x, 0) + logRatio(f(e / f(e + 2))));
}

const X7 = f(0.0001984126984126984);

function expMinusOne(y: number): number {
  if (!(y < 0.5)) return f(exp(y) - 1);
  let series = mac(y, X7, E6);
  series = mac(y, series, E5);
  series = mac(y, series, E4);
  series = mac(y, series, E3);
  series = mac(y, series, 0.5);
  series = mac(y, series, 1);
  return f(y * series);
}

const TURN = f(6.283185307179586);
const C10 = f(-2.755731922398589e-7);
const C8 = f(2.48015873015873e-5);
const C6 = f(-0.001388888888888889);

function cosineTurn(v: number): number {
  const w = Math.abs(f(v - 0.5));
  const far = w > 0.25;
  const r = f((far ? f(0.5 - w) : w) * TURN);
  const u = f(r * r);
  let p = mac(u, C10, C8);
  p = mac(u, p, C6);
  p = mac(u, p, E4);
  p = mac(u, p, -0.5);
  p = mac(u, p, 1);
  return far ? p : -p;
}

const SHIFTS = 6;
const G3 = f(-0.0015625);
const G2 = f(0.005208333333333333);

function gammaRatio(x: number): number {
  let ratio = 1;
  for (let i = 0; i < SHIFTS; i++) {
    const xi = f(x + i);
    ratio = f(ratio * f(f(xi + 0.5) / xi));
  }
  const top = f(x + SHIFTS);
  const inverse = f(1 / top);
  const inverse2 = f(inverse * inverse);
  const series = f(mac(inverse2, mac(inverse2, G3, G2), -0.125) * inverse);
  return f(series + log(f(f(Math.sqrt(top)) / ratio)));
}

function gammaRatioSlope(x: number): number {
  let slope = 0;
  for (let i = 0; i < SHIFTS; i++) {
    const xi = f(x + i);
    slope = f(slope + f(0.5 / f(xi * f(xi + 0.5))));
  }
  const inverse = f(1 / f(x + SHIFTS));
  const inverse2 = f(inverse * inverse);
  const series = f(mac(inverse2, mac(inverse2, 0.0078125, -0.015625), 0.125) * inverse2);
  return f(f(series + f(0.5 * inverse)) + slope);
}

/** Float32, the kernel's bits. */
export const single: Arithmetic = {
  round: f,
  tanh,
  sigmoid,
  log,
  logOnePlus,
  exp,
  softplus,
  expMinusOne,
  cosineTurn,
  gammaRatio,
  gammaRatioSlope,
};
