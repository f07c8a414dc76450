import type { Table } from "../table.js";

/**
 * Rows of a table by series, each in order of time. A row is named by its place in this order from here on; `rows`
 * leads back to the file.
 */
export interface Groups {
  /** Ids in order of appearance; one null where there is no id column. */
  readonly ids: readonly (string | null)[];
  /** Series `i` has the places `starts[i]` to `starts[i + 1] - 1`. */
  readonly starts: Int32Array;
  /** Row of the table at each place; null where it is the place itself. */
  readonly rows: Int32Array | null;
  /** Numbers of the series whose rows were not in order of time. */
  readonly sorted: readonly number[];
}

/** Puts the rows of each series together and, where there are times, in their order. */
export function groupRows(table: Table, times: Float64Array | null): Groups {
  const groups = groupsOf(table);
  return times === null ? groups : sortGroups(groups, times, table.rows);
}

function groupsOf({ plan, rows, ids, idNames, bad }: Table): Groups {
  if (plan.ids.length === 0) return oneGroup(rows);
  if (bad.size === 0) return groupsById(ids.view(), idNames.texts());
  const all = ids.view();
  const kept = Int32Array.from(all.keys()).filter((row) => !bad.has(all[row]!));
  const groups = groupsById(
    kept.map((row) => all[row]!),
    idNames.texts(),
  );
  return { ...groups, rows: groups.rows === null ? kept : groups.rows.map((row) => kept[row]!) };
}

/** The row of the table at a place. */
export function rowAt({ rows }: Groups, place: number): number {
  return rows === null ? place : rows[place]!;
}

/** A column of the table in the order of its groups. */
export function arranged(column: Float64Array, { rows }: Groups): Float64Array {
  if (rows === null) return column;
  const values = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place++) values[place] = column[rows[place]!]!;
  return values;
}

function oneGroup(rows: number): Groups {
  return { ids: [null], starts: Int32Array.of(0, rows), rows: null, sorted: [] };
}

/** A counting sort: rows of a series stay in the order of the file. */
function groupsById(ids: Int32Array, names: readonly string[]): Groups {
  const starts = new Int32Array(names.length + 1);
  let together = true;
  let previous = 0;
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    starts[id + 1]!++;
    if (id < previous) together = false;
    previous = id;
  }
  if (starts.indexOf(0, 1) > 0) return groupsOfUsed(ids, names, starts.subarray(1));
  for (let i = 0; i < names.length; i++) starts[i + 1]! += starts[i]!;
  if (together) return { ids: names, starts, rows: null, sorted: [] };
  const next = starts.slice();
  const rows = new Int32Array(ids.length);
  for (let row = 0; row < ids.length; row++) rows[next[ids[row]!]!++] = row;
  return { ids: names, starts, rows, sorted: [] };
}

/** Groups without the ids that only rows left out had. */
function groupsOfUsed(ids: Int32Array, names: readonly string[], counts: Int32Array): Groups {
  const used = names.map((_, id) => id).filter((id) => counts[id]! > 0);
  const renumbered = new Int32Array(names.length);
  used.forEach((id, position) => {
    renumbered[id] = position;
  });
  return groupsById(
    ids.map((id) => renumbered[id]!),
    used.map((id) => names[id]!),
  );
}

function sortGroups(groups: Groups, times: Float64Array, count: number): Groups {
  const { ids, starts } = groups;
  const ordered = arranged(times, groups);
  const unsorted = ids
    .map((_, series) => series)
    .filter((series) => !isAscending(ordered, starts[series]!, starts[series + 1]!));
  if (unsorted.length === 0) return groups;
  const rows = groups.rows ?? Int32Array.from({ length: count }, (_, row) => row);
  for (const series of unsorted) {
    rows.subarray(starts[series]!, starts[series + 1]!).sort((a, b) => times[a]! - times[b]! || a - b);
  }
  return { ids, starts, rows, sorted: unsorted };
}

function isAscending(times: Float64Array, from: number, to: number): boolean {
  for (let i = from + 1; i < to; i++) if (times[i]! < times[i - 1]!) return false;
  return true;
}
