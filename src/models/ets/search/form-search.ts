import { type Minimum, minimiseInBox } from "../../../math/minimise/box-newton.js";
import type { Sample } from "../likelihood/criterion.js";
import { EtsObjective, type GivenStates } from "../likelihood/objective.js";
import { type Confinement, type FixedSmoothing, ParameterMap } from "../likelihood/parameter-map.js";
import type { Bounds } from "../likelihood/region.js";
import { type StandardErrors, standardErrors } from "../likelihood/standard-errors.js";
import type { EtsForm } from "../recursion/form.js";
import type { Smoothing } from "../recursion/trace.js";
import { basinsOf, type ScreeningForm, type Screens } from "./screening.js";
import { startOf } from "./starting-point.js";

/** Estimates of one form, on the scale of the data. */
export interface EtsEstimate {
  readonly smoothing: Smoothing;
  readonly level: number;
  readonly slope: number;
  /** Seasons in the order of their use. */
  readonly season: Float64Array;
  /** Σ e², of relative errors where the form has them, weighted by what is known of each where values are missing. */
  readonly squares: number;
  /** Minus the log-likelihood without the Gaussian constants, σ² at its best: minus R's `loglik`. */
  readonly criterion: number;
  readonly converged: boolean;
  /** Null where they were not computed. */
  readonly errors: StandardErrors | null;
}

export interface FormSearchOptions {
  readonly bounds: Bounds;
  readonly fixed: FixedSmoothing;
  /** Initial states that are not to be estimated, or null. */
  readonly given: GivenStates | null;
  /** Few starting points and no standard errors, for fits that are only compared. */
  readonly rough?: boolean;
  /** Where searches end but for the last one, by what is left to gain. Default 1e-9. */
  readonly tolerance?: number;
}

interface Start {
  readonly value: number;
  readonly z: Float64Array;
}

const TOLERANCE = 1e-9;
const MAX_ITERATIONS = 300;
/** How much more than its next step promises a search is trusted to find: where one form is wanted, and among many. */
const THOROUGH_OPTIMISM = 30;
export const QUICK_OPTIMISM = 10;
const MOST_BEYOND = 4;

/**
 * The search for the maximum likelihood of one form: quasi-Newton searches from the best screened point of each basin,
 * each given up as soon as it cannot be expected to beat the best one found.
 */
export class FormSearch {
  private readonly screening: ScreeningForm;
  private readonly basins: number[];
  private starts: Start[] = [];
  private readonly wide: EtsObjective;
  /** The objective that searches use: first without, from the first inadmissible minimum on with the region's edge. */
  private objective: EtsObjective;
  private where: EtsObjective;
  private best: Minimum | null = null;
  private tolerance: number;

  constructor(
    private readonly form: EtsForm,
    private readonly sample: Sample,
    private readonly options: FormSearchOptions,
    private readonly screens: Screens,
  ) {
    this.screening = {
      trend: form.trend !== "N",
      damped: form.damped,
      period: form.season === "N" ? 1 : form.period,
    };
    this.basins = basinsOf(this.screening);
    this.tolerance = options.tolerance ?? TOLERANCE;
    this.wide = this.makeObjective(options.bounds === "admissible" ? "box" : "usual");
    this.objective = this.wide;
    this.where = this.wide;
  }

  /** The least criterion found so far. */
  get value(): number {
    return this.best?.value ?? Number.POSITIVE_INFINITY;
  }

