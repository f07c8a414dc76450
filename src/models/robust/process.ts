import type { Process } from "../../core/model.js";
import { studentT } from "../../distributions/families/student-t.js";

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

/** y_t ~ t_ν(ℓ_{t−1}, s), ℓ_t = ℓ_{t−1} + α ψ(y_t − ℓ_{t−1}). */
export const robustProcess: Process<RobustParams, RobustState> = {
  kind: "robust-ses",
  start: ({ initial }) => ({ level: initial }),
  conditional: ({ scale, df }, { level }) => studentT(level, scale, df),
  advance: ({ alpha, scale }, { level }, y) =>
    Number.isNaN(y) ? { level } : { level: level + alpha * clipped(y - level, scale) },
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
