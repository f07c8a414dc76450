import type { Fitted } from "../../../core/model.js";
import type { Series } from "../../../core/series.js";
import { replay } from "../../../engine/replay.js";
import { randomWalkProcess } from "../../../models/baselines/index.js";
import { originOf } from "../../../models/origin.js";

/**
 * A random walk from the only observed value. One value gives no estimate of the spread: steps are assumed to have a standard
 * deviation as large as the value itself, or 1 where it is 0.
 */
export function fitSingleValue(series: Series): Fitted {
  const value = series.y.find((one) => !Number.isNaN(one))!;
  const params = { lag: 1, drift: false, sigma2: value === 0 ? 1 : value * value };
  const { state, logLikelihood } = replay(randomWalkProcess, params, series);
  return {
    notation: "naive",
    process: randomWalkProcess,
    params,
    state,
    report: {
      observations: 1,
      coefficients: [],
      covariance: null,
      sigma2: params.sigma2,
      logLikelihood,
      aic: Number.NaN,
      aicc: Number.NaN,
      bic: Number.NaN,
      converged: true,
      notes: [
        {
          code: "assumed-spread",
          severity: "warning",
          message: `${series.id} has one observed value, so its spread cannot be estimated: the intervals assume steps as large as the value itself.`,
          details: { standardDeviation: Math.sqrt(params.sigma2) },
        },
      ],
      details: { sigma2Definition: "assumed" },
    },
    origin: originOf(series),
    history: series,
  };
}
