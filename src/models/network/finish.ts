import { YuleError } from "../../core/errors.js";
import type { Fitted, Note } from "../../core/model.js";
import type { Panel, Series } from "../../core/series.js";
import { exp64 } from "../../neural/kernel/twin/double.js";
import type { EpochReport } from "../../neural/training/train.js";
import { originOf } from "../origin.js";
import { calibrationOf, type HeldOutScore, learnedScores, widthNote } from "../shared/held-out-widths.js";
import { heldOutScoresFrom } from "./calibration/held-out-scores.js";
import type { NetworkConfig, NetworkParams } from "./data/config.js";
import type { Span } from "./data/dataset.js";
import type { Settings } from "./data/options.js";
import { trainingNotes } from "./notes.js";
import { type Pauses, replayWithPauses } from "./process.js";
import type { NetworkState } from "./stepping/state.js";
import { isUsable } from "./training/prepare.js";
import type { TrainingJob } from "./training/train.js";
import { validationWindows } from "./training/windows.js";

/** A trained network on one series; all series of a panel share `params`. */
export type NetworkFitted = Fitted<NetworkParams, NetworkState, NetworkDetails>;

export type NetworkDetails = ReturnType<typeof detailsOf> & {
  /** exp of the mean −log p of a predicted value: as uncertain as a choice among so many. Of counts only. */
  readonly perplexity?: number;
};

/** A training that has ended, and its log. */
export interface Trained {
  readonly job: TrainingJob;
  readonly log: readonly EpochReport[];
}

/** Forecasts of held-out rows that interval widths are corrected by, at most. */
const MOST_FORECASTS = 200;

/** What a training is made into fitted models by. */
export interface Finish {
  readonly process: NetworkFitted["process"];
  readonly notation: string;
  readonly intervals: Settings["intervals"];
}

/** One fitted model a series: the same estimates, a memory of its own. Yields after each series. */
export function* finish(
  panel: Panel,
  { process, notation, intervals }: Finish,
  trained: Trained,
  weights: Float32Array,
): Generator<null, NetworkFitted[]> {
  requireWeights(trained);
  const { job, log } = trained;
  const params: NetworkParams = { config: job.config, weights };
  const calibrates = intervals === "calibrated" && !areCounts(job.config);
  const spans = calibrates ? heldOut(panel, job) : new Map<Series, Span[]>();
  const misses: HeldOutScore[] = [];
  let forecasts = 0;
  const notes = trainingNotes(panel, job, log);
  const details = detailsOf(job, log);
  const shared = { process, notation, params, notes, details };
  const fits: NetworkFitted[] = [];
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
    fits.push(fittedTo(series, shared, log.at(-1)!, pauses));
    yield null;
  }
  if (forecasts === 0) return fits;
  const scores = learnedScores(misses, job.windows.horizon, forecasts);
  const calibration = calibrationOf(scores);
  const told = [...notes, widthNote(scores, forecasts)];
  return fits.map((fitted) => ({ ...fitted, calibration, report: { ...fitted.report, notes: told } }));
}

/** Whether values are counts, whose intervals end on whole numbers and are left alone. */
function areCounts({ likelihood, tokens }: NetworkConfig): boolean {
  return likelihood === "negative-binomial" || tokens?.kind === "counts";
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
    message: `The loss became ${last.loss} in the first epoch; use a lower rate than ${job.plan.learningRate}, or look for extreme values.`,
  });
}

function sizesOf({ hidden, layers }: NetworkConfig, { shape }: TrainingJob["plan"]) {
  return { inputs: shape.inputs, hidden, layers, direct: shape.direct, categories: shape.categories };
}

function detailsOf({ plan, config, data, windows }: TrainingJob, log: readonly EpochReport[]) {
  const best = log.findLast((report) => report.best);
  return {
    sigma2Definition: "mean of squared one-step errors",
    parameters: sizesOf(config, plan),
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

/** What the fitted models of one training have in common. */
interface Shared extends Pick<NetworkFitted, "process" | "notation" | "params"> {
  readonly notes: readonly Note[];
  readonly details: NetworkDetails;
}

function fittedTo(
  series: Series,
  { process, notation, params, notes, details }: Shared,
  { ending }: EpochReport,
  pauses: Pauses,
): NetworkFitted {
  const { state, logLikelihood, residuals } = replayWithPauses(params, series, pauses);
  const predicted = residuals.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
  const perplexity = areCounts(params.config)
    ? { perplexity: exp64(-logLikelihood / Math.max(1, predicted)) }
    : {};
  const observations = series.y.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
  const unknown = Number.NaN;
  return {
    notation,
    process,
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
      details: { ...details, ...perplexity },
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
