import type { Series } from "../../../core/series.js";
import { largestSize } from "../../../math/extremes.js";
import { armaNames } from "../definition/names.js";
import { type Choice, requireKnownNames } from "../definition/options.js";
import type { Held } from "../definition/orders.js";
import { requireEnough, type Specification, unseenError } from "../definition/specification.js";
import { differenced } from "../lag-polynomial/difference.js";
import { buildDesign, type Design, type Regressor } from "./design.js";
import { explainedWithGaps } from "./exact-gaps.js";
import { collinearError, regressorsOf } from "./regressors.js";
import { type LeftOut, separableInputs, withoutInputs } from "./usable-inputs.js";

/** A specification, a series, and which coefficients are to be found. */
export interface Problem {
  /** With the inputs that can be told apart. */
  readonly series: Series;
  /** Inputs whose coefficients the data cannot tell. */
  readonly leftOut: readonly LeftOut[];
  readonly choice: Choice;
  readonly spec: Specification;
  readonly design: Design;
  /** The regression's coefficients where gaps hide that it explains everything; else null. */
  readonly explained: readonly number[] | null;
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
 * Lays out what is to be estimated; inputs that the data cannot tell from the others are left out.
 *
 * @param given with complete inputs.
 * @throws YuleError `bad-fixed`, `no-values`, `series-too-short`, `collinear-inputs`, `unseen-season`.
 */
export function poseProblem(given: Series, wanted: Choice, spec: Specification): Problem {
  const choice = levelHeldByItsName(wanted, given);
  const isHeld = (name: string) => Object.hasOwn(choice.fixed, name);
  const { series, leftOut } = observedInputs(given, choice, isHeld);
  const posed = poseWith(series, choice, spec, isHeld);
  if (posed.design.collinear < 0) return { ...posed, leftOut };
  const moving = posed.regressors.filter(({ name }) => !isHeld(name));
  const { name } = moving[posed.design.collinear]!;
  if (!series.inputs.names.includes(name)) {
    throw collinearError(series, spec.notation, moving, posed.design.collinear);
  }
  const before = moving.slice(0, posed.design.collinear).map((regressor) => regressor.name);
  const flat = isFlat(posed.design, posed.design.collinear);
  const more: LeftOut = { name, follows: flat ? [] : before };
  const rest = poseProblem(withoutInputs(series, [more]), choice, spec);
  return { ...rest, leftOut: [...leftOut, more, ...rest.leftOut] };
}

/** A level held as `mean` beside inputs, or as `intercept` without them, is held under the name that it has there. */
function levelHeldByItsName(choice: Choice, series: Series): Choice {
  const { mean, intercept, ...others } = choice.fixed;
  if (mean === undefined && intercept === undefined) return choice;
  const names = regressorsOf(series, choice).map(({ name }) => name);
  if (mean !== undefined && intercept === undefined && names.includes("intercept") && !names.includes("mean"))
    return { ...choice, fixed: { ...others, intercept: mean } };
  if (intercept !== undefined && mean === undefined && names.includes("mean") && !names.includes("intercept"))
    return { ...choice, fixed: { ...others, mean: intercept } };
  return choice;
}

/** Where values are missing, the rows that are left may not tell inputs apart that differ on the others. */
function observedInputs(series: Series, choice: Choice, isHeld: (name: string) => boolean) {
  if (series.inputs.names.length === 0 || !series.y.some(Number.isNaN)) return { series, leftOut: [] };
  const bare = { ...series, inputs: { names: [], columns: [] } };
  const differences = choice.order[1] + choice.seasonal[1];
  const level = { name: "intercept", values: new Float64Array(series.y.length).fill(1) };
  const before = [...(differences > 0 ? [level] : []), ...regressorsOf(bare, choice)];
  return separableInputs(series, before, isHeld);
}

/** Whether nothing but rounding is left of a regressor once it is differenced. */
function isFlat({ regressors, from, to, how }: Design, index: number): boolean {
  const { values } = regressors[index]!;
  const size = largestSize(values);
  const constant = values.every((value) => value === values[0]);
  return constant || differenced(values.subarray(from, to), how).every((v) => Math.abs(v) <= 1e-12 * size);
}

function poseWith(
  series: Series,
  choice: Choice,
  spec: Specification,
  isHeld: (name: string) => boolean,
): Omit<Problem, "leftOut"> {
  const regressors = regressorsOf(series, choice);
  const arma = armaNames(spec.orders);
  const names = [...arma, ...regressors.map(({ name }) => name)];
  requireKnownNames(choice.fixed, names);
  const heldRegression = regressors.map(({ name }) => choice.fixed[name] ?? Number.NaN);
  const moving = regressors.filter(({ name }) => !isHeld(name));
  const free = names.map((name) => !isHeld(name));
  requireEnough(series, spec, free.filter(Boolean).length);
  const design = buildDesign(withoutHeld(series.y, regressors, heldRegression), moving, {
    d: spec.d,
    D: spec.D,
    period: spec.period,
  });
  const explained = design.collinear < 0 && !design.exact ? explainedWithGaps(design) : null;
  if (design.collinear < 0 && Number.isNaN(design.diffuseConstant)) throw unseenError(series, spec);
  return {
    series,
    choice,
    spec,
    design: explained === null ? design : { ...design, exact: true },
    explained,
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
