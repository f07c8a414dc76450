import type { Distribution } from "../../core/distribution.js";
import type { Paths } from "../../core/forecast.js";
import type { Calibration } from "../../core/model.js";
import { provide } from "../../core/parts.js";
import { movedValue, recalibrated } from "../../distributions/derived/recalibrated.js";

provide({ calibrate, calibratePaths });

/** The correction as a fitted model carries it. */
export function calibrationFrom(
  nominalScores: readonly number[],
  empiricalScores: readonly (readonly number[])[],
): Calibration {
  return { nominalScores, empiricalScores };
}

/** Marginals whose scores are mapped as past errors taught, each step by its own map. */
export function calibrate(
  marginals: readonly Distribution[],
  calibration: Calibration,
): readonly Distribution[] {
  const { nominalScores: at, empiricalScores: to } = calibration;
  return marginals.map((marginal, h) => recalibrated(marginal, { at, to: to[Math.min(h, to.length - 1)]! }));
}

/** Sampled paths moved to where the same scores lie now, so that their marginals are the calibrated ones. */
export function calibratePaths(paths: Paths, calibration: Calibration, own: readonly Distribution[]): Paths {
  const changed = calibrate(own, calibration);
  const values = paths.values.map((value, i) => {
    const h = i % paths.horizon;
    return movedValue(own[h]!, changed[h]!, value);
  });
  return { ...paths, values };
}
