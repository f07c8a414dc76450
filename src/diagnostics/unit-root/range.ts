import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { lookUp } from "../interpolation.js";
import type { CriticalValues, TestResult } from "../result.js";
import { type MissingPolicy, prepare, requireVariation, type Values } from "../values.js";

export interface RangeUnitRootOptions {
  /** `"drop"` closes gaps and says so; default `"error"`. */
  readonly missing?: MissingPolicy;
}

export interface RangeUnitRootResult extends TestResult {
  readonly test: "range-unit-root";
  /** How often the series set a new high or low. */
  readonly records: number;
  readonly criticalValues: CriticalValues;
}

/** Aparicio, Escribano and Sipols 2006, table 1, extended by statsmodels. */
const LEVELS = [0.01, 0.025, 0.05, 0.1, 0.9, 0.95] as const;
const SIZES = [25, 50, 100, 150, 200, 250, 500, 1000, 2000, 3000, 4000, 5000] as const;
const QUANTILES = [
  [0.6626, 0.7977, 0.907, 0.9543, 0.9833, 0.9982, 1.0494, 1.0846, 1.1121, 1.1204, 1.1309, 1.1377],
  [0.8126, 0.9274, 1.0243, 1.0768, 1.0984, 1.1137, 1.1643, 1.1959, 1.22, 1.2295, 1.2347, 1.2402],
  [0.9192, 1.0478, 1.1412, 1.1869, 1.2101, 1.2242, 1.2712, 1.2988, 1.323, 1.3303, 1.3378, 1.3408],
  [1.0712, 1.1964, 1.2888, 1.3294, 1.3494, 1.3632, 1.4076, 1.4344, 1.4556, 1.4656, 1.4693, 1.4729],
  [2.4863, 2.6821, 2.8317, 2.8915, 2.9308, 2.9571, 3.0207, 3.0653, 3.0948, 3.1054, 3.1165, 3.1252],
  [2.7312, 2.9613, 3.1393, 3.2049, 3.2482, 3.2842, 3.3584, 3.4073, 3.4439, 3.4632, 3.4717, 3.4807],
] as const;

const RANGE_UNIT_ROOT_OPTIONS: OptionTable<RangeUnitRootOptions> = {
  missing: ["error", "drop"],
};

/**
 * Range unit-root test: a series with a unit root keeps setting records. A small p-value says it is stationary.
 *
 * Statistic: new highs and lows over √n, so it asks nothing of scale, outliers or the shape of the distribution. The
 * p-value is interpolated in the printed table and held at its ends, 0.01 and 0.95.
 *
 * @param y at least 25 values in time order, not all the same.
 * @returns statistic, p-value and what they were computed from, as plain data.
 * @throws YuleError `too-short`, `constant-series`, `missing-values`, `infinite-value`.
 * @see F. Aparicio, A. Escribano, A. E. Sipols (2006), J. Time Series Analysis 27, 545-576.
 * @example rangeUnitRoot(values).pValue;
 */
export function rangeUnitRoot(y: Values, options: RangeUnitRootOptions = {}): RangeUnitRootResult {
  requireOptions("rangeUnitRoot", options, RANGE_UNIT_ROOT_OPTIONS);
  const { values, notes } = prepare(y, "The range unit-root test", 25, options.missing);
  requireVariation(values, "The range unit-root test");
  const records = countRecords(values);
  const statistic = records / Math.sqrt(values.length);
  const critical = QUANTILES.map((column) => lookUp(SIZES, column, values.length));
  return {
    test: "range-unit-root",
    nullHypothesis: "unit root",
    statistic,
    pValue: lookUp(critical, LEVELS, statistic),
    records,
    criticalValues: { "1%": critical[0], "2.5%": critical[1], "5%": critical[2], "10%": critical[3] },
    notes,
  };
}

function countRecords(y: Float64Array): number {
  let low = y[0];
  let high = y[0];
  let records = 0;
  for (const value of y) {
    if (value > high) {
      high = value;
      records++;
    } else if (value < low) {
      low = value;
      records++;
    }
  }
  return records;
}
