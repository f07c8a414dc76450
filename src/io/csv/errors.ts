import { nearest, show } from "../../core/checks.js";
import { YuleError } from "../../core/errors.js";

/** Where in a file something was found: `row` is its line, the first being 1. */
export interface Place {
  readonly file: string;
  readonly row?: number;
  readonly column?: string;
}

/** `sales.csv, row 7, column y` */
function placeText({ file, row, column }: Place): string {
  const parts = [file];
  if (row !== undefined) parts.push(`row ${row}`);
  if (column !== undefined) parts.push(`column ${column}`);
  return parts.join(", ");
}

/** A data error at a place of a file. `sentence` goes on after the place and a colon. */
export function fileError(
  code: string,
  place: Place,
  value: unknown,
  sentence: string,
  more: Readonly<Record<string, unknown>> = {},
): YuleError {
  return new YuleError({
    code,
    category: "data",
    argument: place.column ?? place.file,
    value,
    message: `${placeText(place)}: ${sentence}`,
    details: { ...place, ...more },
  });
}

/** A usage error about a column that the file does not have. */
export function unknownColumn(
  option: string,
  wanted: string,
  columns: readonly string[],
  file: string,
): YuleError {
  const guess = nearest(wanted, columns);
  return new YuleError({
    code: "unknown-column",
    category: "usage",
    argument: option,
    value: wanted,
    message: `${file} has no column ${show(wanted)} for ${option}; the nearest is ${show(guess ?? "")}, and its columns are ${listing(columns)}.`,
    details: { file, columns: [...columns], nearest: guess ?? null },
  });
}

/** Names in a sentence, the first few of many. */
export function listing(names: readonly string[], most = 8): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
