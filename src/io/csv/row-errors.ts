import { fileError, listing } from "./errors.js";
import type { Problem } from "./numbers/number-problems.js";

/** What an error about a row needs to know of its table. */
interface Named {
  readonly file: string;
  readonly names: readonly string[];
  readonly ids: readonly number[];
}

/** What is wrong with a cell, named by file, row and column. */
export function rowProblem({ file }: Named, line: number, column: string, problem: Problem): Error {
  return fileError(problem.code, { file, row: line, column }, problem.value, problem.sentence);
}

export function missingId({ file, names, ids }: Named, line: number): Error {
  return fileError(
    "missing-id",
    { file, row: line, column: names[ids[0]!]! },
    "",
    "the id is missing; every row needs one, so fill it in or take the row out.",
  );
}

export function rowBeside({ file }: Named, line: number): Error {
  return fileError(
    "row-beside-table",
    { file, row: line },
    null,
    "this row looks like a remark under the table, but rows of the table follow; take it out.",
  );
}

export function raggedRow({ file, names }: Named, line: number, count: number): Error {
  return fileError(
    "ragged-row",
    { file, row: line },
    count,
    `this row has ${count} ${count === 1 ? "cell" : "cells"} where the file has ${names.length} columns (${listing(names)}); a cell that holds the delimiter needs quotes, as a decimal comma does in a file with commas.`,
    { expected: names.length },
  );
}
