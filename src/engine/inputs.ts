import { show } from "../core/checks.js";
import { dataError, usageError } from "../core/errors.js";
import type { Origin } from "../core/model.js";
import { part } from "../core/parts.js";

/** Future values of the regressors, by name. */
export type FutureInputs = Readonly<Record<string, ArrayLike<number>>>;

const NONE = new Float64Array(0);

/**
 * The regressors of each future step, in the order the model learned them. Those that follow from the times and are not given
 * are made.
 *
 * @throws YuleError `missing-inputs`, `short-inputs`, `unknown-input`, `bad-inputs`, each naming the column.
 */
export function futureRows(
  origin: Pick<Origin, "inputNames" | "inputRules" | "time" | "length">,
  future: FutureInputs | undefined,
  horizon: number,
): Float64Array[] {
  const names = origin.inputNames;
  if (future !== undefined && (typeof future !== "object" || future === null || Array.isArray(future))) {
    const message = `Future inputs are an object of columns, such as { price: [3, 4] }, not ${show(future)}.`;
    throw usageError("bad-inputs", "inputs", future, message);
  }
  const given = new Map(Object.entries(future ?? {}));
  for (const name of given.keys()) {
    if (!names.includes(name)) {
      const learned = names.length === 0 ? "none" : names.join(", ");
      throw usageError(
        "unknown-input",
        name,
        name,
        `The model has no input called ${name}; it was fitted with: ${learned}.`,
      );
    }
  }
  for (const name of names) {
    const rule = origin.inputRules?.[name];
    if (given.get(name) === undefined && rule !== undefined && origin.time !== null)
      given.set(name, part("valuesOfRule")(name, rule, origin.time, origin.length, horizon));
    checkColumn(name, given.get(name), horizon);
  }
  if (names.length === 0) return new Array<Float64Array>(horizon).fill(NONE);
  return Array.from({ length: horizon }, (_, h) => Float64Array.from(names, (name) => given.get(name)![h]!));
}

function checkColumn(name: string, column: ArrayLike<number> | undefined, horizon: number): void {
  if (column === undefined) {
    throw dataError(
      "missing-inputs",
      name,
      undefined,
      `The model was fitted with the input ${name}: give its next ${horizon} values (--future FILE, or inputs in the options).`,
    );
  }
  if (column.length < horizon) {
    throw dataError(
      "short-inputs",
      name,
      column.length,
      `Input ${name} has ${column.length} future values, the forecast needs ${horizon}; add ${horizon - column.length} or shorten the horizon.`,
    );
  }
  for (let h = 0; h < horizon; h++) {
    if (!Number.isFinite(column[h]!)) {
      throw dataError(
        "bad-inputs",
        name,
        column[h],
        `Input ${name} is ${column[h]} at future step ${h + 1}; it must be a number.`,
      );
    }
  }
}
