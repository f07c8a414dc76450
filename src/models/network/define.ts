import { requireHorizon } from "../../core/checks.js";
import type { FitOptions, Model } from "../../core/model.js";
import { type Rng, random } from "../../core/random.js";
import type { Panel } from "../../core/series.js";
import type { EpochReport } from "../../neural/training/train.js";
import { type Definition, defineModel, makeModel } from "../contract/define.js";
import type { Form } from "../contract/schema.js";
import { type NetworkOptions, type NetworkSchema, requireBounds, type Settings } from "./data/options.js";
import type { NetworkFamily } from "./family.js";
import { finish, type NetworkFitted, type Trained } from "./finish.js";
import { inPrecision } from "./training/precision.js";
import { prepare, refusalOf } from "./training/prepare.js";
import { inTurns, trainLater, trainNow } from "./training/train.js";

export type NetworkDefinition = Definition<NetworkSchema, NetworkFitted>;

/** The definition of a family of networks: all but its core and its defaults is the same for each. */
export function networkModel(
  family: NetworkFamily,
  form: Form<NetworkSchema>,
  summary: string,
): NetworkDefinition {
  const { process } = family;
  return defineModel({
    ...form,
    summary,
    inputs: "uses",
    processes: [process as NetworkProcess],
    check: requireBounds,
    refusal: (series, choice) => refusalOf(family, series, choice),
    fit(series, { choice, options, written }): NetworkFitted {
      const run = begin(family, [series], choice, options);
      const weights = inPrecision(trainNow(run.job, run.onEpoch), choice);
      const how = { process, notation: written(run.decided), intervals: choice.intervals };
      return atOnce(finish([series], how, run, weights))[0]!;
    },
    async fitPanel(panel, { choice, options, written }) {
      const run = begin(family, panel, choice, options);
      const weights = inPrecision(await trainLater(run.job, options, run.onEpoch), choice);
      const how = { process, notation: written(run.decided), intervals: choice.intervals };
      return inTurns(finish(panel, how, run, weights));
    },
  });
}

type NetworkProcess = NonNullable<NetworkDefinition["processes"]>[number];

/** A model of such a family, with `fitPanel`. @throws YuleError `bad-<option>`. */
export function makeNetwork(
  definition: NetworkDefinition,
  options: NetworkOptions,
): Required<Model<NetworkFitted>> {
  return makeModel(definition, options) as Required<Model<NetworkFitted>>;
}

/** A training under way. */
interface Run extends Trained {
  readonly log: EpochReport[];
  /** The horizon of the training, where it follows from the forecast that is to come. */
  readonly decided: Partial<Settings>;
  readonly onEpoch: (report: EpochReport) => void;
}

function begin(
  family: NetworkFamily,
  panel: Panel,
  settings: Settings,
  { rng, onProgress, horizon }: FitOptions,
): Run {
  const asked = horizon === undefined ? null : requireHorizon(horizon);
  const job = prepare(family, panel, settings, seedOf(rng ?? random(1)), asked);
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
