import type { NumberColumn } from "./numbers/number-column.js";
import { JoinedCells } from "./parts/joined-cells.js";
import type { TablePlan } from "./table-plan.js";

/** What a column of a table is read as. */
export const UNUSED = 0;
export const TIME = 1;
export const ID = 2;
export const NUMBER = 3;

/** What each column of a table is, by position. */
export interface ColumnKinds {
  /** `UNUSED`, `TIME`, `ID` or `NUMBER`. */
  readonly kinds: Uint8Array;
  /** Which part of a joined time or id each column is. */
  readonly part: Int32Array;
  /** Where the numbers of each column go; null for columns without. */
  readonly columns: readonly (NumberColumn | null)[];
}

/** The plan of a table, by the position of its columns. */
export function columnKinds({ names, numbers, ids, time }: TablePlan): ColumnKinds {
  const kinds = new Uint8Array(names.length);
  const part = new Int32Array(names.length);
  const columns: (NumberColumn | null)[] = names.map(() => null);
  for (const { position, column } of numbers) {
    kinds[position] = NUMBER;
    columns[position] = column;
  }
  const assign = (positions: readonly number[], kind: number) => {
    positions.forEach((position, at) => {
      kinds[position] = kind;
      part[position] = at;
    });
  };
  assign(ids, ID);
  assign(time?.positions ?? [], TIME);
  return { kinds, part, columns };
}

/** Where the cells of an id of several columns are joined; null for an id of one. */
export function joinedId({ ids }: TablePlan): JoinedCells | null {
  return ids.length > 1 ? new JoinedCells(ids.map((_, i) => (i === 0 ? "" : "/"))) : null;
}

/** Where the cells of a time of several columns are joined; null for a time of one. */
export function joinedTime({ time }: TablePlan): JoinedCells | null {
  return time !== null && time.positions.length > 1
    ? new JoinedCells(time.marks, time.carried, time.spans)
    : null;
}
