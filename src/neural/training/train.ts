import { type Rng, random } from "../../core/random.js";
import { type AdamState, adamState, adamStep } from "../adam.js";
import type { Kernel } from "../kernel/kernel.js";
import { initialise, transposeWeights } from "../network.js";
import { backward, forward, loss, type Tape } from "../pass.js";
import { abortRequested, decideToStop, type Member, meet, stopDecided } from "./member.js";
import { SHARDS, type TrainingLayout, type TrainingPlan } from "./plan.js";

/** Direct weights start near where they belong, and their inputs are nearly collinear: they take smaller steps. */
const SLOW = 0.1;

/** Where training windows come from. The same calls fill the same windows in every thread. */
export interface WindowSource {
  /** Fills a shard's tape with windows drawn from `rng`; returns how many targets are observed. */
  draw(kernel: Kernel, at: Tape, rng: Rng): number;
  /** Batches of fixed validation windows; 0 where the data are too short to hold any back. */
  readonly validationBatches: number;
  validate(kernel: Kernel, at: Tape, batch: number, shard: number): number;
  /** Replaces a share of the past in a filled tape by draws from its raw outputs, for scheduled sampling. */
  feedBack?(kernel: Kernel, at: Tape, rng: Rng): void;
  /** Called by member 0 alone before an epoch, e.g. to renew what missing values are filled with. */
  beforeEpoch?(epoch: number, kernel: Kernel, layout: TrainingLayout): void;
}

/** Why training came to its end. */
export type Ending = "epochs" | "no-improvement" | "time" | "aborted" | "diverged";

/** One line of the training log. */
export interface EpochReport {
  readonly epoch: number;
  /** Mean loss of an observed value, while training and on the validation windows (NaN without them). */
  readonly loss: number;
  readonly validation: number;
  readonly learningRate: number;
  readonly seconds: number;
  /** Whether these are the best weights so far. */
  readonly best: boolean;
  /** Null while training goes on. */
  readonly ending: Ending | null;
}

/**
 * Trains over the memory that all members share; leaves the best weights in `layout.best`.
 *
 * A generator that yields after each step, null or, from member 0, the report of a finished epoch: whoever drives it
 * decides when the event loop gets its turn. The weights depend on the plan and the source alone, not on the number
 * of members.
 */
export function* train(
  kernel: Kernel,
  plan: TrainingPlan,
  layout: TrainingLayout,
  source: WindowSource,
  self: Member,
): Generator<EpochReport | null, void> {
  const leader = self.index === 0 ? leaderOf(kernel, plan, layout) : null;
  leader?.begin();
  const root = random(plan.seed);
  for (let epoch = 0; epoch < plan.epochs && !stopDecided(self); epoch++) {
    if (leader !== null) source.beforeEpoch?.(epoch, kernel, layout);
    meet(self);
    for (let batch = 0; batch < plan.batches && !stopDecided(self); batch++) {
      const rng = root.fork(epoch * plan.batches + batch);
      for (let shard = self.index; shard < SHARDS; shard += self.count) {
        trainShard(kernel, plan, layout, source, self, shard, rng.fork(shard));
      }
      meet(self);
      leader?.update(self);
      meet(self);
      yield null;
    }
    for (let batch = 0; batch < source.validationBatches && !stopDecided(self); batch++) {
      for (let shard = self.index; shard < SHARDS; shard += self.count) {
        validateShard(kernel, plan, layout, source, self, batch, shard);
      }
      meet(self);
      leader?.addValidation(self);
      meet(self);
      yield null;
    }
    const report = leader?.finish(self, epoch, source.validationBatches > 0);
    meet(self);
    if (report !== undefined) yield report;
  }
}

function trainShard(
  kernel: Kernel,
  plan: TrainingPlan,
  layout: TrainingLayout,
  source: WindowSource,
  { numbers }: Member,
  shard: number,
  rng: Rng,
): void {
  const at = layout.tapes[shard];
  const dropout = plan.dropout > 0 && layout.net.core.drops;
  numbers[SHARDS + shard] = source.draw(kernel, at, rng.fork(0));
  if (source.feedBack !== undefined) {
    forward(kernel, layout.net, layout.weights, at, null);
    source.feedBack(kernel, at, rng.fork(2));
  }
  forward(kernel, layout.net, layout.weights, at, dropout ? { rate: plan.dropout, rng: rng.fork(1) } : null);
  numbers[shard] = loss(kernel, plan.likelihood, at);
  backward(kernel, layout.net, layout.gradients[shard], at, layout.transposes, dropout);
}

