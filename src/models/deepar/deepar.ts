import type { FitOptions, Model } from "../../core/model.js";
import { type Rng, random } from "../../core/random.js";
import type { Panel } from "../../core/series.js";
import type { EpochReport } from "../../neural/training/train.js";
import { type DeepArFitted, finish, type Trained } from "./finish.js";
import { notationOf } from "./notation.js";
import { type DeepArOptions, type Settings, settingsOf } from "./options.js";
import { prepare } from "./prepare.js";
import { inTurns, type TrainingJob, trainingMemory, trainLater, trainNow } from "./training.js";

export type { DeepArFitted };

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
      const members: Float32Array[] = [];
      for (const job of jobsOf(run.job, settings)) {
        members.push(trainNow(job, run.onEpoch));
        if (isOver(run)) break;
      }
      return atOnce(finish([series], notation, settings, run, members))[0]!;
    },
    async fitPanel(panel, fitOptions = {}) {
      const run = begin(panel, settings, fitOptions);
      const members: Float32Array[] = [];
      for (const job of jobsOf(run.job, settings)) {
        members.push(await trainLater(job, fitOptions, run.onEpoch));
        if (isOver(run)) break;
      }
      return inTurns(finish(panel, notation, settings, run, members));
    },
  };
}

/** A training under way. */
interface Run extends Trained {
  readonly log: EpochReport[];
  readonly onEpoch: (report: EpochReport) => void;
}

/** One training a member, from a start of its own; the time budget is for all together. */
function* jobsOf(job: TrainingJob, { members, seconds }: Settings): Generator<TrainingJob> {
  for (let k = 0; k < members; k++) {
    const seed = (job.plan.seed + k * MEMBER_STRIDE) % 2 ** 32;
    const plan = { ...job.plan, seed, seconds: seconds === null ? null : seconds / members };
    yield { ...job, plan, memory: k === 0 ? job.memory : trainingMemory(plan) };
  }
}

/** An odd number, so that seeds of members differ. */
const MEMBER_STRIDE = 0x9e3779b1;

/** Whether the user has ended the training, or it cannot go on: no further member is trained. */
function isOver({ log }: Run): boolean {
  const { ending } = log.at(-1)!;
  return ending === "aborted" || ending === "diverged";
}

function begin(panel: Panel, settings: Settings, { rng, onProgress }: FitOptions): Run {
  const job = prepare(panel, settings, seedOf(rng ?? random(1)));
  const log: EpochReport[] = [];
  let trained = 0;
  return {
    job,
    log,
    onEpoch(report) {
      log.push(report);
      const { epoch, loss, validation, seconds } = report;
      if (epoch === 0) trained++;
      const { epochs } = job.plan;
      const total = settings.members * epochs;
      const done = (trained - 1) * epochs + epoch + 1;
      const left = (seconds / (epoch + 1)) * (total - done);
      const checked = Number.isNaN(validation) ? "" : `, validation ${validation.toFixed(4)}`;
      const message = `loss ${loss.toFixed(4)}${checked}, at most ${left.toFixed(0)} s left`;
      // An epoch cut short has no validation loss, and its training loss is not of the same curve.
      const validated = log.some((earlier) => !Number.isNaN(earlier.validation));
      onProgress?.({ stage: "epoch", done, total, message, loss: validated ? validation : loss });
    },
  };
}

function seedOf(rng: Rng): number {
  return Math.floor(rng.fork(0).uniform() * 2 ** 32);
}

function atOnce<T>(work: Generator<null, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value as T;
  }
}