  /** Looks for starts in the next `basins`. @returns the least criterion at any start known. */
  screen(basins: number): number {
    for (const basin of this.basins.splice(0, basins))
      for (const start of this.startIn(basin)) this.starts.push(start);
    this.starts.sort((a, b) => a.value - b.value);
    return this.starts[0]?.value ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Searches from the most promising starts that were found, and drops the others.
   *
   * @param cutoff a search that cannot be expected to come under this value is given up.
   */
  explore(most: number, cutoff: number, optimism: number): void {
    for (const { z } of this.starts.slice(0, most)) this.searchFrom(z, cutoff, optimism);
    this.starts = [];
  }

  /** Searches from all basins that are left. */
  exploreAll(cutoff = Number.POSITIVE_INFINITY, optimism = THOROUGH_OPTIMISM): void {
    this.screen(this.basins.length);
    this.explore(this.starts.length, cutoff, optimism);
  }

  /**
   * Goes on from the best into all of the admissible region, and from a few points beyond the usual bounds: weights below
   * 0 and quick damping are admissible where there is damping at all.
   */
  private searchWide(): void {
    if (this.best === null) return;
    const { where, best } = this;
    this.objective = this.makeObjective("wide-box");
    const starts = [...this.startsBeyond(this.objective), moved(where, best.z, this.objective)];
    for (const start of starts) {
      const minimum = this.run(start, Number.POSITIVE_INFINITY, THOROUGH_OPTIMISM);
      if (minimum.value >= this.value) continue;
      this.best = minimum;
      this.where = this.objective;
    }
  }

  /** The likeliest points beyond the usual bounds, at most a few. */
  private startsBeyond(objective: EtsObjective): Float64Array[] {
    const { screening, screens, options } = this;
    const starts = screens
      .of(screening, false)
      .beyond()
      .map((candidate) => startOf(objective, candidate, false, options.fixed))
      .map((z) => ({ z, value: objective.value(z) }))
      .filter(({ value }) => Number.isFinite(value));
    return starts
      .sort((a, b) => a.value - b.value)
      .slice(0, MOST_BEYOND)
      .map(({ z }) => z);
  }

  private searchFrom(start: Float64Array, cutoff: number, optimism: number): void {
    const { wide } = this;
    let minimum = this.run(
      this.objective === wide ? start : moved(wide, start, this.objective),
      cutoff,
      optimism,
    );
    if (minimum.value >= this.value) return;
    if (this.objective === wide && this.options.bounds === "both" && !this.isAdmissible(minimum)) {
      this.objective = this.makeObjective("usual-admissible");
      minimum = this.run(moved(wide, minimum.z, this.objective), cutoff, optimism);
      if (minimum.value >= this.value) return;
    }
    this.best = minimum;
    this.where = this.objective;
  }

  private run(start: Float64Array, cutoff: number, optimism: number): Minimum {
    const { lower, upper } = this.objective.map;
    return minimiseInBox(this.objective, start, {
      lower,
      upper,
      tolerance: this.tolerance,
      maxIterations: MAX_ITERATIONS,
      cutoff: Math.min(cutoff, this.value),
      optimism: optimism,
    });
  }

  /** The best estimates found, searched once more from where they are; null where no start was possible. */
  finish(): EtsEstimate | null {
    if (this.options.bounds === "admissible" && this.screening.damped) this.searchWide();
    if (this.best === null || !Number.isFinite(this.best.value)) return null;
    this.objective = this.where;
    // With the curvature taken afresh, so that a stale model cannot have stopped the search early.
    const best = this.best;
    this.best = null;
    this.tolerance = TOLERANCE;
    const polished = this.run(best.z, Number.POSITIVE_INFINITY, THOROUGH_OPTIMISM);
    this.best = polished.value <= best.value ? polished : best;
    const { trace, smoothing } = this.where;
    const errors = this.options.rough === true ? null : standardErrors(this.where, this.best.z);
    this.where.value(this.best.z);
    return {
      smoothing: { ...smoothing },
      level: trace.level[0]!,
      slope: trace.slope[0]!,
      season: trace.season.slice(0, this.form.season === "N" ? 0 : this.form.period),
      squares: trace.squares,
      criterion: this.best.value,
      converged: this.best.converged,
      errors,
    };
  }

  private makeObjective(confinement: Confinement): EtsObjective {
    const { form, sample, options } = this;
    return new EtsObjective(form, sample, new ParameterMap(form, options.fixed, confinement), options.given);
  }

  private isAdmissible(minimum: Minimum): boolean {
    this.wide.value(minimum.z);
    return this.wide.isAdmissible();
  }

  /** The best point of a basin by the form's own criterion. */
  private startIn(basin: number): Start[] {
    const { form, wide, screening, screens } = this;
    let best: Start | null = null;
    for (const logs of screens.positive ? [false, true] : [false]) {
      if (logs && form.season !== "M" && !(form.error === "M" && form.season === "N")) continue;
      for (const candidate of screens.of(screening, logs).candidates(basin)) {
        const z = startOf(wide, candidate, logs, this.options.fixed);
        const value = wide.value(z);
        if (Number.isFinite(value) && (best === null || value < best.value)) best = { value, z };
      }
    }
    return best === null ? [] : [best];
  }
}

/** The same point in the coordinates of another map, brought to its edge where it lies outside. */
function moved(from: EtsObjective, z: Float64Array, to: EtsObjective): Float64Array {
  from.value(z);
  return to.point(from.smoothing, from.trace.level[0]!, from.trace.slope[0]!, from.trace.season);
}
