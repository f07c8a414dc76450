import type { Note } from "../../../core/model.js";
import { isMissing } from "../numbers/numbers.js";

/** Values that a program printed or a person typed without a table around them, as CSV, and the line each row comes from. */
export interface Printed {
  readonly csv: string;
  readonly lines: readonly number[];
  readonly notes?: readonly Note[];
}

/** Whether a printed cell is a number or a mark for a missing one. */
export function isValue(cell: string): boolean {
  return isMissing(cell) || /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(cell);
}
