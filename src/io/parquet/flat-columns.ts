import type { SchemaTree } from "hyparquet";
import { fileError } from "../csv/errors.js";

/** @throws YuleError `nested-column`, naming the first column that holds lists, maps or groups. */
export function requireFlat(fields: readonly SchemaTree[], file: string): void {
  const nested = fields.find(
    ({ children, element }) => children.length > 0 || element.repetition_type === "REPEATED",
  );
  if (nested === undefined) return;
  const { name } = nested.element;
  throw nestedColumn(name, file);
}

export function nestedColumn(name: string, file: string): Error {
  return fileError(
    "nested-column",
    { file, column: name },
    name,
    `the column holds lists or groups of values; write the file without it or with one value a cell, e.g. duckdb -c "COPY (SELECT * EXCLUDE (${name}) FROM '${file}') TO 'flat.parquet'".`,
  );
}
