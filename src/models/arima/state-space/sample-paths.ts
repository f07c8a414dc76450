import { type LagModel, lagged } from "../lag-polynomial/model.js";
import { predict } from "./predict.js";
import type { LagState } from "./state.js";
import type { StartFactor } from "./stationary-start.js";
import { advance, generalState } from "./update.js";

/** How one future step is drawn and learned from; the same for all paths, since gains do not depend on values. */
export interface RollStep {
  /** Variance/σ² of the value given those before; Infinity where diffuse. */
  readonly relativeVariance: number;
  /** Gains of the memory's rows from `first` on. */
  readonly first: number;
  readonly gains: Float64Array;
  /** Whether w follows from known y alone. */
  readonly differenced: boolean;
}

export interface RollPlan {
  readonly state: LagState;
  readonly steps: readonly RollStep[];
}

export function planRoll(model: LagModel, start: StartFactor, from: LagState, horizon: number): RollPlan {
  const state = from.stage === "collecting" ? generalState(model, start, from) : from;
  const steps: RollStep[] = [];
  let memory = state;
  for (let h = 0; h < horizon; h++) {
    const { relativeVariance, response, mean } = predict(model, memory);
    const gains = rowGains(model, memory, response, relativeVariance);
    steps.push({
      relativeVariance,
      first: memory.first,
      gains,
      differenced: memory.known + 1 > model.rowOfW,
    });
    if (relativeVariance === Number.POSITIVE_INFINITY) break;
    memory = advance(model, start, memory, mean);
  }
  return { state, steps };
}

function rowGains(
  model: LagModel,
  { stage, first, factor, rank }: LagState,
  response: Float64Array,
  relativeVariance: number,
): Float64Array {
  if (stage === "innovations") return response.map((value) => value / relativeVariance);
  const gains = new Float64Array(model.rows - first);
  for (let i = 0; i < gains.length; i++) {
    let sum = 0;
    for (let j = 0; j < rank; j++) sum += factor[i * rank + j] * response[j];
    gains[i] = sum / relativeVariance;
  }
  return gains;
}

/** One path's lagged values, oldest first, with room for the steps to come. */
export class PathMemory {
  readonly y: Float64Array;
  readonly w: Float64Array;
  readonly e: Float64Array;
  private readonly model: LagModel;

  constructor(model: LagModel, horizon: number) {
    this.model = model;
    this.y = new Float64Array(model.rowOfW + horizon);
    this.w = new Float64Array(model.ar.degree + horizon);
    this.e = new Float64Array(model.ma.degree + horizon);
  }

  begin(mean: Float64Array): void {
    const { model, y, w, e } = this;
    for (let lag = 1; lag <= model.rowOfW; lag++) y[model.rowOfW - lag] = mean[lag - 1];
    for (let lag = 1; lag <= model.ar.degree; lag++) w[model.ar.degree - lag] = mean[model.rowOfW + lag - 1];
    for (let lag = 1; lag <= model.ma.degree; lag++) e[model.ma.degree - lag] = mean[model.rowOfE + lag - 1];
  }

  /** Expectation of the value h steps ahead given all before it. */
  expect(h: number): number {
    const { difference, ar, ma } = this.model;
    return (
      -lagged(difference, this.y, difference.degree + h) -
      lagged(ar, this.w, ar.degree + h) +
      lagged(ma, this.e, ma.degree + h)
    );
  }

  /** Takes in the value h steps ahead, which is `surprise` above its expectation. */
  learn(h: number, value: number, surprise: number, step: RollStep): void {
    const { difference, ar, ma } = this.model;
    this.correct(h, surprise, step);
    const innovation = surprise / step.relativeVariance;
    this.e[ma.degree + h] = innovation;
    this.w[ar.degree + h] = step.differenced
      ? value + lagged(difference, this.y, difference.degree + h)
      : innovation - lagged(ar, this.w, ar.degree + h) + lagged(ma, this.e, ma.degree + h);
    this.y[difference.degree + h] = value;
  }

  private correct(h: number, surprise: number, { first, gains }: RollStep): void {
    const { model, y, w, e } = this;
    for (let i = 0; i < gains.length; i++) {
      const row = first + i;
      const change = gains[i] * surprise;
      if (row >= model.rowOfE) e[model.ma.degree + h - 1 - (row - model.rowOfE)] += change;
      else if (row >= model.rowOfW) w[model.ar.degree + h - 1 - (row - model.rowOfW)] += change;
      else y[model.rowOfW + h - 1 - row] += change;
    }
  }
}
