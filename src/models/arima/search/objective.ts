import type { Objective } from "../../../math/minimise/quasi-newton.js";
import { square } from "../../../math/power.js";
import type { Held } from "../definition/orders.js";
import type { GapLikelihood } from "../gaps/likelihood.js";
import { isInvertibleFactor, reflectMovingAverage } from "../lag-polynomial/invertible.js";
import { gradient } from "../likelihood/gradient.js";
import { negativeLogLikelihood } from "../likelihood/log-likelihood.js";
import { observations } from "../likelihood/profile.js";
import { isApart } from "../likelihood/slopes.js";
import type { Workspace } from "../likelihood/workspace.js";
import { Coordinates } from "./partial-coordinates.js";

const BEND_STEP = 1e-6;
/** Nearer the unit circle what a missing value adds bends no more than this far from it. */
const LEAST_LEFT = 0.2;

/**
 * Minus the log-likelihood as the minimiser sees it: held coefficients left out, moving averages mirrored back into the
 * invertible region, and the curvature of the log-determinants added to that of the sum of squares.
 */
export class LikelihoodObjective implements Objective {
  size = 0;
  gradient = new Float64Array(16);
  curvature = new Float64Array(256);
  moved = false;
  /** All coefficients at the point seen last. */
  x = new Float64Array(16);
  private ws: Workspace;
  private readonly coordinates = new Coordinates();
  private all = new Float64Array(16);
  private slopes = new Float64Array(16);
  private bends = new Float64Array(256);
  /** Indices of the coefficients that move. */
  private free: number[] = [];
  private held: Held | null = null;
  private fixed: Float64Array | null = null;
  private mirrorOrdinary = true;
  private mirrorSeasonal = true;

  constructor(ws: Workspace) {
    this.ws = ws;
  }

  /** @param fixed the values of held coefficients, at their indices. */
  configure(ws: Workspace, partial: boolean, held: Held | null, fixed: Float64Array | null): void {
    this.ws = ws;
    const count = ws.size;
    if (this.x.length < count) {
      this.x = new Float64Array(count);
      this.all = new Float64Array(count);
      this.gradient = new Float64Array(count);
      this.slopes = new Float64Array(count);
      this.curvature = new Float64Array(count * count);
      this.bends = new Float64Array(count * count);
    }
    this.free.length = 0;
    for (let i = 0; i < count; i++) if (held === null || !held[i]) this.free.push(i);
    this.size = this.free.length;
    this.held = held;
    this.fixed = fixed;
    const { p, q, P, Q } = ws.orders;
    this.mirrorOrdinary = noneHeld(held, p, q);
    this.mirrorSeasonal = noneHeld(held, p + q + P, Q);
    this.coordinates.configure(ws.orders, partial && noneHeld(held, 0, p) && noneHeld(held, p + q, P));
  }

  /** The free coordinates of the coefficients x. */
  enter(x: Float64Array, z: Float64Array): void {
    const { held, fixed } = this;
    this.coordinates.fromNatural(x, this.all);
    if (held !== null && fixed !== null) {
      for (let i = 0; i < this.ws.size; i++) if (held[i]) this.all[i] = fixed[i]!;
    }
    for (let i = 0; i < this.size; i++) z[i] = this.all[this.free[i]!]!;
  }

  value(z: Float64Array): number {
    const { ws, all, x, free, size } = this;
    const { p, q, P, Q } = ws.orders;
    for (let i = 0; i < size; i++) all[free[i]!] = z[i]!;
    this.coordinates.toNatural(all, x);
    this.moved = false;
    if (this.mirrorOrdinary && !this.mirror(z, p, q)) return Number.POSITIVE_INFINITY;
    if (this.mirrorSeasonal && !this.mirror(z, p + q + P, Q)) return Number.POSITIVE_INFINITY;
    return negativeLogLikelihood(ws, x);
  }

  /** Puts a moving average on its invertible side; false where rounding keeps it off. One with held coefficients stays. */
  private mirror(z: Float64Array, from: number, degree: number): boolean {
    if (degree === 0 || isInvertibleFactor(this.x, from, degree)) return true;
    reflectMovingAverage(this.x, from, degree);
    if (!isInvertibleFactor(this.x, from, degree)) return false;
    this.takeBack(z, from, degree);
    return true;
  }

