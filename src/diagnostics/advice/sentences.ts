import type { TimeAxis } from "../../core/time/time.js";
import { aboutStationarity } from "./stationarity-sentence.js";
import type { Findings, Sentence } from "./types.js";
import { amount, listed, percent, steps, when } from "./words.js";

/** So many outliers are named one by one. */
const NAMED = 5;

/** What the findings mean for a person, most basic first. */
export function sentencesOf(findings: Findings, time: TimeAxis | null): Sentence[] {
  const said: [Sentence["topic"], string | null][] = [
    ["data", aboutData(findings, time)],
    ["period", aboutPeriod(findings, time)],
    ["transformation", aboutTransformation(findings)],
    ["stationarity", aboutStationarity(findings)],
    ["differences", aboutDifferences(findings, time)],
    ["orders", aboutOrders(findings)],
    ["outliers", aboutOutliers(findings, time)],
    ["level-shifts", aboutShifts(findings, time)],
  ];
  return said.flatMap(([topic, text]) => (text === null ? [] : [{ topic, text }]));
}

function aboutData(findings: Findings, time: TimeAxis | null): string | null {
  const { observations, missing, examined, kind } = findings;
  const total = observations + missing;
  if (kind === "empty") return "There is no value that is not missing.";
  const parts = [
    ...(missing > 0
      ? [
          `${missing} of ${total} values are missing (${percent(missing / total)}): tests leave them out, the rest interpolates them.`,
        ]
      : []),
    ...(examined < total
      ? [`Tests, season, cycles, outliers and shifts are those of the last ${examined} of ${total} values.`]
      : []),
    ...kindSentence(findings, time),
  ];
  return parts.length === 0 ? null : parts.join(" ");
}

function kindSentence({ kind, observations, zeros, season }: Findings, time: TimeAxis | null): string[] {
  switch (kind) {
    case "constant":
      return ["All values are the same: every forecast is that value."];
    case "line":
      return ["The values lie on a straight line: every forecast continues it."];
    case "short":
      return [
        `${observations} ${observations === 1 ? "value is" : "values are"} too few to detect a season, a trend or outliers; forecasts are uncertain.`,
      ];
    case "intermittent":
      return [
        `${percent(zeros)} of the values are 0, without a seasonal pattern: intermittent demand, on average one in ${steps(Number((1 / (1 - zeros)).toFixed(1)), time)}. Models for it: tsb, imapa, croston.`,
      ];
    default:
      return zeros > 0.1 && season?.present === true
        ? [`${percent(zeros)} of the values are 0, many of them at fixed places of the season.`]
        : [];
  }
}

function aboutPeriod(findings: Findings, time: TimeAxis | null): string | null {
  const { kind, season, periodSearch, longerSeason, cycle, period } = findings;
  if (kind !== "usual" && kind !== "intermittent") return null;
  const parts = [seasonSentence(findings, time)];
  if (longerSeason !== null)
    parts.push(
      `A season of ${steps(longerSeason.period, time)} (strength ${longerSeason.strength.toFixed(2)}) was found too: mstl models both.`,
    );
  if (cycle !== null)
    parts.push(
      `There is a cycle of about ${steps(Number(cycle.toFixed(1)), time)} of varying length: an autoregression can model it.`,
    );
  else if (season === null && periodSearch !== null && period === 1) parts.push("No season was found.");
  const text = parts.filter((part) => part !== "").join(" ");
  return text === "" ? null : text;
}

function seasonSentence({ season, periodSearch }: Findings, time: TimeAxis | null): string {
  if (season === null) return "";
  const length = steps(season.period, time);
  if (season.strength === null)
    return `Less than two seasons of ${length} are observed: too few to test for one.`;
  const strength = `strength ${season.strength.toFixed(2)} of 1`;
  const found = periodSearch?.seasons ?? [];
  if (found.length > 1)
    return `The values repeat after ${listed(found.map(String))}; ${season.period} is used as the season (${strength}).`;
  if (found.length === 1)
    return `The values repeat after ${length} (${strength}): --period ${season.period}.`;
  if (!season.present)
    return `No season of ${length} was found (${strength}; noise of this length reaches as much).`;
  return `There is a season of ${length} (${strength}).`;
}

function aboutTransformation({ transformation: { kind, lambda, slope } }: Findings): string | null {
  if (kind === "none" || slope === null) return null;
  const found = `The spread grows with the level (slope ${slope.toFixed(2)} of log spread on log level)`;
  return kind === "log"
    ? `${found}: take logarithms.`
    : `${found}: a Box-Cox transformation with lambda ${lambda} stabilises it.`;
}

function aboutDifferences(findings: Findings, time: TimeAxis | null): string | null {
  const { differences, period, stationary, season, kind, evidence } = findings;
  const { ordinary, seasonal } = differences;
  if (ordinary === null || kind !== "usual") return null;
  const times = (count: number) => (count === 1 ? "once" : "twice");
  const parts = [
    ...((seasonal ?? 0) > 0
      ? [
          `${times(seasonal!)} at the season of ${steps(period, time)} (strength ${season!.strength!.toFixed(2)}, above 0.64)`,
        ]
      : []),
    ...(ordinary > 0
      ? [`${times(ordinary)} at lag 1${(seasonal ?? 0) > 0 ? afterSeason(evidence.ordinary) : ""}`]
      : []),
  ];
  if (parts.length > 0) return `Difference ${parts.join(" and ")}.`;
  return stationary === "trend-stationary"
    ? "No difference: model the line, with drift=true."
    : "No differencing is needed.";
}

/** Why a seasonal difference is not enough, by the test that asked for another one. */
function afterSeason(ordinary: Findings["evidence"]["ordinary"]): string {
  const first = ordinary?.evidence[0];
  if (first === undefined || first.criticalValue === null) return "";
  return ` (after it KPSS is ${first.statistic.toFixed(2)}, above ${first.criticalValue.toFixed(2)})`;
}

function aboutOrders({ orders, model, cycle }: Findings): string | null {
  if (orders === null || model === null) return model === null ? null : `A model to start with: ${model}.`;
  if (model === "ar(auto)" && cycle !== null)
    return `A model to start with: ${model}, whose order follows the cycle.`;
  return `${orders.reason} A model to start with: ${model}.`;
}

function aboutOutliers({ outliers }: Findings, time: TimeAxis | null): string | null {
  if (outliers.length === 0) return null;
  const named = outliers
    .slice(0, NAMED)
    .map(
      ({ index, value, replacement }) =>
        `${when(index, time)} (${amount(value)}, expected about ${amount(replacement)})`,
    );
  const more = outliers.length > named.length ? [`${outliers.length - named.length} more`] : [];
  return `${outliers.length} ${outliers.length === 1 ? "outlier" : "outliers"}: ${listed([...named, ...more])}.`;
}

function aboutShifts({ levelShifts }: Findings, time: TimeAxis | null): string | null {
  if (levelShifts.length === 0) return null;
  const shown = levelShifts.map(
    ({ index, size }) =>
      `${size < 0 ? "down" : "up"} by ${amount(Math.abs(size))} from ${when(index, time)} on`,
  );
  return `The level shifts ${listed(shown)}: a step input models that.`;
}
