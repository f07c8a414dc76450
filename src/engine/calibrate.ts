import type { Distribution } from "../core/distribution.js";
import type { Paths } from "../core/forecast.js";
import type { Calibration } from "../core/model.js";
import { movedValue, recalibrated } from "../distributions/derived/recalibrated.js";

/** Marginals whose scores are mapped as past errors taught, each step by its own map. */
export function calibrate(
  marginals: readonly Distribution[],
  calibration?: Calibration,
): readonly Distribution[] {
  if (calibration === undefined) return marginals;
  const { nominalScores: at, empiricalScores: to } = calibration;
  return marginals.map((marginal, h) => recalibrated(marginal, { at, to: to[Math.min(h, to.length - 1)]! }));
}

/** Sampled paths moved to where the same scores lie now, so that their marginals are the calibrated ones. */
export function calibratePaths(
  paths: Paths,
  calibration: Calibration | undefined,
  marginals: () => readonly Distribution[],
): Paths {
  if (calibration === undefined) return paths;
  const own = marginals();
  const changed = calibrate(own, calibration);
  const values = paths.values.map((value, i) => {
    const h = i % paths.horizon;
    return movedValue(own[h]!, changed[h]!, value);
  });
  return { ...paths, values };
}
