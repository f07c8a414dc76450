import type { Process } from "../../core/model.js";
import { studentT } from "../../distributions/families/student-t.js";
import { bySampling } from "../../engine/parts/sampled.js";
import { studentTCdf, studentTLogDensity } from "../../math/special-functions/student-t.js";

export interface RobustParams {
  /** α, how much of an error moves the level. */
  readonly alpha: number;
  /** Scale and degrees of freedom of the errors. */
  readonly scale: number;
  readonly df: number;
  /** ℓ_0, the level before the first value. */
  readonly initial: number;
}

export interface RobustState {
  readonly level: number;
}

/** Errors beyond this many scales count as this many: k of Huber's function. */
export const CLIP = 2;

/** ψ(e), an error cut to ±2 scales. */
export function clipped(error: number, scale: number): number {
  const most = CLIP * scale;
  return error > most ? most : error < -most ? -most : error;
}

/**
 * E min(T², k²) of Student's t with ν > 2 degrees of freedom: x² f_ν(x) is ν times the difference of the density of ν − 2, its
 * argument and height rescaled, and f_ν.
 */
function clippedVariance(df: number): number {
  const less = df - 2;
  const width = Math.sqrt(df / less);
  const height = width * Math.exp(studentTLogDensity(0, df) - studentTLogDensity(0, less));
  const outside = 2 * studentTCdf(-CLIP, df);
  const within = height * (1 - 2 * studentTCdf(-CLIP / width, less)) - (1 - outside);
  return df * within + CLIP * CLIP * outside;
}

/** y_t ~ t_ν(ℓ_{t−1}, s), ℓ_t = ℓ_{t−1} + α ψ(y_t − ℓ_{t−1}). */
export const robustProcess: Process<RobustParams, RobustState> = {
  kind: "robust-ses",
  start: ({ initial }) => ({ level: initial }),
  conditional: ({ scale, df }, { level }) => studentT(level, scale, df),
  advance: ({ alpha, scale }, { level }, y) =>
    Number.isNaN(y) ? { level } : { level: level + alpha * clipped(y - level, scale) },
  /**
   * h steps ahead the exact variance, and the tails of Student's t with ν/r degrees of freedom, r the share of the last error in
   * it: in simulations the ends of 80 % intervals are within 2 %, those of 95 % ones within 7 %.
   */
  ahead({ alpha, scale, df }, { level }, inputs) {
    if (!(df > 2)) return bySampling();
    const own = df / (df - 2);
    const step = alpha * alpha * clippedVariance(df);
    return inputs.map((_, h) => {
      const variance = own + h * step;
      const degrees = (df * variance) / own;
      return studentT(level, scale * Math.sqrt((variance * (degrees - 2)) / degrees), degrees);
    });
  },
  rollMany({ alpha, scale, df }, { level }, inputs, streams) {
    const errors = studentT(0, scale, df);
    const horizon = inputs.length;
    const values = new Float64Array(streams.length * horizon);
    streams.forEach((rng, path) => {
      let current = level;
      for (let h = 0; h < horizon; h++) {
        const y = current + errors.sample(rng);
        values[path * horizon + h] = y;
        current += alpha * clipped(y - current, scale);
      }
    });
    return { count: streams.length, horizon, values };
  },
};
