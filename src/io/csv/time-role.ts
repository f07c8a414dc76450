import type { CsvOptions } from "../csv-options.js";
import { bestNamed, positionOf } from "./columns.js";
import { nameScore, TIME_NAMES, VALUE_NAMES } from "./known-names.js";
import type { Profile } from "./profile.js";
import { timeParts } from "./time-parts.js";

/** The columns that say the time: as given, or by what they hold and how they are called. */
export function timeRole(
  columns: readonly Profile[],
  options: CsvOptions,
  taken: ReadonlySet<number>,
  file: string,
): readonly number[] {
  if (options.time === null) return [];
  const names = columns.map(({ name }) => name);
  if (options.time !== undefined) {
    return timeNames(options.time, names).map((name) => positionOf(name, "--time", names, file));
  }
  const free = columns.filter(({ position }) => !taken.has(position));
  const dated = bestNamed(
    free.filter((column) => column.dated >= 0.9),
    TIME_NAMES,
  );
  const parts = timeParts(free, dated);
  if (parts.length > 0) return parts;
  const found = dated ?? countedTime(free);
  return found === undefined ? [] : [found.position];
}

/** `year,month` is a list where there is no column of that name. */
function timeNames(given: string | readonly string[], names: readonly string[]): readonly string[] {
  if (typeof given !== "string") return given;
  const parts = given.split(",");
  return !names.includes(given) && parts.every((part) => names.includes(part)) ? parts : [given];
}

/** A column of whole numbers that are times by their name, their look or their even steps, if others are left. */
function countedTime(free: readonly Profile[]): Profile | undefined {
  if (free.filter((column) => column.numeric >= 0.5).length < 2) return undefined;
  const named = free.filter((column) => column.whole && nameScore(column.name, TIME_NAMES) > 0);
  if (named.length > 0) return bestNamed(named, TIME_NAMES);
  const unnamed = free.filter((column) => nameScore(column.name, VALUE_NAMES) === 0);
  return unnamed.find(({ coded }) => coded) ?? unnamed.find(({ counting }) => counting);
}
