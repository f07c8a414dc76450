import { requireHorizon } from "../../core/checks.js";
import type { FitOptions, Model } from "../../core/model.js";
import { type Rng, random } from "../../core/random.js";
import type { Panel } from "../../core/series.js";
import type { EpochReport } from "../../neural/training/train.js";
import { defineModel, makeModel } from "../contract/define.js";
import { DEEPAR_FORM, type DeepArOptions, requireBounds, type Settings } from "./data/options.js";
import { type DeepArFitted, finish, type Trained } from "./finish.js";
import { deepArProcess } from "./process.js";
import { prepare, refusalOf } from "./training/prepare.js";
import { inTurns, trainLater, trainNow } from "./training/train.js";

export type { DeepArFitted };

/** The model of `deepar`, which is exported by `select/neural.ts`. @throws YuleError `bad-<option>`. */
export function deepar(options: DeepArOptions = {}): Required<Model<DeepArFitted>> {
  return makeModel(deepArModel, options) as Required<Model<DeepArFitted>>;
}

/** `deepar`, `deepar(hidden=40, layers=2, likelihood=student-t)`. */
export const deepArModel = defineModel({
  ...DEEPAR_FORM,
  summary: "recurrent network that learns from all series of a panel and forecasts by sampled paths",
  inputs: "uses",
  processes: [deepArProcess],
  check: requireBounds,
  refusal: (series, choice) => refusalOf(series, choice),
  fit(series, { choice, options, written }): DeepArFitted {
    const run = begin([series], choice, options);
    const weights = trainNow(run.job, run.onEpoch);
    return atOnce(finish([series], written(run.decided), choice, run, weights))[0]!;
  },
  async fitPanel(panel, { choice, options, written }) {
    const run = begin(panel, choice, options);
    const weights = await trainLater(run.job, options, run.onEpoch);
    return inTurns(finish(panel, written(run.decided), choice, run, weights));
  },
});

/** A training under way. */
interface Run extends Trained {
  readonly log: EpochReport[];
  /** The horizon of the training, where it follows from the forecast that is to come. */
  readonly decided: Partial<Settings>;
  readonly onEpoch: (report: EpochReport) => void;
}

function begin(panel: Panel, settings: Settings, { rng, onProgress, horizon }: FitOptions): Run {
  const asked = horizon === undefined ? null : requireHorizon(horizon);
  const job = prepare(panel, settings, seedOf(rng ?? random(1)), asked);
  const log: EpochReport[] = [];
  return {
    job,
    log,
    decided: asked === null ? {} : { horizon: settings.horizon ?? job.windows.horizon },
    onEpoch(report) {
      log.push(report);
      const { epoch, loss, validation, seconds } = report;
      const total = job.plan.epochs;
      const left = (seconds / (epoch + 1)) * (total - epoch - 1);
      const checked = Number.isNaN(validation) ? "" : `, validation ${validation.toFixed(4)}`;
      const message = `loss ${loss.toFixed(4)}${checked}, at most ${left.toFixed(0)} s left`;
      // An epoch cut short has no validation loss, and its training loss is not of the same curve.
      const validated = log.some((earlier) => !Number.isNaN(earlier.validation));
      onProgress?.({ stage: "epoch", done: epoch + 1, total, message, loss: validated ? validation : loss });
    },
  };
}

function seedOf(rng: Rng): number {
  return Math.floor(rng.fork(0).uniform() * 4_294_967_296);
}

function atOnce<T>(work: Generator<null, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value as T;
  }
}
