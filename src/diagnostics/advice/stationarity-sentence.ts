import type { Findings } from "./types.js";
import { listed, percent, probability } from "./words.js";

/** The verdict with the p-values that it follows from, the ones of the table. */
export function aboutStationarity(findings: Findings): string | null {
  const { stationary, tests, kind } = findings;
  if (kind !== "usual") return null;
  const { adf, kpss, pp } = tests;
  if (stationary === "unknown" || adf === null || kpss === null || pp === null)
    return "There are too few values, or too regular ones, for tests of stationarity.";
  const roots = [
    { name: "ADF", pValue: adf.pValue },
    { name: "Phillips-Perron", pValue: pp.pValue },
  ];
  const shown = (tests: typeof roots) =>
    listed(tests.map(({ name, pValue }) => `${name} (${probability(pValue)})`));
  const rejecting = roots.filter(({ pValue }) => pValue < 0.05);
  const others = roots.filter(({ pValue }) => pValue >= 0.05);
  const level = `KPSS (${probability(kpss.pValue)})`;
  const reject = (count: number) => (count === 1 ? "rejects" : "reject");
  switch (stationary) {
    case "stationary":
      return others.length === 0
        ? `Stationary around a level: ${shown(rejecting)} reject a unit root, ${level} does not reject stationarity.`
        : `Probably stationary around a level: ${level} does not reject it, ${shown(rejecting)} rejects a unit root, ${shown(others)} does not.`;
    case "trend-stationary":
      return `Not stationary around a level, which ${level} rejects, but around a straight line: it explains ${percent(findings.line!.share)} of the variance and leaves an autocorrelation of ${findings.line!.correlation.toFixed(2)} at lag 1.${rootsAroundALevel(roots)}`;
    case "unit-root":
      return `Not stationary: ${level} rejects stationarity, and neither ${shown(roots)} rejects a unit root.`.replace(
        " and Phillips-Perron",
        " nor Phillips-Perron",
      );
    case "contradictory":
      return `The tests contradict each other: ${level} rejects stationarity, ${shown(rejecting)} ${reject(rejecting.length)} a unit root${others.length === 0 ? "" : `, ${shown(others)} does not`}${reasonOf(findings)}.`;
    default:
      return `The tests are inconclusive: ${shown(roots)} do not reject a unit root, ${level} does not reject stationarity.`;
  }
}

function rootsAroundALevel(roots: readonly { name: string; pValue: number }[]): string {
  return ` Around a level: ${listed(roots.map(({ name, pValue }) => `${name} ${probability(pValue)}`))}.`;
}

function reasonOf({ levelShifts, cycle }: Findings): string {
  if (levelShifts.length > 0) return "; the shift of the level below explains that";
  if (cycle !== null) return "; the cycle above explains that";
  return ", as long memory or a slow change of the level does";
}