function validateShard(
  kernel: Kernel,
  plan: TrainingPlan,
  layout: TrainingLayout,
  source: WindowSource,
  { numbers }: Member,
  batch: number,
  shard: number,
): void {
  const at = layout.tapes[shard];
  numbers[SHARDS + shard] = source.validate(kernel, at, batch, shard);
  forward(kernel, layout.net, layout.average, at, null);
  numbers[shard] = loss(kernel, plan.likelihood, at);
}

interface Leader {
  begin(): void;
  update(self: Member): void;
  addValidation(self: Member): void;
  finish(self: Member, epoch: number, validated: boolean): EpochReport;
}

/** What member 0 alone does: the update, the schedule, the best weights, the end. */
function leaderOf(kernel: Kernel, plan: TrainingPlan, layout: TrainingLayout): Leader {
  const { net, weights, average, gradients, best, size } = layout;
  const began = performance.now();
  const adam: AdamState = adamState();
  const [trained, validated] = [new Mean(), new Mean()];
  let learningRate = plan.learningRate;
  let least = Number.POSITIVE_INFINITY;
  let sinceBest = 0;
  let sinceHalved = 0;
  let ending: Ending | null = null;
  let steps = 0;
  const seconds = (): number => (performance.now() - began) / 1000;

  function keepBest(): void {
    kernel.cells.copyWithin(best, average, average + size);
  }

  function stop(self: Member, why: Ending): void {
    ending ??= why;
    decideToStop(self);
  }

  return {
    begin() {
      initialise(net, kernel.cells, weights, random(plan.seed).fork(-1), plan.start);
      kernel.cells.fill(0, layout.first, layout.first + size);
      kernel.cells.fill(0, layout.second, layout.second + size);
      transposeWeights(kernel, net, weights, layout.transposes);
      kernel.cells.copyWithin(average, weights, weights + size);
      keepBest();
    },
    update(self) {
      const count = trained.add(self.numbers);
      if (abortRequested(self)) stop(self, "aborted");
      if (plan.seconds !== null && seconds() > plan.seconds) stop(self, "time");
      if (count === 0) return;
      for (let shard = 1; shard < SHARDS; shard++) kernel.accumulate(size, gradients[shard], gradients[0]);
      const { weightDecay, clip } = plan;
      const options = { learningRate, slow: SLOW, weightDecay, clip };
      const norm = adamStep(kernel, layout, adam, gradients[0], count, options);
      if (!Number.isFinite(norm) || !Number.isFinite(trained.value())) return stop(self, "diverged");
      transposeWeights(kernel, net, weights, layout.transposes);
      kernel.blend(size, Math.max(plan.averaging, 1 / ++steps), weights, average);
    },
    addValidation(self) {
      validated.add(self.numbers);
      if (abortRequested(self)) stop(self, "aborted");
    },
    finish(self, epoch, hasValidation) {
      // An epoch cut short has seen a part of the validation windows only, and is not compared.
      const whole = ending === null;
      const [lossNow, validation] = [trained.value(), whole ? validated.value() : Number.NaN];
      const score = hasValidation ? validation : lossNow;
      const better = whole && score < least;
      trained.reset();
      validated.reset();
      sinceBest = better ? 0 : sinceBest + 1;
      sinceHalved = better ? 0 : sinceHalved + 1;
      if (better) least = score;
      if (better || (least === Number.POSITIVE_INFINITY && ending !== "diverged")) keepBest();
      const rateNow = learningRate;
      if (sinceHalved >= plan.plateau) {
        learningRate /= 2;
        sinceHalved = 0;
      }
      if (whole && !Number.isFinite(score)) stop(self, "diverged");
      if (sinceBest >= plan.patience) stop(self, "no-improvement");
      if (epoch + 1 === plan.epochs) ending ??= "epochs";
      return {
        epoch,
        loss: lossNow,
        validation: hasValidation ? validation : Number.NaN,
        learningRate: rateNow,
        seconds: seconds(),
        best: better,
        ending,
      };
    },
  };
}

/** A running mean of losses over observed values, shards added in order. */
class Mean {
  private sum = 0;
  private count = 0;

  /** Takes what the shards reported; returns how many values that were. */
  add(numbers: Float64Array): number {
    let values = 0;
    for (let shard = 0; shard < SHARDS; shard++) {
      this.sum += numbers[shard];
      values += numbers[SHARDS + shard];
    }
    this.count += values;
    return values;
  }

  value(): number {
    return this.sum / this.count;
  }

  reset(): void {
    this.sum = 0;
    this.count = 0;
  }
}
