import type { Findings, Sentence, Verdict } from "./advice-types.js";

/** What the findings mean for a person, most basic first. */
export function sentencesOf(findings: Findings): Sentence[] {
  const said: [Sentence["topic"], string | null][] = [
    ["data", aboutData(findings)],
    ["period", aboutPeriod(findings)],
    ["transformation", aboutTransformation(findings)],
    ["stationarity", aboutStationarity(findings)],
    ["differences", aboutDifferences(findings)],
    ["orders", aboutOrders(findings)],
    ["outliers", aboutOutliers(findings)],
    ["level-shifts", aboutShifts(findings)],
  ];
  return said.flatMap(([topic, text]) => (text === null ? [] : [{ topic, text }]));
}

function aboutData({ observations, missing }: Findings): string | null {
  if (observations === 0) return "There is no value that is not missing.";
  if (missing === 0) return null;
  return `${missing} of ${observations + missing} values are missing; they were interpolated for what follows.`;
}

function aboutPeriod({ period, periodSearch, strengths, longerSeason }: Findings): string | null {
  const season = strengths?.season ?? null;
  const strength =
    season === null ? "" : ` Its strength is ${season.toFixed(2)} of 1${season > 0.64 ? ", strong" : ""}.`;
  const longer =
    longerSeason === null
      ? ""
      : ` A season of ${longerSeason.period} lies over it, of strength ${longerSeason.strength.toFixed(2)}: mstl takes out both.`;
  if (periodSearch === null)
    return period === 1 ? null : `The season has ${period} values.${strength}${longer}`;
  const { seasons, cycle } = periodSearch;
  if (seasons.length > 1)
    return `The values repeat after ${seasons.join(" and after ")}; ${period} is taken as the season.${strength}`;
  if (seasons.length === 1) return `The values repeat after ${period}: give that as the period.${strength}`;
  if (cycle === null) return "No season was found.";
  return `No season was found; there are cycles of about ${cycle.toFixed(1)} values, but they do not keep step.`;
}

function aboutTransformation({ transformation: { kind, lambda } }: Findings): string | null {
  if (lambda === null || kind === "none") return null;
  const found = `Ups and downs grow with the level (Box-Cox lambda ${lambda.toFixed(2)})`;
  return kind === "log" ? `${found}: take logarithms.` : `${found}: a Box-Cox transformation evens them out.`;
}

const MEANING: Readonly<Record<Verdict, string>> = {
  stationary: "The series is stationary around a level: the unit root is rejected, stationarity is not",
  "trend-stationary": "The series is stationary around a line",
  "unit-root": "The series has a unit root: stationarity is rejected, the unit root is not",
  contradictory:
    "The tests contradict each other (both hypotheses are rejected), as a break in the level or slow cycles can cause",
  undecided:
    "The tests cannot tell: neither a unit root nor stationarity is rejected, as happens in short series",
  unknown: "The series is too short or too regular for tests of stationarity",
};

function aboutStationarity({ stationary, tests, observations }: Findings): string | null {
  if (observations === 0) return null;
  const { adf, kpss, pp } = tests;
  const values = [
    adf === null ? null : `ADF ${probability(adf.pValue)}`,
    pp === null ? null : `Phillips-Perron ${probability(pp.pValue)}`,
    kpss === null ? null : `KPSS ${probability(kpss.pValue)}`,
  ].filter((text) => text !== null);
  if (values.length === 0) return `${MEANING[stationary]}.`;
  const split = adf !== null && pp !== null && adf.pValue < 0.05 !== pp.pValue < 0.05;
  const dissent = split ? " ADF and Phillips-Perron disagree; ADF decided." : "";
  return `${MEANING[stationary]} (${values.join(", ")}).${dissent}`;
}

function probability(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(3)}`;
}

function aboutDifferences({
  differences: { ordinary, seasonal },
  period,
  stationary,
}: Findings): string | null {
  if (ordinary === null) return null;
  const times = (count: number) => (count === 1 ? "once" : count === 2 ? "twice" : `${count} times`);
  const parts = [
    ...((seasonal ?? 0) > 0 ? [`${times(seasonal!)} at the season of ${period}`] : []),
    ...(ordinary > 0 ? [`${times(ordinary)} at lag 1`] : []),
  ];
  if (parts.length === 0) return "No differencing is needed.";
  const instead =
    stationary === "trend-stationary" && ordinary > 0
      ? ", or keep the level and take the trend as an input"
      : "";
  return `Difference ${parts.join(" and ")}${instead}.`;
}

function aboutOrders({ orders, model }: Findings): string | null {
  if (orders === null || model === null) return null;
  return `${orders.reason} A model to start with: ${model}.`;
}

function aboutOutliers({ outliers }: Findings): string | null {
  if (outliers.length === 0) return null;
  const shown = outliers.slice(0, 5).map(({ index }) => index + 1);
  const more = outliers.length > shown.length ? ` and ${outliers.length - shown.length} more` : "";
  const noun = outliers.length === 1 ? "value stands" : "values stand";
  return `${outliers.length} ${noun} out from the rest: number ${shown.join(", ")}${more}.`;
}

function aboutShifts({ levelShifts }: Findings): string | null {
  if (levelShifts.length === 0) return null;
  const shown = levelShifts.map(
    ({ index, size }) =>
      `${size < 0 ? "down" : "up"} by ${Math.abs(size).toPrecision(3)} from value ${index + 1} on`,
  );
  return `The level jumps: ${shown.join("; ")}. A step input would model that.`;
}
