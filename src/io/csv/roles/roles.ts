import { usageError } from "../../../core/errors.js";
import type { CsvOptions } from "../../csv-options.js";
import type { Profile } from "../head/profile.js";
import { positionOf } from "./columns.js";
import { idRole } from "./id-role.js";
import { timeRole } from "./time-role.js";
import { valueRole } from "./value-role.js";

/** What each column is for, by position. */
export interface Roles {
  /** Several are joined, such as year and month. */
  readonly time: readonly number[];
  /** None where rows are counted. */
  readonly values: readonly number[];
  readonly ids: readonly number[];
  readonly inputs: readonly number[];
  /** Which of them were found rather than given: `time`, `value`, `id`. */
  readonly found: readonly ("time" | "value" | "id")[];
}

/**
 * What the columns of a file are for: given ones by name, the others by their names and what stands in them.
 *
 * @throws YuleError `unknown-column`, `ambiguous-value`, `no-value-column`, `column-used-twice`.
 */
export function findRoles(
  columns: readonly Profile[],
  options: CsvOptions,
  file: string,
  whole: boolean,
): Roles {
  const names = columns.map(({ name }) => name);
  const inputs = (options.inputs ?? []).map((name) => positionOf(name, "--inputs", names, file));
  const givenValues = asList(options.value).map((name) => positionOf(name, "--value", names, file));
  const givenIds = asList(options.id).map((name) => positionOf(name, "--id", names, file));
  const taken = new Set([...inputs, ...givenValues, ...givenIds]);
  const time = timeRole(columns, options, taken, file);
  for (const position of time) taken.add(position);
  const ids = options.id === undefined ? idRole(columns, time, taken, whole) : givenIds;
  for (const id of ids) taken.add(id);
  const values = countsRows(columns, options, taken, givenValues)
    ? []
    : givenValues.length > 0
      ? givenValues
      : [valueRole(columns, taken, file, whole)];
  const roles = { time, values, ids, inputs };
  refuseTwice(roles, names, file);
  return { ...roles, found: foundOf(options, roles) };
}

/** Whether rows are to be counted, and there are no numbers whose presence would be counted instead. */
function countsRows(
  columns: readonly Profile[],
  { aggregate }: CsvOptions,
  taken: ReadonlySet<number>,
  given: readonly number[],
): boolean {
  if (aggregate?.by !== "count") return false;
  const asked =
    given.length > 0
      ? given.map((position) => columns[position]!)
      : columns.filter(({ position }) => !taken.has(position));
  return asked.every(({ numeric, blank }) => numeric < 0.5 && !blank);
}

function foundOf(
  options: CsvOptions,
  { time, ids, values }: Pick<Roles, "time" | "ids" | "values">,
): Roles["found"] {
  const found: ("time" | "value" | "id")[] = [];
  if (options.time === undefined && time.length > 0) found.push("time");
  if (options.value === undefined && values.length > 0) found.push("value");
  if (options.id === undefined && ids.length > 0) found.push("id");
  return found;
}

function asList(names: string | readonly string[] | null | undefined): readonly string[] {
  if (names === undefined || names === null) return [];
  return typeof names === "string" ? [names] : names;
}

function refuseTwice(roles: Omit<Roles, "found">, names: readonly string[], file: string): void {
  const seen = new Set<number>();
  for (const position of [...roles.time, ...roles.values, ...roles.ids, ...roles.inputs]) {
    if (seen.has(position)) {
      const name = names[position]!;
      throw usageError(
        "column-used-twice",
        name,
        name,
        `${file}: column ${name} is used for two purposes; give it one.`,
      );
    }
    seen.add(position);
  }
}
