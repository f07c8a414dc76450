import { usageError } from "../../core/errors.js";
import type { CsvOptions } from "../csv-options.js";
import { fileError, listing, unknownColumn } from "./errors.js";
import { nameScore, type Profile } from "./profile.js";
import { timeParts } from "./time-parts.js";

/** What each column is for, by position. */
export interface Roles {
  /** Several are joined, such as year and month. */
  readonly time: readonly number[];
  readonly values: readonly number[];
  readonly ids: readonly number[];
  readonly inputs: readonly number[];
  /** Which of them were found rather than given: `time`, `value`, `id`. */
  readonly found: readonly ("time" | "value" | "id")[];
}

const TIME_NAMES = [
  "ds",
  "datetime",
  "date_time",
  "timestamp",
  "date",
  "time",
  "when",
  "epoch",
  "period",
  "year",
  "yr",
  "quarter",
  "month",
  "week",
  "day",
  "hour",
  "t",
  "index",
  "step",
  "obs",
];

const VALUE_NAMES = [
  "y",
  "value",
  "values",
  "target",
  "sales",
  "demand",
  "quantity",
  "qty",
  "count",
  "units",
  "load",
  "close",
  "price",
  "passengers",
  "#passengers",
  "revenue",
  "consumption",
  "traffic",
  "views",
  "x",
];

/** A column of one of these alone tells series apart. */
const ID_NAMES = ["unique_id", "series_id", "item_id", "series", "id", "ts_id", "key"];

/** Columns of these tell series apart together. */
const PART_NAMES = [
  "store",
  "shop",
  "item",
  "product",
  "sku",
  "symbol",
  "ticker",
  "sensor",
  "station",
  "region",
  "country",
  "state",
  "city",
  "zone",
  "location",
  "site",
  "meter",
  "variable",
  "group",
];

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
  const values = givenValues.length > 0 ? givenValues : [valueRole(columns, taken, file)];
  const roles = { time, values, ids, inputs };
  refuseTwice(roles, names, file);
  return { ...roles, found: foundOf(options, roles) };
}

function foundOf(options: CsvOptions, { time, ids }: Pick<Roles, "time" | "ids">): Roles["found"] {
  const found: ("time" | "value" | "id")[] = [];
  if (options.time === undefined && time.length > 0) found.push("time");
  if (options.value === undefined) found.push("value");
  if (options.id === undefined && ids.length > 0) found.push("id");
  return found;
}

function asList(names: string | readonly string[] | null | undefined): readonly string[] {
  if (names === undefined || names === null) return [];
  return typeof names === "string" ? [names] : names;
}

function positionOf(name: string, option: string, names: readonly string[], file: string): number {
  const position = names.indexOf(name);
  if (position < 0) throw unknownColumn(option, name, names, file);
  if (names.indexOf(name, position + 1) >= 0) {
    throw fileError(
      "duplicate-column",
      { file, column: name },
      name,
      `two columns have this name; rename one.`,
    );
  }
  return position;
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
        `${file}: column ${name} is given two parts to play; give it one.`,
      );
    }
    seen.add(position);
  }
}

function timeRole(
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

/** The best name wins; without one, the first column. */
function bestNamed(columns: readonly Profile[], known: readonly string[]): Profile | undefined {
  return columns.reduce<Profile | undefined>(
    (best, column) =>
      best === undefined || nameScore(column.name, known) > nameScore(best.name, known) ? column : best,
    undefined,
  );
}

function valueRole(columns: readonly Profile[], taken: ReadonlySet<number>, file: string): number {
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

/**
 * Id columns: by name, unless each row has an id of its own, which is a row number; else columns of text, where they
 * tell rows of the same time apart, or do not change within the sample of a longer file.
 */
function idRole(
  columns: readonly Profile[],
  time: readonly number[],
  taken: ReadonlySet<number>,
  whole: boolean,
): number[] {
  const free = columns.filter(({ position }) => !taken.has(position));
  const sure = bestNamed(
    free.filter((column) => repeats(column) && isNamed(column, ID_NAMES)),
    ID_NAMES,
  );
  if (sure !== undefined) return [sure.position];
  const parts = free.filter((column) => repeats(column) && isNamed(column, PART_NAMES));
  if (parts.length > 0) return parts.map(({ position }) => position);
  const texts = free.filter((column) => column.numeric < 0.5 && column.dated < 0.9 && !column.blank);
  const times = time.map((position) => columns[position]!.cells);
  if (isDistinct(times)) {
    return whole
      ? []
      : texts
          .filter(isConstant)
          .slice(0, 1)
          .map(({ position }) => position);
  }
  const chosen: Profile[] = [];
  for (const column of texts) {
    chosen.push(column);
    if (isDistinct([...times, ...chosen.map(({ cells }) => cells)]))
      return chosen.map(({ position }) => position);
  }
  return [];
}

function isNamed(column: Profile, known: readonly string[]): boolean {
  return nameScore(column.name, known) >= 2;
}

function repeats({ cells }: Profile): boolean {
  return cells.length < 3 || new Set(cells).size < cells.length;
}

function isConstant({ cells }: Profile): boolean {
  return new Set(cells).size === 1;
}

/** Whether no two rows agree in all of these columns. */
function isDistinct(columns: readonly (readonly string[])[]): boolean {
  const rows = (columns[0] ?? []).map((_, row) => columns.map((cells) => cells[row]).join("\u0000"));
  return new Set(rows).size === rows.length;
}
