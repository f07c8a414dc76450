import {
  type ArmaOrders,
  type Design,
  FINAL_EFFORT,
  LEAST_EFFORT,
  pullInside,
  tryOrders,
} from "../../models/arima/index.js";
import { informationCriteria } from "../../models/report.js";
import { isAdmissible } from "./admissible.js";

/** One model of the search. */
export interface TriedModel {
  readonly p: number;
  readonly q: number;
  readonly P: number;
  readonly Q: number;
  readonly constant: boolean;
  /** The criterion; Infinity where the model was rejected. */
  readonly score: number;
  /** The criterion at the highest maximum, admissible or not. */
  readonly rawScore: number;
  readonly logLikelihood: number;
  readonly verdict: "fitted" | "near-unit-root" | "not-converged" | "given-up" | "too-many-coefficients";
  readonly x: Float64Array;
}

/** What is common to all trials on one series. */
export interface SearchProblem {
  readonly period: number;
  readonly criterion: "aicc" | "aic" | "bic";
  /** The differenced data without and with a mean or drift; null where there may be none. */
  readonly plain: Design;
  readonly constant: Design | null;
}

/** Models this near the best are fitted again from more starts. */
const NEAR = 5;
/** The walk continues from an inadmissible model that scores this much better than the best admissible one. */
const WORTH = 3;
const REFIT_EFFORT = { ...FINAL_EFFORT, tolerance: LEAST_EFFORT.tolerance };

/** The trials made so far, each order once. */
export class Trials {
  readonly all: TriedModel[] = [];
  /** The best admissible model. */
  best: TriedModel | null = null;
  evaluations = 0;
  /** Whether orders remain that were not tried, the bound on their number being reached. */
  endedEarly = false;
  private readonly seen = new Set<string>();
  private readonly problem: SearchProblem;
  private readonly quick: boolean;
  /** The differenced series with gaps filled by expectations under the best model; null before the first fit, and without gaps. */
  private filled: Float64Array | null = null;

  /** @param quick whether models are compared near their maxima only, and abandoned when they cannot reach the best. */
  constructor(problem: SearchProblem, quick: boolean) {
    this.problem = problem;
    this.quick = quick;
  }

  get criterion(): SearchProblem["criterion"] {
    return this.problem.criterion;
  }

  /** The trial whose highest maximum scores best, admissible or not. */
  get highest(): TriedModel {
    return this.all.reduce((best, trial) => (trial.rawScore < best.rawScore ? trial : best));
  }

  /** The score from which the walk continues from an inadmissible model. */
  get wanted(): number {
    return this.best === null ? Number.POSITIVE_INFINITY : this.best.score - WORTH;
  }

  has(p: number, q: number, P: number, Q: number, constant: boolean): boolean {
    return this.seen.has(`${p},${q},${P},${Q},${constant}`);
  }

  endEarly(): void {
    this.endedEarly = true;
  }

  add(p: number, q: number, P: number, Q: number, constant: boolean): void {
    const trial = this.fitted(p, q, P, Q, constant);
    this.seen.add(`${p},${q},${P},${Q},${constant}`);
    this.all.push(trial);
    if (this.best === null || trial.score < this.best.score) this.best = trial;
  }

  private fitted(p: number, q: number, P: number, Q: number, constant: boolean): TriedModel {
    const design = this.designFor(constant);
    const size = p + q + P + Q;
    const rejected = {
      ...{ p, q, P, Q, constant, x: new Float64Array(size) },
      ...{ score: Number.POSITIVE_INFINITY, logLikelihood: Number.NEGATIVE_INFINITY },
    };
    if (!(this.scored(0, size, design) < Number.POSITIVE_INFINITY)) {
      return { ...rejected, rawScore: Number.POSITIVE_INFINITY, verdict: "too-many-coefficients" };
    }
    const orders = { p, q, P, Q, period: this.problem.period };
    const given = this.best !== null && size > 1 ? [padded(this.best, orders)] : [];
    const none = this.scored(0, size, design);
    const found = tryOrders(design, orders, {
      given,
      filled: this.filled,
      quick: this.quick,
      promising: (none - this.wanted) / 2,
      ...(this.best === null ? {} : { worthwhile: (none - this.best.score) / 2 }),
      admissible: (x) => isAdmissible(orders, x),
    });
    this.evaluations += found.evaluations;
    const { x, logLikelihood } = found;
    const rawScore = this.scored(logLikelihood, size, design);
    if (found.givenUp) {
      return { ...rejected, x, score: rawScore, rawScore, logLikelihood, verdict: "given-up" };
    }
    if (!found.admissible) {
      return {
        ...{ ...rejected, x, rawScore },
        verdict: isAdmissible(orders, x) ? "not-converged" : "near-unit-root",
      };
    }
    if (this.best === null || rawScore < this.best.score) this.filled = found.filled;
    return { ...rejected, x, score: rawScore, rawScore, logLikelihood, verdict: "fitted" };
  }

