import { inner } from "../../../math/linear-algebra/vector.js";
import type { Objective } from "../../../math/minimise/box-newton.js";
import { type Gradient, makeGradient, runAdjoint } from "../recursion/adjoint.js";
import { type EtsForm, freeStates } from "../recursion/form.js";
import { runRecursion } from "../recursion/recursion.js";
import { type Direction, runTangent } from "../recursion/tangent.js";
import { lists, makeTrace, type Shape, shapeOf, type Trace } from "../recursion/trace.js";
import { criterion, criterionInPredictions, type Sample } from "./criterion.js";
import type { MutableDirection, MutableSmoothing, ParameterMap } from "./parameter-map.js";
import { isAdmissible } from "./region.js";

const STILL = { alpha: 0, beta: 0, gamma: 0, phi: 0, level: 0, slope: 0 };
const LEVEL = { ...STILL, level: 1 };
const SLOPE = { ...STILL, slope: 1 };

/** Initial states; the seasons in the order of their use. */
export interface GivenStates {
  readonly level: number;
  readonly slope: number;
  readonly season: Float64Array;
}

/**
 * The criterion of a form as a function of its free initial states and smoothing parameters, in this order: level, slope,
 * all seasons but the last of a year (they sum to 0, or to the period when multiplicative), then the map's coordinates.
 */
export class EtsObjective implements Objective {
  readonly shape: Shape;
  readonly trace: Trace;
  readonly smoothing: MutableSmoothing = { alpha: 0, beta: 0, gamma: 0, phi: 1 };
  /** Free initial states. */
  readonly states: number;
  readonly dimension: number;
  private readonly adjoint: Gradient;
  private readonly hasSlope: boolean;
  private readonly seasons: number;
  private readonly seasonSum: number;
  /** Derivatives of the errors in each coordinate; made when they are first asked for. */
  private columns: readonly Float64Array[] = [];
  private readonly direction: Float64Array;
  private readonly along: MutableDirection = { ...STILL };
  private readonly gaps: boolean;
  private readonly weights: Float64Array;
  private readonly lastSeason: Float64Array;
  private coordinates: Float64Array = new Float64Array(0);

  constructor(
    readonly form: EtsForm,
    private readonly sample: Sample,
    readonly map: ParameterMap,
    /** Initial states that are not to be estimated, or null. */
    private readonly given: GivenStates | null = null,
  ) {
    const n = sample.y.length;
    this.shape = shapeOf(form, sample.floor);
    this.trace = makeTrace(n, this.shape.period);
    this.adjoint = makeGradient(n, this.shape.period);
    this.hasSlope = form.trend !== "N";
    this.seasons = form.season === "N" ? 0 : form.period;
    this.seasonSum = form.season === "M" ? form.period : 0;
    this.states = given === null ? freeStates(form) : 0;
    this.dimension = this.states + map.names.length;
    this.gaps = sample.observed < n;
    const [direction, weights, lastSeason] = lists(n + this.shape.period, n, n);
    this.direction = direction;
    this.weights = weights;
    this.lastSeason = lastSeason;
  }

  value(z: Float64Array): number {
    this.coordinates = z;
    this.map.read(z, this.states, this.smoothing);
    if (this.map.boxed && !this.isAdmissible()) return Number.POSITIVE_INFINITY;
    this.writeStates(z);
    if (!runRecursion(this.shape, this.smoothing, this.sample.y, this.trace)) return Number.POSITIVE_INFINITY;
    return criterion(this.shape, this.sample, this.trace);
  }

  gradient(out: Float64Array): void {
    const { adjoint } = this;
    criterionInPredictions(this.shape, this.sample, this.trace, adjoint);
    runAdjoint(this.shape, this.smoothing, this.sample.y, this.trace, adjoint);
    if (this.given === null) {
      let at = 0;
      out[at++] = adjoint.level;
      if (this.hasSlope) out[at++] = adjoint.slope;
      const last = this.seasons > 0 ? adjoint.season[this.seasons - 1] : 0;
      for (let j = 0; j < this.seasons - 1; j++) out[at++] = adjoint.season[j] - last;
    }
    this.map.pull(this.coordinates, this.states, this.smoothing, adjoint, out);
  }

