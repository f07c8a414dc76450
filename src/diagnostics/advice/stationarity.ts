import { acf } from "../correlation/acf.js";
import { sumOfSquares } from "../summary.js";
import { adf } from "../unit-root/adf.js";
import { aroundLine, kpss } from "../unit-root/kpss.js";
import { phillipsPerron } from "../unit-root/phillips-perron.js";
import { isConstant } from "../values.js";
import { possible } from "./possible.js";
import type { StationarityTests, TrendLine, Verdict } from "./types.js";

const LEVEL = 0.05;
/** A line explains at least this share of the variance of what is stationary around it. */
const MOSTLY = 0.5;
/** n(1 − r₁) around a line is above this for a series without a unit root (Fuller 1976, table 8.5.1: 5 % at 21). */
const CLEARLY_BELOW_ONE = 21;
/** More autocorrelation than this around a line is no noise around it. */
const LITTLE = 0.5;

/**
 * The three tests around a level, missing values left out: ADF with lags by AIC, KPSS and Phillips-Perron with
 * ⌊4(n/100)^¼⌋ autocovariances. One result a test: tables, sentences and verdicts all rest on these.
 */
export function stationarityTests(y: Float64Array): StationarityTests {
  const missing = "drop" as const;
  return {
    adf: possible(() => adf(y, { missing })),
    kpss: possible(() => kpss(y, { missing })),
    pp: possible(() => phillipsPerron(y, { regression: "constant", missing })),
  };
}

/** How far a straight line goes, and what it leaves; null where nothing varies or too little is there. */
export function trendLineOf(complete: Float64Array): TrendLine | null {
  if (complete.length < 10 || isConstant(complete)) return null;
  const rest = aroundLine(complete);
  const share = 1 - sumOfSquares(rest) / sumOfSquares(complete);
  if (share > 1 - 1e-20 || isConstant(rest.map((value) => value + 1))) return { share, correlation: 0 };
  return { share, correlation: possible(() => acf(rest, { maxLag: 1 }).values[1]) ?? 0 };
}

/**
 * What the tests say together. Both unit-root tests count: where only one of them rejects, the unit root is not rejected, unless
 * KPSS does not reject stationarity either.
 */
export function verdictOf(
  { adf: root, pp, kpss: level }: StationarityTests,
  line: TrendLine | null,
  n: number,
): Verdict {
  if (root === null || level === null || pp === null) return "unknown";
  const rejected = [root, pp].filter(({ pValue }) => pValue < LEVEL).length;
  if (level.pValue >= LEVEL) return rejected > 0 ? "stationary" : "undecided";
  if (line !== null && isNoiseAround(line, n)) return "trend-stationary";
  return rejected === 0 ? "unit-root" : "contradictory";
}

function isNoiseAround({ share, correlation }: TrendLine, n: number): boolean {
  return share > MOSTLY && correlation < LITTLE && n * (1 - correlation) > CLEARLY_BELOW_ONE;
}
