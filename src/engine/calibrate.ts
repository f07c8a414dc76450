import type { Distribution } from "../core/distribution.js";
import type { Paths } from "../core/forecast.js";
import type { Calibration } from "../core/model.js";
import { clipped } from "../distributions/clipped.js";
import { stretched } from "../distributions/stretched.js";

function factorAt({ factors }: Calibration, h: number): number {
  return factors[Math.min(h, factors.length - 1)]!;
}

function boundsOf({ lower, upper }: Calibration): readonly [number, number] {
  return [lower ?? Number.NEGATIVE_INFINITY, upper ?? Number.POSITIVE_INFINITY];
}

/** Marginals stretched about their medians, each step by its factor, within the calibration's bounds. */
export function calibrate(
  marginals: readonly Distribution[],
  calibration?: Calibration,
): readonly Distribution[] {
  if (calibration === undefined) return marginals;
  const [lower, upper] = boundsOf(calibration);
  return marginals.map((marginal, h) => clipped(stretched(marginal, factorAt(calibration, h)), lower, upper));
}

/** Sampled paths stretched about the same medians, so that their marginals are the calibrated ones. */
export function calibratePaths(
  paths: Paths,
  calibration: Calibration | undefined,
  marginals: () => readonly Distribution[],
): Paths {
  if (calibration === undefined) return paths;
  const [lower, upper] = boundsOf(calibration);
  const medians = marginals().map((marginal) => marginal.quantile(0.5));
  const values = paths.values.map((value, i) => {
    const h = i % paths.horizon;
    const out = medians[h]! + factorAt(calibration, h) * (value - medians[h]!);
    return Math.min(upper, Math.max(lower, out));
  });
  return { ...paths, values };
}
