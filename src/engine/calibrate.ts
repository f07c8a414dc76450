import type { Distribution } from "../core/distribution.js";
import type { Paths } from "../core/forecast.js";
import type { Calibration } from "../core/model.js";
import { stretched } from "../distributions/stretched.js";

function factorAt({ factors }: Calibration, h: number): number {
  return factors[Math.min(h, factors.length - 1)]!;
}

/** Marginals stretched about their medians, each step by its factor. */
export function calibrate(
  marginals: readonly Distribution[],
  calibration?: Calibration,
): readonly Distribution[] {
  if (calibration === undefined) return marginals;
  return marginals.map((marginal, h) => stretched(marginal, factorAt(calibration, h)));
}

/** Sampled paths stretched about the same medians, so that their marginals are the calibrated ones. */
export function calibratePaths(
  paths: Paths,
  calibration: Calibration | undefined,
  marginals: () => readonly Distribution[],
): Paths {
  if (calibration === undefined) return paths;
  const medians = marginals().map((marginal) => marginal.quantile(0.5));
  const values = paths.values.map((value, i) => {
    const h = i % paths.horizon;
    return medians[h]! + factorAt(calibration, h) * (value - medians[h]!);
  });
  return { ...paths, values };
}
