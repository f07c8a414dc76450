import { show } from "../core/checks.js";
import { usageError } from "../core/errors.js";

/** Columns that nest in each other, the widest first: `["state", "region"]`. */
export type Factor = readonly string[];

/** One level of a hierarchy: its name, and how many columns of each factor tell its series apart. */
export interface Level {
  readonly name: string;
  readonly depths: readonly number[];
}

/**
 * The factors of a notation such as `region/store` (stores lie in regions), `region*product` (every product may be in every
 * region) and `state/region*purpose`; none for `total`.
 *
 * @throws YuleError `bad-hierarchy`.
 */
export function factorsOf(notation: string): readonly Factor[] {
  if (notation.trim() === "total") return [];
  const factors = notation
    .split("*")
    .map((factor) => factor.trim().replace(/^\((.*)\)$/, "$1"))
    .map((factor) => factor.split("/").map((column) => column.trim()));
  const columns = factors.flat();
  if (columns.includes("") || new Set(columns).size < columns.length) {
    throw usageError(
      "bad-hierarchy",
      "hierarchy",
      notation,
      `A hierarchy is total, columns that nest such as region/store, or that cross such as region*product, each once; not ${show(notation)}.`,
    );
  }
  return factors;
}

/** The levels of factors, the sum of everything first, the series themselves last. */
export function levelsOf(factors: readonly Factor[]): readonly Level[] {
  let depths: readonly (readonly number[])[] = [[]];
  for (const factor of factors) {
    depths = depths.flatMap((before) => Array.from({ length: factor.length + 1 }, (_, d) => [...before, d]));
  }
  const size = (level: readonly number[]) => level.reduce((sum, depth) => sum + depth, 0);
  return [...depths]
    .sort((a, b) => size(a) - size(b) || firstDifference(b, a))
    .map((own) => ({ name: levelName(factors, own), depths: own }));
}

function firstDifference(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((depth, i) => depth !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

function levelName(factors: readonly Factor[], depths: readonly number[]): string {
  const named = factors
    .map((factor, at) => factor.slice(0, depths[at]!).join("/"))
    .filter((name) => name !== "");
  return named.length === 0 ? "total" : named.join("*");
}

/** The id of the series that a bottom one is part of at a level; a column that is summed over stands as `*`. */
export function idAt(
  parts: readonly string[],
  factors: readonly Factor[],
  depths: readonly number[],
): string {
  let from = 0;
  const kept = factors.flatMap((factor, at) => {
    const own = factor.map((_, i) => (i < depths[at]! ? parts[from + i]! : "*"));
    from += factor.length;
    return own;
  });
  while (kept.at(-1) === "*") kept.pop();
  return kept.length === 0 ? "total" : kept.join("/");
}