  /**
   * Fits the finalists once more, from several starts: the best few, whose order a higher maximum may change, and the
   * best of those rejected, which may have a lower maximum that is admissible and still better.
   */
  refine(finalists: number): void {
    const first = this.best!;
    const near = this.all.filter((trial) => trial !== first && trial.score < first.score + NEAR);
    const rejected = this.all.filter(
      ({ verdict, rawScore }) => verdict !== "fitted" && rawScore < first.score,
    );
    for (const trial of [
      ...near.sort((a, b) => a.score - b.score).slice(0, finalists - 1),
      ...rejected.sort((a, b) => a.rawScore - b.rawScore).slice(0, finalists),
    ]) {
      this.replace(trial);
    }
    // The best model is searched thoroughly in its final fit, so a former best is searched again for a fair comparison.
    if (this.best !== first) this.replace(first);
  }

  private replace(trial: TriedModel): void {
    const again = this.refined(trial);
    this.all[this.all.indexOf(trial)] = again;
    if (again.score < this.best!.score) this.best = again;
  }

  private refined(trial: TriedModel): TriedModel {
    const { p, q, P, Q, verdict } = trial;
    const unfitted = verdict !== "fitted";
    if (!unfitted && (p === 0 || q === 0) && (P === 0 || Q === 0)) return trial;
    const design = this.designFor(trial.constant);
    const orders = { p, q, P, Q, period: this.problem.period };
    const found = tryOrders(design, orders, {
      filled: this.filled,
      given: unfitted ? [shrunk(orders, trial.x), new Float64Array(trial.x.length)] : [trial.x],
      admissible: (x) => isAdmissible(orders, x),
      effort: REFIT_EFFORT,
    });
    this.evaluations += found.evaluations;
    const { x, logLikelihood } = found;
    if (!found.admissible || logLikelihood <= trial.logLikelihood) return trial;
    const score = this.scored(logLikelihood, x.length, design);
    return { ...trial, x, logLikelihood, verdict: "fitted", score };
  }

  private designFor(constant: boolean): Design {
    return constant ? this.problem.constant! : this.problem.plain;
  }

  /** The criterion with `size` ARMA coefficients, the regressors' and the variance. */
  private scored(logLikelihood: number, size: number, { regressors, effective }: Design): number {
    const k = size + regressors.length + 1;
    if (effective - k < 1) return Number.POSITIVE_INFINITY;
    return informationCriteria(logLikelihood, k, effective)[this.problem.criterion];
  }
}

/** A neighbour's coefficients where both have them, zeros elsewhere. */
function padded(from: TriedModel, orders: ArmaOrders): Float64Array {
  const { p, q, P, Q } = orders;
  const x = new Float64Array(p + q + P + Q);
  let at = 0;
  let source = 0;
  for (const [size, had] of [
    [p, from.p],
    [q, from.q],
    [P, from.P],
    [Q, from.Q],
  ] as const) {
    for (let i = 0; i < Math.min(size, had); i++) x[at + i] = from.x[source + i]!;
    at += size;
    source += had;
  }
  pullInside(orders, x, 0.99);
  return x;
}

/** Well inside the admissible region. */
function shrunk(orders: ArmaOrders, x: Float64Array): Float64Array {
  const inside = x.slice();
  pullInside(orders, inside, 0.9);
  return inside;
}
