import { dot } from "../../../math/linear-algebra/vector.js";

/** How large the cubic term may be beside the quadratic one. */
const LARGEST_SHARE = 0.03;
/** Twice what the quadratic term itself may be. */
const LARGEST_BEND = 1e-2;
/** Half the log-determinants around a point: their value, slopes and second derivatives. */
export class DeterminantModel {
  /** Whether the slopes are those of the point rather than what the model expects there. */
  private exact = true;

  constructor(
    readonly x: Float64Array,
    readonly half: number,
    readonly gradient: Float64Array,
    readonly bends: Float64Array,
  ) {}

  /**
   * The model where a short step leads. What the quadratic term leaves of the value there is a cubic one along the step; after
   * another such step, steps are too short to tell.
   *
   * @returns null where more than these terms count.
   */
  expectedAt(x: Float64Array, half: number): DeterminantModel | null {
    const size = x.length;
    const step = x.map((to, i) => to - this.x[i]!);
    const image = this.imageOf(step);
    const bend = dot(step, 0, image, 0, size);
    const cubic = this.exact ? half - this.half - dot(this.gradient, 0, step, 0, size) - bend / 2 : 0;
    const share = bend > 0 ? cubic / bend : 0;
    if (!(Math.abs(share) < LARGEST_SHARE) || bend > LARGEST_BEND) return null;
    const gradient = this.gradient.map((slope, i) => slope + (1 + 3 * share) * image[i]!);
    const bends = this.bends.slice();
    if (share !== 0) {
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) bends[i * size + j]! += ((6 * share) / bend) * image[i]! * image[j]!;
      }
    }
    const model = new DeterminantModel(x, half, gradient, bends);
    model.exact = false;
    return model;
  }

  private imageOf(step: Float64Array): Float64Array {
    const size = step.length;
    return step.map((_, i) => dot(this.bends, i * size, step, 0, size));
  }
}
