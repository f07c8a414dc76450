import type { Series } from "../../../core/series.js";
import type { Leaderboard, ModelScore } from "../../../evaluate/leaderboard.js";
import { decimalsFor, fixed, probability } from "../../../report/numbers.js";
import type { Plan } from "../backtest/plan.js";
import type { Forecasted, SeriesFindings } from "./gathered.js";

/** A difference below this is called no difference. */
const SMALL = 0.02;

/** The forecast in sentences: the next value and the last, each with its widest interval, and how they compare with the past. */
export function forecastSentences({ value }: Forecasted, { y, time }: Series): string[] {
  const { times, mean, intervals } = value;
  const last = times.length - 1;
  const widest = intervals.at(-1);
  const numbers = [mean, ...intervals.flatMap(({ lower, upper }) => [lower, upper])];
  const decimals = decimalsFor(numbers.flatMap((values) => Array.from(values)));
  const when = (h: number) => (time === null ? `row ${times[h]}` : times[h]);
  const number = (x: number) => fixed(x, decimals);
  const at = (h: number) => {
    const band =
      widest === undefined
        ? ""
        : `, between ${number(widest.lower[h]!)} and ${number(widest.upper[h]!)} with ${widest.level} %`;
    return `${number(mean[h]!)}${band}`;
  };
  const steps = [`For ${when(0)} the forecast is ${at(0)}.`];
  if (last > 0) steps.push(`For ${when(last)}, ${last + 1} steps ahead, it is ${at(last)}.`);
  const change = changeOf(y, mean);
  return change === null ? steps : [...steps, change];
}

/** The mean of the forecast against that of as many values before it. */
function changeOf(y: Float64Array, mean: Float64Array): string | null {
  const before = y.slice(-mean.length).filter(Number.isFinite);
  if (before.length < mean.length / 2 || mean.length < 2) return null;
  const [past, ahead] = [meanOf(before), meanOf(mean)];
  const ratio = (ahead - past) / Math.abs(past);
  if (!Number.isFinite(ratio)) return null;
  const span = `the ${mean.length} values before`;
  if (Math.abs(ratio) < SMALL) return `On average the forecast is as high as ${span}.`;
  return `On average the forecast is ${Math.abs(100 * ratio).toFixed(0)} % ${ratio > 0 ? "above" : "below"} ${span}.`;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How good the first model would have been, against the seasonal naive forecast. */
export function skillSentences(board: Leaderboard, model: string, plan: Plan): string[] {
  const own = board.scores.find((score) => score.model === model && score.count > 0);
  const naive =
    board.scores.find((score) => /^snaive/.test(score.model) && score.count > 0) ??
    board.scores.find((score) => score.model === "naive" && score.count > 0);
  if (own === undefined) return [];
  const measure = board.rankedBy;
  const sentences: string[] = [];
  if (naive !== undefined && naive !== own) sentences.push(againstNaive(own, naive, measure));
  const level = plan.levels.at(-1);
  if (level !== undefined)
    sentences.push(
      `Of ${own.count} past values, ${own.coverage[level]!.toFixed(1)} % lay inside their ${level} % interval.`,
    );
  return sentences;
}

function againstNaive(own: ModelScore, naive: ModelScore, measure: "mase" | "rmse"): string {
  const ratio = own[measure] / naive[measure] - 1;
  const name = /^snaive/.test(naive.model) ? "repeating the last season" : "repeating the last value";
  const numbers = `(${measure.toUpperCase()} ${own[measure].toFixed(3)} against ${naive[measure].toFixed(3)})`;
  if (!Number.isFinite(ratio)) return `Its ${measure.toUpperCase()} was ${own[measure].toFixed(3)}.`;
  if (Math.abs(ratio) < SMALL) return `In the past its error was that of ${name} ${numbers}.`;
  return `In the past its error was ${Math.abs(100 * ratio).toFixed(0)} % ${ratio < 0 ? "smaller" : "larger"} than that of ${name} ${numbers}.`;
}

/** What the residuals say of the model. */
export function residualSentence(test: { statistic: number; df: number; pValue: number } | null): string {
  if (test === null) return "There are too few residuals for a test of their autocorrelation.";
  const p = probability(test.pValue);
  const numbers = `(Ljung-Box Q = ${test.statistic.toFixed(2)} on ${test.df} df, p ${p.startsWith("<") ? p : `= ${p}`})`;
  return test.pValue < 0.05
    ? `The residuals are autocorrelated ${numbers}: the model leaves a pattern in them, and its intervals may be off.`
    : `No autocorrelation was found in the residuals ${numbers}.`;
}

/** What the series is, in a sentence. */
export function dataSentence({ looked: { item }, series }: SeriesFindings, span: string): string {
  const { observations, missing, period } = item;
  const gaps = missing === 0 ? "none missing" : `${missing} missing`;
  const season = period > 1 ? `, a season of ${period} steps` : ", no season";
  return `${series.y.length} steps${span}: ${observations} ${observations === 1 ? "value" : "values"}, ${gaps}${season}.`;
}

/** How strong the parts are. */
export function strengthSentence({ parts }: SeriesFindings): string {
  if (parts === null) return "The series cannot be split into trend and seasons.";
  const word = (strength: number) => (strength > 0.8 ? "strong" : strength > 0.4 ? "moderate" : "weak");
  const trend = `The trend is ${word(parts.strengths.trend)} (${parts.strengths.trend.toFixed(2)} of 1)`;
  const seasons = parts.seasons.map(
    ({ period }, at) =>
      `the season of ${period} ${word(parts.strengths.seasons[at]!)} (${parts.strengths.seasons[at]!.toFixed(2)})`,
  );
  return `${[trend, ...seasons].join(", ")}.`;
}
