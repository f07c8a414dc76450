/** A pivot smaller than this share of its diagonal entry before elimination is raised to it. */
const RIDGE = 1e-9;

/** The step that minimises g'p + p'Bp/2 with the last coordinates kept in their box. */
export class BoxStep {
  private readonly factor: Float64Array;
  private readonly reduced: Float64Array;
  private readonly diagonal: Float64Array;
  /** Coordinates that are not boxed. */
  private readonly free: number;
  private readonly boxed: number;
  /** Per boxed coordinate: 0 free to move, 1 held at its lower edge, 2 at its upper one. */
  private readonly held: Uint8Array;
  private readonly small: Float64Array;
  private readonly smallRight: Float64Array;
  private readonly moving: Int32Array;

  constructor(
    private readonly d: number,
    private readonly lower: Float64Array,
    private readonly upper: Float64Array,
  ) {
    this.boxed = lower.length;
    this.free = d - this.boxed;
    this.factor = new Float64Array(d * d);
    this.reduced = new Float64Array(d);
    this.diagonal = new Float64Array(d);
    this.held = new Uint8Array(this.boxed);
    this.small = new Float64Array(this.boxed * this.boxed);
    this.smallRight = new Float64Array(this.boxed);
    this.moving = new Int32Array(this.boxed);
  }

  /**
   * Minimises g'p + p'Bp/2 over steps p with z + p in the box. The free coordinates are eliminated first by LDL'; what
   * is left, B₂₂ − B₂₁B₁₁⁻¹B₁₂, is a small system in the boxed ones alone, which an active-set search solves.
   *
   * @param model B, d×d row-major, positive definite to rounding.
   * @param gradient g, d numbers.
   * @param z the present point, d numbers, its last coordinates within the box.
   * @param step takes p.
   * @returns the decrease that the model expects of the free minimiser, −g'p/2.
   */
  solve(model: Float64Array, gradient: Float64Array, z: Float64Array, step: Float64Array): number {
    const { d, free, factor, reduced } = this;
    factor.set(model);
    for (let i = 0; i < d; i++) reduced[i] = -gradient[i];
    eliminate(factor, reduced, d, free, this.diagonal);
    this.solveBoxed(z, step);
    for (let i = free - 1; i >= 0; i--) {
      let sum = reduced[i];
      for (let j = i + 1; j < d; j++) sum -= factor[j * d + i] * step[j];
      step[i] = sum / factor[i * d + i];
    }
    let expectedDecrease = 0;
    for (let i = 0; i < d; i++) expectedDecrease -= 0.5 * gradient[i] * step[i];
    return expectedDecrease;
  }

  /** z + length·step, rounding kept from leaving the box. */
  move(z: Float64Array, length: number, step: Float64Array, out: Float64Array): void {
    const { d, free, boxed, lower, upper } = this;
    for (let i = 0; i < d; i++) out[i] = z[i] + length * step[i];
    for (let i = 0; i < boxed; i++) out[free + i] = Math.min(upper[i], Math.max(lower[i], out[free + i]));
  }

  /**
   * Active-set search over the boxed coordinates: solve for those that are not held, hold the one furthest outside at its
   * edge, and free a held one whose multiplier has the wrong sign, until no coordinate is outside.
   */
  private solveBoxed(z: Float64Array, step: Float64Array): void {
    const { boxed, free, held, lower, upper } = this;
    held.fill(0);
    for (let round = 0; round < 4 * boxed; round++) {
      this.solveMoving(step);
      let worst = -1;
      let excess = 1e-15;
      for (let i = 0; i < boxed; i++) {
        if (held[i] !== 0) continue;
        const at = z[free + i] + step[free + i];
        const over = Math.max(lower[i] - at, at - upper[i]);
        if (over > excess) {
          excess = over;
          worst = i;
        }
      }
      if (worst < 0) {
        if (!this.release(step)) return;
        continue;
      }
      const low = z[free + worst] + step[free + worst] < lower[worst];
      held[worst] = low ? 1 : 2;
      step[free + worst] = (low ? lower[worst] : upper[worst]) - z[free + worst];
    }
    for (let i = 0; i < boxed; i++) {
      const at = Math.min(upper[i], Math.max(lower[i], z[free + i] + step[free + i]));
      step[free + i] = at - z[free + i];
    }
  }

  /** Frees one held coordinate whose multiplier, r_i − (Bp)_i, points into the box. */
  private release(step: Float64Array): boolean {
    const { d, boxed, free, held, factor, reduced } = this;
    for (let i = 0; i < boxed; i++) {
      if (held[i] === 0) continue;
      let pull = reduced[free + i];
      for (let j = 0; j < boxed; j++) pull -= entry(factor, d, free + i, free + j) * step[free + j];
      if (held[i] === 1 ? pull > 1e-12 : pull < -1e-12) {
        held[i] = 0;
        return true;
      }
    }
    return false;
  }

  /** Solves for the boxed coordinates that are not held. */
  private solveMoving(step: Float64Array): void {
    const { d, boxed, free, held, factor, reduced, small, smallRight, moving } = this;
    let k = 0;
    for (let i = 0; i < boxed; i++) if (held[i] === 0) moving[k++] = free + i;
    for (let i = 0; i < k; i++) {
      const row = moving[i];
      let value = reduced[row];
      for (let j = 0; j < boxed; j++) {
        if (held[j] !== 0) value -= entry(factor, d, row, free + j) * step[free + j];
      }
      smallRight[i] = value;
      for (let j = 0; j <= i; j++) small[i * k + j] = entry(factor, d, row, moving[j]);
    }
    eliminate(small, smallRight, k, k, this.diagonal);
    for (let i = k - 1; i >= 0; i--) {
      let sum = smallRight[i];
      for (let j = i + 1; j < k; j++) sum -= small[j * k + i] * step[moving[j]];
      step[moving[i]] = sum / small[i * k + i];
    }
  }
}

function entry(a: Float64Array, d: number, i: number, j: number): number {
  return i >= j ? a[i * d + j] : a[j * d + i];
}

/**
 * Eliminates the first `count` of d coordinates from a symmetric system by LDL', lower triangle: afterwards column i below
 * the diagonal holds pivot times multiplier, the diagonal the pivots, and the rest what is left of the system.
 */
function eliminate(
  a: Float64Array,
  right: Float64Array,
  d: number,
  count: number,
  diagonal: Float64Array,
): void {
  for (let i = 0; i < count; i++) diagonal[i] = RIDGE * (Math.abs(a[i * d + i]) || 1 / RIDGE);
  for (let i = 0; i < count; i++) {
    const pivot = Math.max(a[i * d + i], diagonal[i]);
    a[i * d + i] = pivot;
    const inverse = 1 / pivot;
    const value = right[i] * inverse;
    for (let j = i + 1; j < d; j++) {
      const row = j * d;
      const multiplier = a[row + i] * inverse;
      if (multiplier === 0) continue;
      right[j] = right[j] - a[row + i] * value;
      for (let l = i + 1; l <= j; l++) a[row + l] = a[row + l] - multiplier * a[l * d + i];
    }
  }
}
