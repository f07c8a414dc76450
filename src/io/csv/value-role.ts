import { bestNamed } from "./columns.js";
import { fileError, listing } from "./errors.js";
import { nameScore, VALUE_NAMES } from "./known-names.js";
import type { Profile } from "./profile.js";

/**
 * The column of values: the only one with numbers, or the one of them that is called like values.
 *
 * @throws YuleError `no-value-column`, `ambiguous-value`.
 */
export function valueRole(columns: readonly Profile[], taken: ReadonlySet<number>, file: string): number {
  const free = columns.filter(({ position }) => !taken.has(position));
  const numeric = free.filter((column) => column.numeric >= 0.5);
  const usable = numeric.length > 0 ? numeric : free.filter((column) => column.blank);
  const scores = usable.map(({ name }) => nameScore(name, VALUE_NAMES));
  const top = Math.max(0, ...scores);
  const best = usable.filter((_, i) => scores[i] === top);
  if (best.length === 1) return best[0]!.position;
  const known = bestNamed(
    free.filter(({ name }) => nameScore(name, VALUE_NAMES) >= 2),
    VALUE_NAMES,
  );
  if (best.length === 0 && known !== undefined) return known.position;
  const all = usable.map(({ name }) => name);
  if (all.length === 0) {
    throw fileError(
      "no-value-column",
      { file },
      null,
      `no column has numbers to forecast; its columns are ${listing(columns.map(({ name }) => name))}.`,
    );
  }
  throw fileError(
    "ambiguous-value",
    { file },
    all,
    `columns ${listing(all)} all have numbers; say which to forecast with --value ${all[0]}, or with --value ${all.slice(0, 2).join(",")} to make a series of each.`,
  );
}
