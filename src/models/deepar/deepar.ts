import { YuleError } from "../../core/errors.js";
import type { FitOptions, FitReport, Fitted, Model, Note } from "../../core/model.js";
import { type Rng, random } from "../../core/random.js";
import type { Panel, Series } from "../../core/series.js";
import type { EpochReport } from "../../neural/training/train.js";
import { originOf } from "../origin.js";
import type { DeepArParams } from "./config.js";
import { notationOf } from "./notation.js";
import { trainingNotes } from "./notes.js";
import { type DeepArOptions, type Settings, settingsOf } from "./options.js";
import { prepare } from "./prepare.js";
import { deepArProcess } from "./process.js";
import { type TrainingJob, trainLater, trainNow } from "./training.js";
import type { DeepArState } from "./walker.js";

/** A trained DeepAR on one series; all series of a panel share `params`. */
export type DeepArFitted = Fitted<DeepArParams, DeepArState>;

/**
 * DeepAR: one recurrent network that learns from all series of a panel and forecasts by sampled paths.
 *
 * x_t ~ D(θ_t), θ_t = head(h_t), h_t = LSTM(h_{t−1}; lagged values, calendar, regressors at t), everything in units of a
 * running scale; D is a Student-t, normal or negative binomial distribution. Missing values are left out of the
 * loss. `fit` learns from one series, which is little; `fitPanel` from many, without blocking the event loop.
 *
 * @throws YuleError `bad-<option>`; when fitting `series-too-short`, `mismatched-frequency`, `not-counts`,
 *   `no-variation`, `value-too-large`, `too-much-memory`, `diverged`.
 * @see D. Salinas, V. Flunkert, J. Gasthaus and T. Januschowski, DeepAR: Probabilistic forecasting with autoregressive
 *   recurrent networks, International Journal of Forecasting 36 (2020), p. 1181.
 * @example const [first] = await deepar({ epochs: 20 }).fitPanel(panel); forecast(first, { horizon: 24 }).mean;
 */
export function deepar(options: DeepArOptions = {}): Required<Model> {
  const settings = settingsOf(options);
  const notation = notationOf(settings);
  return {
    notation,
    missing: "keep",
    fit(series, fitOptions = {}) {
      const run = begin([series], settings, fitOptions);
      const weights = trainNow(run.job, run.onEpoch);
      return finish([series], notation, run, weights)[0]!;
    },
    async fitPanel(panel, fitOptions = {}) {
      const run = begin(panel, settings, fitOptions);
      const weights = await trainLater(run.job, fitOptions, run.onEpoch);
      return finish(panel, notation, run, weights);
    },
  };
}

/** A training under way, and its log so far. */
interface Run {
  readonly job: TrainingJob;
  readonly log: EpochReport[];
  readonly onEpoch: (report: EpochReport) => void;
}

function begin(panel: Panel, settings: Settings, { rng, onProgress }: FitOptions): Run {
  const job = prepare(panel, settings, seedOf(rng ?? random(1)));
  const log: EpochReport[] = [];
  return {
    job,
    log,
    onEpoch(report) {
      log.push(report);
      const { epoch, loss, validation, seconds } = report;
      const total = job.plan.epochs;
      const left = (seconds / (epoch + 1)) * (total - epoch - 1);
      const checked = Number.isNaN(validation) ? "" : `, validation ${validation.toFixed(4)}`;
      const message = `loss ${loss.toFixed(4)}${checked}, at most ${left.toFixed(0)} s left`;
      const shown = Number.isNaN(validation) ? loss : validation;
      onProgress?.({ stage: "epoch", done: epoch + 1, total, message, loss: shown });
    },
  };
}

function seedOf(rng: Rng): number {
  return Math.floor(rng.fork(0).uniform() * 2 ** 32);
}

/** One fitted model a series: the same estimates, a memory of its own. */
function finish(panel: Panel, notation: string, { job, log }: Run, weights: Float32Array): DeepArFitted[] {
  const last = log.at(-1)!;
  if (last.ending === "diverged" && !log.some(({ best }) => best)) {
    throw new YuleError({
      code: "diverged",
      category: "failure",
      name: "rate",
      value: job.plan.learningRate,
      message: `The loss became ${last.loss} in the first epoch; lower the rate, ${job.plan.learningRate}, or look for extreme values.`,
    });
  }
  const params: DeepArParams = { config: job.config, weights };
  const notes = trainingNotes(panel, job, log);
  const details = detailsOf(job, log);
  return panel.map((series) => fittedTo(series, notation, params, notes, details, last));
}

function detailsOf({ plan, config, data }: TrainingJob, log: readonly EpochReport[]): FitReport["details"] {
  const best = log.findLast((report) => report.best);
  return {
    sigma2Definition: "mean of squared one-step errors",
    parameters: plan.shape,
    steps: plan.steps,
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
  details: FitReport["details"],
  { ending }: EpochReport,
): DeepArFitted {
  const { state, logLikelihood, residuals } = deepArProcess.replayMany!(params, series);
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
