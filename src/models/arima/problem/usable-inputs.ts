import { dataError } from "../../../core/errors.js";
import type { Note } from "../../../core/model.js";
import type { Series } from "../../../core/series.js";
import { extend } from "../../../math/linear-algebra/orthogonal.js";

/** An input whose coefficient the data cannot tell, and the columns it follows from; none where it never varies. */
export interface LeftOut {
  readonly name: string;
  readonly follows: readonly string[];
}

/** Columns that another follows from are named up to this many, the latest first. */
const MOST_NAMED = 5;

/**
 * The series with every input complete: where the value itself is missing, the input may be too, since no coefficient can
 * depend on it; the nearest earlier value (else the next) stands there.
 *
 * @throws YuleError `missing-inputs` where an input is not a number on a row whose value is observed.
 */
export function completeInputs(series: Series): Series {
  const { y, inputs } = series;
  if (inputs.columns.every((column) => column.every(Number.isFinite))) return series;
  inputs.names.forEach((name, i) => {
    requireWhereObserved(name, inputs.columns[i]!, y);
  });
  return { ...series, inputs: { ...inputs, columns: inputs.columns.map(filled) } };
}

function requireWhereObserved(name: string, column: Float64Array, y: Float64Array): void {
  let first = -1;
  let count = 0;
  for (let t = 0; t < y.length; t++) {
    if (Number.isFinite(column[t]!) || Number.isNaN(y[t]!)) continue;
    if (first < 0) first = t;
    count++;
  }
  if (first < 0) return;
  throw dataError(
    "missing-inputs",
    name,
    column[first],
    `Input ${name} is missing or not finite in ${count} of ${column.length} rows, the first at row ${first + 1}; fill it in or leave the input out.`,
  );
}

function filled(column: Float64Array): Float64Array {
  const values = column.slice();
  let last = values.find(Number.isFinite) ?? 0;
  for (let t = 0; t < values.length; t++) {
    if (Number.isFinite(values[t]!)) last = values[t]!;
    else values[t] = last;
  }
  return values;
}

/**
 * Leaves out inputs that the observed rows cannot tell from the columns before them.
 *
 * @param before columns that are there in any case, by name.
 * @param kept inputs that stay whatever they are: those whose coefficients are held.
 */
export function separableInputs(
  series: Series,
  before: readonly { readonly name: string; readonly values: Float64Array }[],
  kept: (name: string) => boolean,
): { readonly series: Series; readonly leftOut: readonly LeftOut[] } {
  const { y, inputs } = series;
  const rows = Array.from(y.keys()).filter((t) => !Number.isNaN(y[t]!));
  const basis: Float64Array[] = [];
  const named: string[] = [];
  const leftOut: LeftOut[] = [];
  const take = (name: string, values: Float64Array): boolean => {
    const column = Float64Array.from(rows, (t) => values[t]!);
    if (extend(basis, column) === null) return false;
    named.push(name);
    return true;
  };
  for (const { name, values } of before) take(name, values);
  inputs.names.forEach((name, i) => {
    if (kept(name) || take(name, inputs.columns[i]!)) return;
    leftOut.push({ name, follows: variesOver(inputs.columns[i]!, rows) ? named.slice() : [] });
  });
  return { series: withoutInputs(series, leftOut), leftOut };
}

function variesOver(column: Float64Array, rows: readonly number[]): boolean {
  return rows.some((t) => column[t] !== column[rows[0]!]);
}

export function withoutInputs(series: Series, leftOut: readonly LeftOut[]): Series {
  if (leftOut.length === 0) return series;
  const { names, columns } = series.inputs;
  const stays = names.map((name) => !leftOut.some((one) => one.name === name));
  return {
    ...series,
    inputs: {
      ...series.inputs,
      names: names.filter((_, i) => stays[i]),
      columns: columns.filter((_, i) => stays[i]),
    },
  };
}

/** One warning for each input that was left out. */
export function leftOutNotes(notation: string, { id, inputs }: Series, leftOut: readonly LeftOut[]): Note[] {
  return leftOut.map(({ name, follows }) => ({
    code: "input-left-out",
    severity: "warning",
    message: `Input ${name} was left out of ${notation} on ${id}: it ${reason(follows)}, so its effect cannot be estimated.`,
    details: { input: name, used: inputs.names },
  }));
}

function reason(follows: readonly string[]): string {
  if (follows.length === 0) return "does not vary, or not once differenced";
  const count = follows.length - MOST_NAMED;
  const more = count > 0 ? ` and ${count} other${count === 1 ? "" : "s"}` : "";
  return `follows from ${follows.slice(-MOST_NAMED).join(", ")}${more}`;
}
