import type { ModelScore } from "../../../evaluate/leaderboard.js";
import type { Cell, Column, Table } from "../../../report/table.js";

/** Every score, one row a model, best first. */
export function scoreTable(scores: readonly ModelScore[], levels: readonly number[]): Table {
  const columns: [string, (score: ModelScore) => Cell][] = [
    ["model", ({ model }) => model],
    ["mase", ({ mase }) => mase],
    ["rmsse", ({ rmsse }) => rmsse],
    ["smape", ({ smape }) => smape],
    ["mape", ({ mape }) => mape],
    ["owa", ({ owa }) => owa],
    ["mae", ({ mae }) => mae],
    ["rmse", ({ rmse }) => rmse],
    ["bias", ({ bias }) => bias],
    ["crps", ({ crps }) => crps],
    ["weighted_quantile_loss", ({ weightedQuantileLoss }) => weightedQuantileLoss],
    ...levels.map((level): [string, (score: ModelScore) => Cell] => [
      `coverage-${level}`,
      ({ coverage }) => coverage[level]!,
    ]),
    ["msis", ({ msis }) => msis],
    ["seconds", ({ seconds }) => seconds],
    ["values", ({ count }) => count],
    ["failed", ({ failures }) => failures.length],
  ];
  if (scores.some(({ perplexity }) => perplexity !== undefined))
    columns.push(["perplexity", ({ perplexity }) => perplexity ?? null]);
  return {
    columns: columns.map(([name]) => ({ name })),
    rows: scores.map((score) => columns.map(([, cell]) => cell(score))),
  };
}

/** The scores that people compare by. */
export function leaderboardTable(scores: readonly ModelScore[], levels: readonly number[]): Table {
  const columns: Column[] = [
    { name: "model" },
    { name: "MASE", round: 3 },
    { name: "sMAPE", round: 2, drop: 2 },
    { name: "OWA", round: 3, drop: 7 },
    { name: "RMSE", round: "shared", drop: 3 },
    { name: "CRPS", round: "shared", drop: 6 },
    ...levels.map(
      (level, at): Column => ({ name: `${level} %`, round: 1, drop: at === levels.length - 1 ? 1 : 4 }),
    ),
    { name: "MSIS", round: 2, drop: 3.5 },
    { name: "seconds", round: 2, drop: 5 },
  ];
  const rows = scores.map(({ model, mase, smape, owa, rmse, crps, coverage, msis, seconds }): Cell[] => [
    model,
    mase,
    smape,
    owa,
    rmse,
    crps,
    ...levels.map((level) => coverage[level]!),
    msis,
    seconds,
  ]);
  return { columns, rows };
}

/** Columns of steps shown to people. */
const STEPS = 7;

/** How the error of some models grows: a measure by steps ahead, at steps evenly over the horizon. */
export function growthTable(scores: readonly ModelScore[], measure: "mase" | "rmse"): Table {
  const steps = evenlySpaced(scores[0]?.byHorizon.map(({ step }) => step) ?? []);
  return {
    columns: [
      { name: "steps ahead" },
      ...steps.map(
        (step, at): Column => ({
          name: String(step),
          round: measure === "mase" ? 3 : "shared",
          ...(at === 0 || at === steps.length - 1 ? {} : { drop: at % 2 === 1 ? 3 : at % 4 === 2 ? 2 : 1 }),
        }),
      ),
    ],
    rows: scores.map(({ model, byHorizon }) => [
      model,
      ...steps.map((wanted) => byHorizon.find(({ step }) => step === wanted)?.[measure] ?? null),
    ]),
  };
}

/** The first, the last, and some between. */
function evenlySpaced(steps: readonly number[]): number[] {
  if (steps.length <= STEPS) return [...steps];
  const at = Array.from({ length: STEPS }, (_, i) => Math.round((i * (steps.length - 1)) / (STEPS - 1)));
  return at.map((index) => steps[index]!);
}
