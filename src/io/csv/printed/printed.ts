import { dataError } from "../../../core/errors.js";
import { isMissing } from "../numbers/numbers.js";
import { callOfR, namedVectorOfR, namesThenValues } from "./calls-of-r.js";
import { boxed } from "./frame.js";
import { tableOfR, tibbleOfR, vectorOfR } from "./of-r.js";
import { isValue, type Printed } from "./values.js";

/** Fewest numbers of one line that are a series rather than a row of columns. */
const FEWEST = 4;

const BEGINNINGS =
  /^\s*(?:>[^\n]*\n\s*)?(?:\[\s*1\]\s|Time Series:|# A tsibble: |(?:\w+\s*(?:<-|=)\s*)?(?:(?:c|ts|structure|array|np\.array)\(|\[\s*[-\d])|\(\s*-?\d|\[\s*-?\d*\.(?:[\s,]|\d+\s+[-\d])|\[\s*-?\d+\s+-?\d)|^\s{2,}(?:Jan\s+Feb|Qtr1\s+Qtr2)\b/;

/** Whether a text begins like printed values: what R and NumPy print, a call of `c`, numbers in one line, or names above values. */
export function beginsLikePrinted(head: string): boolean {
  return (
    BEGINNINGS.test(head) ||
    BOX.test(head) ||
    ONE_LINE.test(head) ||
    NAMED_LINE.test(head) ||
    namesThenValues(head.split(/\r\n|\n|\r/))
  );
}

/** A name without a mark that separates columns. */
const NAME = /^\p{L}[^,;|\t\d]*$/u;

const NAMED_LINE = /^\s*\p{L}[^,;|\t\d\n]*\n\s*[-+]?\d[-+\d.,;|\t eENA]*\s*$/u;

const BOX = /^\s*(?:shape: \(.*\)\s*)?[┌╭╔┏]/;

const ONE_LINE = /^\s*[-+]?\d[-+\d.,;|\t eENA]*\s*$/;

/** A call of R or NumPy, which is no table whatever it holds. */
const CALL = /^\s*(?:\w+\s*(?:<-|=)\s*)?(?:c|ts|structure|array|np\.array)\(/;

/**
 * The values of a text that is printed; null for any other.
 *
 * @throws YuleError `printout-shortened` where the program left rows out, `bad-printout` for a call without a list of numbers.
 */
export function printedValues(text: string, file: string): Printed | null {
  const lines = text.split(/\r\n|\n|\r/);
  refuseShortened(lines, file);
  const found =
    boxed(lines) ??
    tibbleOfR(lines) ??
    vectorOfR(lines) ??
    tableOfR(lines) ??
    namedVectorOfR(lines) ??
    callOfR(text) ??
    list(text) ??
    oneLine(lines);
  if (found === null && CALL.test(text))
    throw dataError(
      "bad-printout",
      file,
      null,
      `${file} is a call of R or Python whose numbers cannot be read; write them one a line, or the table as CSV.`,
    );
  return found;
}

/** A line that says that rows are left out, or the marks that stand for them. */
const SHORTENED =
  /^\s*(?:\[ ?reached .*(?:max|getOption).*|# (?:ℹ|i|…|\.{3}) (?:with )?[\d,]+ more rows?.*|(?:…|\.{3})(?:\s+(?:…|\.{3}))*|[│║┃|](?:\s*(?:…|\.{3}|·)\s*[│║┃┆|])+)\s*$/;

/** @throws YuleError `printout-shortened` for a printout that leaves rows out. */
export function refuseShortened(lines: readonly string[], file: string): void {
  const at = lines.findIndex(
    (line) => SHORTENED.test(line) || /^[[(][^"{]*\d[.,]?\s+\.{3},?\s+-?[\d.]/.test(line),
  );
  if (at < 0) return;
  throw dataError(
    "printout-shortened",
    file,
    at + 1,
    `${file}, row ${at + 1}: the printout leaves out rows ("${lines[at]!.trim().slice(0, 60)}"); write the whole table to a file, e.g. with write.csv(x, "x.csv") in R, x.to_csv("x.csv") in pandas or x.write_csv("x.csv") in polars.`,
  );
}

/** Numbers in brackets, as `c(1, 2)` of R, `array([1., 2.])`, lists of Python and what NumPy prints. */
function list(text: string): Printed | null {
  const found =
    /^\s*(?:\w+\s*(?:<-|=)\s*)?(?:\(|c\(|(?:(?:np\.)?array\()?\[)([^()[\]{}"]*)[\])]?(?:,\s*dtype=[\w.]+)?\)?;?\s*$/.exec(
      text,
    );
  if (found === null) return null;
  const cells = found[1]!.split(/[\s,]+/).map((cell) => cell.replace(/^(-?\d+)L$/, "$1"));
  return column(cells, () => 1);
}

/** One line of numbers with one mark between them, below a line with their name or without. */
function oneLine(lines: readonly string[]): Printed | null {
  const filled = lines.flatMap((text, i) => (text.trim() === "" ? [] : [{ text: text.trim(), line: i + 1 }]));
  if (filled.length !== 1 && !(filled.length === 2 && NAME.test(filled[0]!.text))) return null;
  const { text, line } = filled.at(-1)!;
  const mark = [";", "\t", "|", ","].find((candidate) => text.includes(candidate)) ?? " ";
  const cells = text.split(mark === " " ? /\s+/ : mark).map((cell) => cell.trim());
  if (cells.at(-1) === "") cells.pop();
  const decimal = mark !== "," && cells.some((cell) => cell.includes(",")) ? "," : ".";
  return column(
    cells.map((cell) => cell.replace(decimal, ".")),
    () => line,
  );
}

function column(texts: readonly string[], lineOf: (at: number) => number): Printed | null {
  const cells = texts.filter((cell, i) => cell !== "" || (i > 0 && i < texts.length - 1));
  if (cells.length < FEWEST || !cells.every(isValue)) return null;
  return {
    csv: `value\n${cells.map((cell) => (isMissing(cell) ? "NA" : cell)).join("\n")}\n`,
    lines: cells.map((_, i) => lineOf(i)),
  };
}
