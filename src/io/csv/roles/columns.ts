import { fileError, unknownColumn } from "../errors.js";
import { nameScore } from "../head/known-names.js";
import type { Profile } from "../head/profile.js";

/** The position of a column that was named. @throws YuleError `unknown-column`, `duplicate-column`. */
export function positionOf(name: string, option: string, names: readonly string[], file: string): number {
  const position = names.indexOf(name);
  if (position < 0) throw unknownColumn(option, name, names, file);
  if (names.indexOf(name, position + 1) >= 0) throw duplicateColumn(name, file);
  return position;
}

export function duplicateColumn(name: string, file: string): Error {
  return fileError(
    "duplicate-column",
    { file, column: name },
    name,
    "two columns have this name; rename one.",
  );
}

/** The best name wins; without one, the first column. */
export function bestNamed(columns: readonly Profile[], known: readonly string[]): Profile | undefined {
  return columns.reduce<Profile | undefined>(
    (best, column) =>
      best === undefined || nameScore(column.name, known) > nameScore(best.name, known) ? column : best,
    undefined,
  );
}