  /** Gauss and Newton's: (n/S) J'J with J the derivatives of the errors (relative ones where the form has them). */
  curvature(out: Float64Array): void {
    this.fillColumns();
    const { dimension: d, columns, trace, sample } = this;
    const weight = sample.observed / (trace.squares + Number.MIN_VALUE);
    for (let i = 0; i < d; i++) {
      for (let j = 0; j <= i; j++) out[i * d + j] = weight * inner(columns[i], columns[j]);
    }
  }

  /** Initial states of a point as the recursion starts from them. */
  private writeStates(z: Float64Array): void {
    const { trace, seasons, given } = this;
    if (given !== null) {
      trace.level[0] = given.level;
      trace.slope[0] = given.slope;
      trace.season.set(given.season);
      return;
    }
    let at = 0;
    trace.level[0] = z[at++];
    trace.slope[0] = this.hasSlope ? z[at++] : 0;
    if (seasons === 0) return;
    let rest = this.seasonSum;
    for (let j = 0; j < seasons - 1; j++) {
      const s = z[at++];
      trace.season[j] = s;
      rest -= s;
    }
    trace.season[seasons - 1] = rest;
  }

  /** Whether the current smoothing parameters are admissible. */
  isAdmissible(): boolean {
    return isAdmissible(this.smoothing, this.hasSlope, this.shape.period);
  }

  /** A point from states and smoothing parameters; the seasons' common part goes to the level. */
  point(smoothing: MutableSmoothing, level: number, slope: number, season: Float64Array): Float64Array {
    const z = new Float64Array(this.dimension);
    if (this.given === null) {
      let at = 0;
      z[at++] = level;
      if (this.hasSlope) z[at++] = slope;
      for (let j = 0; j < this.seasons - 1; j++) z[at++] = season[j];
    }
    this.map.place(smoothing, z, this.states);
    return z;
  }

  private fillColumns(): void {
    const n = this.sample.y.length;
    if (this.columns.length === 0) this.columns = lists(...new Array<number>(this.dimension).fill(n));
    const { columns, seasons, direction, map } = this;
    let at = 0;
    direction.fill(0, 0, this.shape.period);
    if (this.given === null) {
      this.tangent(LEVEL, columns[at++]);
      if (this.hasSlope) this.tangent(SLOPE, columns[at++]);
      if (seasons > 0) this.fillSeasons(at);
      at = this.states;
    }
    for (let i = 0; i < map.names.length; i++) {
      map.push(this.coordinates, this.states, this.smoothing, i, this.along);
      this.tangent(this.along, columns[at++]);
    }
    this.weigh(n);
  }

  /** Each season against the last one of the year. Additive seasons of a gapless series respond alike, only later. */
  private fillSeasons(from: number): void {
    const { columns, seasons } = this;
    const n = this.sample.y.length;
    const alike = this.form.season === "A" && this.form.trend !== "M" && !this.gaps;
    const last = this.lastSeason;
    this.seasonTangent(seasons - 1, last);
    if (alike) this.seasonTangent(0, columns[from]);
    for (let j = 0; j < seasons - 1; j++) {
      const column = columns[from + j];
      if (!alike) this.seasonTangent(j, column);
      else if (j > 0) {
        column.fill(0, 0, j);
        column.set(columns[from].subarray(0, n - j), j);
      }
    }
    for (let j = 0; j < seasons - 1; j++) {
      const column = columns[from + j];
      for (let t = 0; t < n; t++) column[t] = column[t] - last[t];
    }
  }

  private seasonTangent(j: number, out: Float64Array): void {
    this.direction.fill(0, 0, this.shape.period);
    this.direction[j] = 1;
    runTangent(this.shape, this.smoothing, this.sample.y, this.trace, STILL, this.direction, out);
    this.direction.fill(0, 0, this.shape.period);
  }

  private tangent(direction: Direction, out: Float64Array): void {
    this.direction.fill(0, 0, this.shape.period);
    runTangent(this.shape, this.smoothing, this.sample.y, this.trace, direction, this.direction, out);
  }

  /** Derivatives of predictions become those of errors, up to sign. */
  private weigh(n: number): void {
    const { columns, trace, sample, shape, gaps, weights } = this;
    if (!shape.relativeError && !gaps) return;
    for (let t = 0; t < n; t++) {
      const f = trace.forecast[t];
      const y = sample.y[t];
      weights[t] = Number.isNaN(y) ? 0 : shape.relativeError ? y / (f * f) : 1;
    }
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i];
      for (let t = 0; t < n; t++) column[t] = column[t] * weights[t];
    }
  }
}
