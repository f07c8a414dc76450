import { requireText } from "../core/arguments/numbers.js";
import { requirePanel } from "../core/arguments/objects.js";
import { show } from "../core/checks.js";
import { dataError } from "../core/errors.js";
import type { Note } from "../core/model.js";
import type { Panel } from "../core/series.js";
import { type Factor, factorsOf, idAt, levelsOf } from "./structure.js";
import { aligned, summed } from "./sums.js";

/** Series and all their sums. */
export interface Hierarchy {
  readonly notation: string;
  /** The sums first, from the total down, then the series they are made of. */
  readonly series: Panel;
  /** For each sum the positions of what it adds up, counted among the series at the bottom. */
  readonly sums: readonly Int32Array[];
  /** Name of the level of each series, e.g. `total`, `region`, `region/store`. */
  readonly levels: readonly string[];
  /** Whether the sums nest in each other, as those of `total` and `region/store` do. */
  readonly nested: boolean;
  readonly notes: readonly Note[];
}

/**
 * The sums of a panel at all levels: `total` for the sum of all series; `region/store` where ids are written `North/S1`:
 * the total, the regions, the stores; `region*product` where ids are written `North/Books` and products are sold in all regions:
 * also the products.
 *
 * Before a series begins it adds nothing to a sum. Where a value is missing, or a series ends before the others, sums are
 * missing; series are taken on to the common end with missing values, so that all forecasts share their times.
 *
 * @param panel the series at the bottom, whose ids are the columns joined by slashes.
 * @param notation `"total"`, nested columns such as `"region/store"`, or crossed ones such as `"region*product"`.
 * @returns all series, sums first, and the matrix of sums.
 * @throws YuleError `bad-hierarchy`, `bad-ids` for ids with another number of parts, `duplicate-ids` where a sum and a series
 * would share an id, `mixed-steps`, `too-few-series`.
 * @example
 * const shops = [series([1, 2, 3], { id: "North/A" }), series([4, 4, 5], { id: "North/B" }), series([2, 2, 2], { id: "South/C" })];
 * hierarchy(shops, "region/store").series.map(({ id }) => id); // total, North, South, North/A, North/B, South/C
 */
export function hierarchy(panel: Panel, notation: string): Hierarchy {
  requirePanel(panel, "hierarchy takes");
  requireText("notation", notation, '"region/store"');
  const factors = factorsOf(notation);
  if (panel.length < 2) throw tooFew(panel.length);
  requireDistinct(panel);
  const parts = panel.map(({ id }) => partsOf(id, factors));
  const { placed, notes } = aligned(panel);
  const levels = levelsOf(factors);
  const sums: { id: string; level: string; members: number[] }[] = [];
  for (const { name, depths } of factors.length === 0 ? TOTAL : levels.slice(0, -1)) {
    const groups = new Map<string, number[]>();
    parts.forEach((own, at) => {
      const id = idAt(own, factors, depths);
      const group = groups.get(id);
      if (group === undefined) groups.set(id, [at]);
      else group.push(at);
    });
    for (const [id, members] of groups) sums.push({ id, level: name, members });
  }
  requireApart([...sums.map(({ id }) => id), ...panel.map(({ id }) => id)]);
  const last = factors.length === 0 ? "series" : levels.at(-1)!.name;
  return {
    notation,
    series: [
      ...sums.map(({ id, members }) =>
        summed(
          id,
          members.map((at) => placed[at]!),
        ),
      ),
      ...placed.map(({ series }) => series),
    ],
    sums: sums.map(({ members }) => Int32Array.from(members)),
    levels: [...sums.map(({ level }) => level), ...placed.map(() => last)],
    nested: factors.length < 2,
    notes,
  };
}

const TOTAL = [{ name: "total", depths: [] }];

function partsOf(id: string, factors: readonly Factor[]): readonly string[] {
  const columns = factors.flat();
  if (columns.length === 0) return [];
  const parts = id.split("/");
  if (parts.length === columns.length && !parts.includes("")) return parts;
  throw dataError(
    "bad-ids",
    id,
    id,
    `The series ${show(id)} is not named by ${columns.join(" and ")}, with a slash between; every row needs each of them, and none may contain a slash.`,
  );
}

function requireDistinct(panel: Panel): void {
  const seen = new Set<string>();
  for (const { id } of panel) {
    if (seen.has(id)) throw duplicate(id, "two series have it");
    seen.add(id);
  }
}

function requireApart(ids: readonly string[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) throw duplicate(id, "a sum of the hierarchy would have it too");
    seen.add(id);
  }
}

function duplicate(id: string, why: string): Error {
  return dataError(
    "duplicate-ids",
    id,
    id,
    `The id ${show(id)} is not unique: ${why}; rename the series, or leave out rows that are sums already (--where).`,
  );
}

function tooFew(count: number): Error {
  return dataError(
    "too-few-series",
    "panel",
    count,
    `A hierarchy needs at least two series to add up, there ${count === 1 ? "is one" : "are none"}; name the columns that tell them apart.`,
  );
}
