import { YuleError } from "../../../core/errors.js";
import { readTime } from "../../../core/time/forms/index.js";
import { square } from "../../../math/power.js";
import type { Delimiter } from "../../csv-options.js";
import { hasSign, isMissing, stylesOf } from "../numbers/numbers.js";
import { type Head, type Sample, sampleOf } from "./sample.js";

/** Rows looked at to tell the delimiter. */
const ROWS = 30;

const DELIMITERS: readonly Delimiter[] = [",", ";", "\t", "|"];

/** What was found of cells: the head of a file is looked at from several sides. */
const found = new Map<string, boolean>();
const MOST_KEPT = 4096;

/** Whether a cell is a number or a time rather than a name. */
export function looksLikeData(cell: string): boolean {
  if (/^[+-]?\d+\.?\d*$/.test(cell)) return true;
  const known = found.get(cell);
  if (known !== undefined) return known;
  if (found.size === MOST_KEPT) found.clear();
  const answer =
    !isMissing(cell) && (readTime(cell).length > 0 || stylesOf([cell]).length > 0 || hasSign(cell));
  found.set(cell, answer);
  return answer;
}

/**
 * The delimiter that cuts the first rows into equally many cells of which most are numbers, times or blanks; more
 * cells where that is equal. A file in which none does has one column.
 *
 * The full rules of quoting are followed only where no delimiter cuts evenly without them.
 */
export async function findDelimiter(head: Head): Promise<Delimiter> {
  const plain = await bestOf(head, true);
  return plain.even ? plain.delimiter : (await bestOf(head, false)).delimiter;
}

interface Cut {
  readonly delimiter: Delimiter;
  readonly score: number;
  /** Whether all rows are equally long, and of more than one cell. */
  readonly even: boolean;
}

async function bestOf(head: Head, strict: boolean): Promise<Cut> {
  let best: Cut = { delimiter: ",", score: 0, even: false };
  for (const delimiter of DELIMITERS) {
    const sample = await attempt(head, delimiter, strict);
    const cut = sample === null ? best : { delimiter, ...scoreOf(sample.rows) };
    if (cut.score > best.score) best = cut;
  }
  return best;
}

/** A delimiter for which the quotes do not even work out is none. */
async function attempt(head: Head, delimiter: Delimiter, strict: boolean): Promise<Sample | null> {
  try {
    return await sampleOf(head, delimiter.charCodeAt(0), ROWS, strict);
  } catch (error) {
    if (error instanceof YuleError) return null;
    throw error;
  }
}

function scoreOf(rows: readonly (readonly string[])[]): Omit<Cut, "delimiter"> {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  const [width, agreeing] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0]);
  if (width < 2) return { score: 0, even: false };
  const body = rows.slice(1).flat();
  const known = body.filter((cell) => isMissing(cell) || looksLikeData(cell)).length;
  const header = rows[0]!.length === width ? 1 : 0.5;
  const share = agreeing / rows.length;
  const score = header * square(share) * (0.1 + known / Math.max(1, body.length)) + 1e-6 * width;
  return { score, even: share === 1 };
}
