import { show } from "../../core/checks.js";
import { dataError, usageError } from "../../core/errors.js";
import type { InputRule, InputRules } from "../../core/input-rule.js";
import type { Series } from "../../core/series.js";
import type { TimeAxis } from "../../core/time/time.js";
import { valuesOfRule } from "./rule-values.js";

/** A regressor by its name and rule. */
export interface NamedRule {
  readonly name: string;
  readonly rule: InputRule;
}

/** The time axis of a series, which must have dates. @throws YuleError `no-times`. */
export function datesOf({ id, time }: Series, what: string): TimeAxis {
  if (time !== null && time.frequency.unit !== "index") return time;
  throw dataError(
    "no-times",
    id,
    null,
    `${id} has no dates, so ${what} cannot be placed; name the column of times.`,
  );
}

/**
 * A series with more regressors, made by rules; those that never vary over the series are left out.
 *
 * @throws YuleError `duplicate-input` where the series has a regressor of that name.
 */
export function addColumns(
  series: Series,
  rules: readonly NamedRule[],
  what: string,
): { readonly series: Series; readonly used: readonly string[]; readonly constant: readonly string[] } {
  const axis = datesOf(series, what);
  const { inputs, y } = series;
  const used: NamedRule[] = [];
  const columns: Float64Array[] = [];
  const constant: string[] = [];
  for (const { name, rule } of rules) {
    if (inputs.names.includes(name) || used.some((one) => one.name === name)) throw duplicate(name, what);
    const column = valuesOfRule(name, rule, axis, 0, y.length);
    if (column.every((value) => value === column[0])) constant.push(name);
    else {
      used.push({ name, rule });
      columns.push(column);
    }
  }
  const added: InputRules = Object.fromEntries(used.map(({ name, rule }) => [name, rule]));
  return {
    series: {
      ...series,
      inputs: {
        names: [...inputs.names, ...used.map(({ name }) => name)],
        columns: [...inputs.columns, ...columns],
        rules: { ...inputs.rules, ...added },
      },
    },
    used: used.map(({ name }) => name),
    constant,
  };
}

function duplicate(name: string, what: string): Error {
  return usageError(
    "duplicate-input",
    name,
    name,
    `There is a regressor called ${show(name)} already; rename the column, or leave it out of ${what}.`,
  );
}
