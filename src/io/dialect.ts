import { YuleError } from "../core/errors.js";
import { cutTime } from "../core/time-text.js";
import type { Delimiter } from "./csv-options.js";
import { hasSign, isMissing, stylesOf } from "./numbers.js";
import { type Head, type Sample, sampleOf } from "./sample.js";

/** Rows looked at to tell the delimiter. */
const ROWS = 30;

const DELIMITERS: readonly Delimiter[] = [",", ";", "\t", "|"];

/** Whether a cell is a number or a time rather than a name. */
export function looksLikeData(cell: string): boolean {
  if (isMissing(cell)) return false;
  if (/^[+-]?\d+\.?\d*$/.test(cell)) return true;
  return stylesOf([cell]).length > 0 || cutTime(cell) !== null || hasSign(cell);
}

/**
 * The delimiter that cuts the first rows into equally many cells of which most are numbers, times or blanks; more
 * cells where that is equal. A file in which none does has one column.
 */
export async function findDelimiter(head: Head): Promise<Delimiter> {
  const plain = await samples(head, true);
  const tried = plain.length > 0 ? plain : await samples(head, false);
  let best: Delimiter = ",";
  let most = 0;
  for (const { delimiter, sample } of tried) {
    const score = scoreOf(sample.rows);
    if (score > most) {
      most = score;
      best = delimiter;
    }
  }
  return best;
}

async function samples(head: Head, strict: boolean): Promise<{ delimiter: Delimiter; sample: Sample }[]> {
  const found: { delimiter: Delimiter; sample: Sample }[] = [];
  for (const delimiter of DELIMITERS) {
    const sample = await attempt(head, delimiter, strict);
    if (sample !== null) found.push({ delimiter, sample });
  }
  return found;
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

function scoreOf(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  const [width, agreeing] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0]);
  if (width < 2) return 0;
  const body = rows.slice(1).flat();
  const known = body.filter((cell) => isMissing(cell) || looksLikeData(cell)).length;
  const header = rows[0]!.length === width ? 1 : 0.5;
  const even = agreeing / rows.length;
  return header * even ** 2 * (0.1 + known / Math.max(1, body.length)) + 1e-6 * width;
}
