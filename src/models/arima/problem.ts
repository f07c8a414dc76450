import type { Series } from "../../core/series.js";
import { type Choice, requireKnownNames } from "./choice.js";
import { buildDesign, type Design, type Regressor } from "./design.js";
import type { Held } from "./likelihood-objective.js";
import { armaNames } from "./names.js";
import { collinearError, regressorsOf, requireCompleteInputs } from "./regressors.js";
import { requireEnough, type Specification, unseenError } from "./specification.js";

/** A specification, a series, and which coefficients are to be found. */
export interface Problem {
  readonly series: Series;
  readonly choice: Choice;
  readonly spec: Specification;
  readonly design: Design;
  /** Level, straight line and inputs, held ones among them. */
  readonly regressors: readonly Regressor[];
  /** Held values by position; NaN where free. */
  readonly heldRegression: readonly number[];
  /** Null where no ARMA coefficient is held. */
  readonly held: Held | null;
  readonly fixed: Float64Array;
  readonly names: readonly string[];
  readonly free: readonly boolean[];
}

/**
 * @throws YuleError `missing-inputs`, `bad-fixed`, `no-values`, `series-too-short`, `collinear-inputs`, `unseen-season`.
 */
export function poseProblem(series: Series, choice: Choice, spec: Specification): Problem {
  requireCompleteInputs(series);
  const regressors = regressorsOf(series, choice);
  const arma = armaNames(spec.orders);
  const names = [...arma, ...regressors.map(({ name }) => name)];
  requireKnownNames(choice.fixed, names);
  const isHeld = (name: string) => Object.hasOwn(choice.fixed, name);
  const heldRegression = regressors.map(({ name }) => choice.fixed[name] ?? Number.NaN);
  const moving = regressors.filter(({ name }) => !isHeld(name));
  const free = names.map((name) => !isHeld(name));
  requireEnough(series, spec, free.filter(Boolean).length);
  const design = buildDesign(withoutHeld(series.y, regressors, heldRegression), moving, {
    d: spec.d,
    D: spec.D,
    period: spec.period,
  });
  if (design.collinear >= 0) throw collinearError(series, spec.notation, moving, design.collinear);
  if (Number.isNaN(design.diffuseConstant)) throw unseenError(series, spec);
  return {
    series,
    choice,
    spec,
    design,
    regressors,
    heldRegression,
    held: arma.some(isHeld) ? arma.map(isHeld) : null,
    fixed: fixedValues(arma, choice.fixed),
    names,
    free,
  };
}

function fixedValues(names: readonly string[], fixed: Choice["fixed"]): Float64Array {
  const values = new Float64Array(names.length);
  for (let i = 0; i < names.length; i++) values[i] = fixed[names[i]!] ?? 0;
  return values;
}

/** The series less the regressors whose coefficients are held. */
function withoutHeld(
  y: Float64Array,
  regressors: readonly Regressor[],
  held: readonly number[],
): Float64Array {
  if (held.every(Number.isNaN)) return y;
  return y.map((value, t) => {
    let left = value;
    regressors.forEach(({ values }, i) => {
      if (!Number.isNaN(held[i])) left -= held[i]! * values[t]!;
    });
    return left;
  });
}

/** Coefficients of all regressors, held ones put back in. */
export function completeRegression({ heldRegression }: Problem, found: readonly number[]): number[] {
  let next = 0;
  return heldRegression.map((value) => (Number.isNaN(value) ? found[next++]! : value));
}