  /** Moving averages are their own coordinates, so that mirrored ones can be copied back. */
  private takeBack(z: Float64Array, from: number, count: number): void {
    this.moved = true;
    const shift = this.free.indexOf(from) - from;
    for (let i = from; i < from + count; i++) {
      this.all[i] = this.x[i]!;
      z[i + shift] = this.x[i]!;
    }
  }

  accept(withCurvature: boolean): number {
    const { ws, slopes, bends, free, size } = this;
    const count = ws.size;
    const reached = gradient(ws, withCurvature);
    for (let i = 0; i < count; i++) slopes[i] = ws.gradient[i]!;
    this.coordinates.pullGradient(slopes);
    for (let i = 0; i < size; i++) this.gradient[i] = slopes[free[i]!]!;
    if (withCurvature) {
      for (let i = 0; i < count * count; i++) bends[i] = ws.curvature[i]!;
      this.coordinates.pullCurvature(bends);
      this.addDeterminantCurvature();
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) this.curvature[i * size + j] = bends[free[i]! * count + free[j]!]!;
      }
    }
    return reached;
  }

  /** Second derivatives by differences of the gradient, one for each coordinate. */
  secondDerivatives(z: Float64Array): boolean {
    const { size } = this;
    const centre = this.gradient.slice(0, size);
    const bends = new Float64Array(size * size);
    const beside = z.slice(0, size);
    let whole = true;
    for (let j = 0; j < size && whole; j++) {
      beside[j] = z[j]! + BEND_STEP;
      whole = this.value(beside) < Number.POSITIVE_INFINITY && !this.moved;
      if (!whole) break;
      this.accept(false);
      for (let i = 0; i < size; i++) {
        const slope = (this.gradient[i]! - centre[i]!) / BEND_STEP / 2;
        bends[i * size + j]! += slope;
        bends[j * size + i]! += slope;
      }
      beside[j] = z[j]!;
    }
    this.value(z);
    this.accept(false);
    if (whole) for (let i = 0; i < size * size; i++) this.curvature[i] = bends[i]!;
    return whole;
  }

  /**
   * A moving average m_f times over adds m_f·min((1+θ²)/(1−θ²)², (n/m_f)²/6), which matters near a unit root; an AR
   * factor adds the curvature of −½ m_f Σ j·log(1−r_j²) in z_j = atanh r_j, m_f·j·(1−r_j²), or of its only coefficient.
   */
  private addDeterminantCurvature(): void {
    const { p, q, P, Q, period } = this.ws.orders;
    const n = observations(this.ws);
    if (q === 1) this.bend(p, 1, (n * n) / 6);
    if (Q === 1) this.bend(p + q + P, period, square(n / period) / 6);
    if (this.ws.gaps !== null && isApart(this.ws)) this.addMissingCurvature(this.ws.gaps.how);
    if (this.coordinates.partial) {
      for (let j = 0; j < p; j++) this.bendPartial(j, j + 1);
      for (let j = 0; j < P; j++) this.bendPartial(p + q + j, period * (j + 1));
    } else {
      if (p === 1) this.bend(0, 1, 1e12);
      if (P === 1) this.bend(p + q, period, 1e12);
    }
  }

  /**
   * Each missing value adds about half the logarithm of Σh², h its response: 1/(1 − θ²) for a moving average alone, 2/(1 − θ) where it
   * is differenced at the same lag.
   */
  private addMissingCurvature({ d, D }: GapLikelihood["how"]): void {
    const { orders, missing } = this.ws;
    const { p, q, P, Q } = orders;
    const each = (i: number, differenced: boolean) => {
      const left = Math.max(1 - this.x[i]! * (differenced ? 1 : this.x[i]!), LEAST_LEFT);
      this.bends[i * this.ws.size + i]! += (missing * (differenced ? 0.5 : 2 - left)) / (left * left);
    };
    if (q === 1) each(p, d > 0);
    if (Q === 1) each(p + q + P, D > 0);
  }

  private bend(i: number, times: number, cap: number): void {
    const square = this.x[i]! * this.x[i]!;
    const left = Math.max(1 - square, 1e-9);
    this.bends[i * this.ws.size + i]! += times * Math.min((1 + square) / (left * left), cap);
  }

  private bendPartial(i: number, weight: number): void {
    const r = Math.tanh(this.all[i]!);
    this.bends[i * this.ws.size + i]! += weight * (1 - r * r);
  }
}

function noneHeld(held: Held | null, from: number, count: number): boolean {
  if (held === null) return true;
  for (let i = from; i < from + count; i++) if (held[i]) return false;
  return true;
}
