import { YuleError } from "../../core/errors.js";
import type { Fitted, Note } from "../../core/model.js";
import type { Panel, Series } from "../../core/series.js";
import type { EpochReport } from "../../neural/training/train.js";
import { originOf } from "../origin.js";
import { type HeldOutScore, heldOutScoresFrom } from "./calibration/held-out-scores.js";
import { calibrationOf, learnedScores, widthNote } from "./calibration/interval-calibration.js";
import type { DeepArParams } from "./data/config.js";
import type { Span } from "./data/dataset.js";
import type { Settings } from "./data/options.js";
import type { DeepArState } from "./network/recurrent-state.js";
import { trainingNotes } from "./notes.js";
import { deepArProcess, type Pauses, replayWithPauses } from "./process.js";
import { isUsable } from "./training/prepare.js";
import type { TrainingJob } from "./training/train.js";
import { validationWindows } from "./training/windows.js";

/** A trained DeepAR on one series; all series of a panel share `params`. */
export type DeepArFitted = Fitted<DeepArParams, DeepArState, DeepArDetails>;

export type DeepArDetails = ReturnType<typeof detailsOf>;

/** A training that has ended, and its log. */
export interface Trained {
  readonly job: TrainingJob;
  readonly log: readonly EpochReport[];
}

/** Forecasts of held-out rows that interval widths are corrected by, at most. */
const MOST_FORECASTS = 200;

/** One fitted model a series: the same estimates, a memory of its own. Yields after each series. */
export function* finish(
  panel: Panel,
  notation: string,
  { intervals }: Settings,
  trained: Trained,
  weights: Float32Array,
): Generator<null, DeepArFitted[]> {
  requireWeights(trained);
  const { job, log } = trained;
  const params: DeepArParams = { config: job.config, weights };
  const calibrates = intervals === "calibrated" && job.config.likelihood !== "negative-binomial";
  const spans = calibrates ? heldOut(panel, job) : new Map<Series, Span[]>();
  const misses: HeldOutScore[] = [];
  let forecasts = 0;
  const notes = trainingNotes(panel, job, log);
  const details = detailsOf(job, log);
  const fits: DeepArFitted[] = [];
  for (const series of panel) {
    const pauses: Pauses = new Map(
      (spans.get(series) ?? []).map(({ from, to }) => [
        from,
        (state) => {
          if (!state.started) return;
          for (const miss of heldOutScoresFrom(params, state, series, from, to)) misses.push(miss);
          forecasts++;
        },
      ]),
    );
    fits.push(fittedTo(series, notation, params, notes, details, log.at(-1)!, pauses));
    yield null;
  }
  if (forecasts === 0) return fits;
  const scores = learnedScores(misses, job.windows.horizon, forecasts);
  const calibration = calibrationOf(scores);
  const shared = [...notes, widthNote(scores, forecasts)];
  return fits.map((fitted) => ({ ...fitted, calibration, report: { ...fitted.report, notes: shared } }));
}

/** The windows held back from training, by series. */
function heldOut(panel: Panel, { data, windows }: TrainingJob): Map<Series, Span[]> {
  const learned = panel.filter(isUsable);
  const spans = new Map<Series, Span[]>();
  for (const span of validationWindows(data.stretches, windows.horizon, MOST_FORECASTS)) {
    const series = learned[span.series]!;
    spans.set(series, [...(spans.get(series) ?? []), span]);
  }
  return spans;
}

/** @throws YuleError `diverged` where no epoch ended with weights worth keeping. */
function requireWeights({ job, log }: Trained): void {
  const last = log.at(-1)!;
  if (last.ending !== "diverged" || log.some(({ best }) => best)) return;
  throw new YuleError({
    code: "diverged",
    category: "failure",
    argument: "rate",
    value: job.plan.learningRate,
    message: `The loss became ${last.loss} in the first epoch; lower the rate, ${job.plan.learningRate}, or look for extreme values.`,
  });
}

function detailsOf({ plan, config, data, windows }: TrainingJob, log: readonly EpochReport[]) {
  const best = log.findLast((report) => report.best);
  return {
    sigma2Definition: "mean of squared one-step errors",
    parameters: plan.shape,
    steps: plan.steps,
    horizon: windows.horizon,
    lags: config.lags,
    seed: plan.seed,
    held: data.stretches.filter(({ held, length }) => held < length).length,
    bestEpoch: best === undefined ? null : best.epoch + 1,
    ending: log.at(-1)!.ending,
    log: log.map(({ epoch, loss, validation, learningRate }) => ({
      epoch: epoch + 1,
      loss,
      validation,
      learningRate,
    })),
  };
}

function fittedTo(
  series: Series,
  notation: string,
  params: DeepArParams,
  notes: readonly Note[],
  details: DeepArDetails,
  { ending }: EpochReport,
  pauses: Pauses,
): DeepArFitted {
  const { state, logLikelihood, residuals } = replayWithPauses(params, series, pauses);
  const observations = series.y.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
  const unknown = Number.NaN;
  return {
    notation,
    process: deepArProcess,
    params,
    state,
    report: {
      observations,
      coefficients: [],
      covariance: null,
      sigma2: meanSquare(residuals),
      logLikelihood,
      aic: unknown,
      aicc: unknown,
      bic: unknown,
      converged: ending === "no-improvement" || ending === "epochs",
      notes,
      details,
    },
    origin: originOf(series),
    history: series,
  };
}

/** Over the values that are there; 0 of none. */
function meanSquare(residuals: Float64Array): number {
  const known = residuals.filter((residual) => !Number.isNaN(residual));
  return known.reduce((sum, residual) => sum + residual * residual, 0) / Math.max(1, known.length);
}
