import type { Table } from "./table.js";

/** Rows of a table by series, each in order of time. */
export interface Groups {
  /** Ids in order of appearance; one null where there is no id column. */
  readonly ids: readonly (string | null)[];
  /** Row numbers, series after series. */
  readonly rows: Int32Array;
  /** Series `i` has the rows `rows[starts[i]]` to `rows[starts[i + 1] - 1]`. */
  readonly starts: Int32Array;
  /** Numbers of the series whose rows were not in order of time. */
  readonly sorted: readonly number[];
}

/** Puts the rows of each series together and, where there are times, in their order. */
export function groupRows(table: Table, times: Float64Array | null): Groups {
  const groups = table.plan.ids.length === 0 ? oneGroup(table.rows) : groupsById(table);
  const sorted = times === null ? [] : sortGroups(groups, times);
  return { ...groups, sorted };
}

function oneGroup(rows: number): Omit<Groups, "sorted"> {
  return {
    ids: [null],
    rows: Int32Array.from({ length: rows }, (_, row) => row),
    starts: Int32Array.of(0, rows),
  };
}

/** A counting sort: rows of a series stay in the order of the file. */
function groupsById(table: Table): Omit<Groups, "sorted"> {
  const ids = table.ids.view();
  const names = table.idNames.texts();
  const starts = new Int32Array(names.length + 1);
  for (const id of ids) starts[id + 1]!++;
  for (let i = 0; i < names.length; i++) starts[i + 1]! += starts[i]!;
  const next = starts.slice();
  const rows = new Int32Array(ids.length);
  for (let row = 0; row < ids.length; row++) rows[next[ids[row]!]!++] = row;
  return { ids: names, rows, starts };
}

function sortGroups({ ids, rows, starts }: Omit<Groups, "sorted">, times: Float64Array): number[] {
  const sorted: number[] = [];
  for (let series = 0; series < ids.length; series++) {
    const own = rows.subarray(starts[series]!, starts[series + 1]!);
    if (isAscending(own, times)) continue;
    own.sort((a, b) => times[a]! - times[b]! || a - b);
    sorted.push(series);
  }
  return sorted;
}

function isAscending(rows: Int32Array, times: Float64Array): boolean {
  for (let i = 1; i < rows.length; i++) if (times[rows[i]!]! < times[rows[i - 1]!]!) return false;
  return true;
}
