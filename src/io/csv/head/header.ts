import { hasSign, isMissing, stylesOf } from "../numbers/numbers.js";
import { looksLikeData } from "./dialect.js";
import { ID_NAMES, isNamed, PART_NAMES, TIME_NAMES, VALUE_NAMES } from "./known-names.js";

/** Rows looked at below a row that could be a header. */
const BELOW = 60;

/**
 * Whether the first of some rows names the columns. Without a number or a time in it, it does. With some, such as the
 * years or item numbers of a table with a column each, it does where one of its cells is a name or empty above a column
 * of numbers or times, or where its numbers step evenly from cell to cell and those of the rows below do not.
 */
export function isHeader(rows: readonly (readonly string[])[]): boolean {
  const [top = [], ...rest] = rows;
  const data = top.map(looksLikeData);
  if (!data.includes(true)) return true;
  const below = rest.slice(0, BELOW);
  if (below.length === 0) return false;
  const names = top.some(
    (cell, column) =>
      !data[column] &&
      isNameAbove(
        cell,
        below.map((row) => row[column] ?? ""),
      ),
  );
  if (top[0] === "" && below.every((row) => (row[0] ?? "") !== "" && looksLikeData(row[0]!))) return true;
  if (timesAcross(top) && !below.some(timesAcross)) return true;
  return (
    names || (stepsAcross(top) && !below.some((row) => stepsAcross(row) && areYears(row) === areYears(top)))
  );
}

function isNameAbove(cell: string, below: readonly string[]): boolean {
  const dataBelow = below.every((text) => text !== "" && looksLikeData(text));
  if (isMissing(cell) || below.includes(cell)) return false;
  const known = [TIME_NAMES, VALUE_NAMES, ID_NAMES, PART_NAMES].some((list) => isNamed(cell, list));
  return known || (dataBelow && /^[^\d]*\p{L}/u.test(cell));
}

/** Whether the whole numbers of a row, three or more side by side, step by one constant. */
function stepsAcross(row: readonly string[]): boolean {
  const first = row.findIndex((cell) => WHOLE.test(cell));
  const numbers = row.slice(first).filter((cell) => cell !== "");
  if (first < 0 || numbers.length < 3 || !numbers.every((cell) => WHOLE.test(cell))) return false;
  const step = Number(numbers[1]) - Number(numbers[0]);
  return step !== 0 && numbers.every((cell, i) => i === 0 || Number(cell) - Number(numbers[i - 1]) === step);
}

/** Whether the numbers of a row are years. */
function areYears(row: readonly string[]): boolean {
  const numbers = row.filter((cell) => WHOLE.test(cell));
  return numbers.every((cell) => Number(cell) >= 1500 && Number(cell) <= 2200);
}

const WHOLE = /^\d{1,8}$/;

/** Whether three cells of a row or more are dates or times. */
function timesAcross(row: readonly string[]): boolean {
  return row.filter(looksLikeTime).length >= 3;
}

/** Whether a cell is a date or a time, whole numbers not counted. */
export function looksLikeTime(cell: string): boolean {
  return looksLikeData(cell) && stylesOf([cell]).length === 0 && !hasSign(cell);
}
