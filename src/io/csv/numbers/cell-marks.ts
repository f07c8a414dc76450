import { isMissing, stylesOf } from "./numbers.js";

/** What a user says about the cells of number columns: words for a missing value, marks beside a number. */
export class CellMarks {
  /** Spellings of a missing value in lower case. */
  private readonly words: ReadonlySet<string>;
  /** Numbers that stand for a missing value; null where there are none, so that the fast path asks once. */
  readonly sentinels: readonly number[] | null;
  private readonly stripped: ReadonlySet<string>;

  /**
   * @param missing what else marks a missing value: `-9999` whatever its decimals, or a word in any case.
   * @param strip characters left out before and behind numbers, e.g. `"$€%"`.
   */
  constructor(missing: readonly (string | number)[], strip: string) {
    const texts = missing.map((mark) => String(mark).trim());
    this.words = new Set(texts.map((text) => text.toLowerCase()));
    const numbers = texts.map((text) => Number(text.replace(",", "."))).filter(Number.isFinite);
    this.sentinels = numbers.length === 0 ? null : numbers;
    this.stripped = new Set(strip);
  }

  isMissing(text: string): boolean {
    return isMissing(text) || (this.words.size > 0 && this.words.has(text.trim().toLowerCase()));
  }

  /** A cell without the marks that are left out. Marks end at the first digit, decimal mark or sign. */
  bare(text: string): string {
    if (this.stripped.size === 0) return text;
    const inner = this.stripped.has("(") || text.length > LONGEST ? null : BRACKETS.exec(text);
    return inner === null ? this.trimmed(text) : `(${this.trimmed(inner[1]!)})`;
  }

  private trimmed(text: string): string {
    let from = 0;
    let to = text.length;
    let sign = "";
    for (; from < to; from++) {
      const mark = text[from]!;
      if (/[-+−]/.test(mark) && sign === "" && !this.stripped.has(mark)) sign = mark;
      else if (!/\s/.test(mark) && !this.stripped.has(mark)) break;
    }
    while (to > from && (/\s/.test(text[to - 1]!) || this.stripped.has(text[to - 1]!))) to--;
    const torn = from > 0 && /[.,]/.test(text[from] ?? "") && /\p{L}/u.test(text[from - 1]!);
    return torn ? text : sign + text.slice(from, to);
  }
}

/** Nothing said. */
export const NO_MARKS = new CellMarks([], "");

/** Brackets around a cell, which stand for a minus sign. */
const BRACKETS = /^\s*\(([^()]*)\)\s*$/;

const SIGNED =
  /^([^\d.,+−-]*)([-+−]?)([^\d.,+−-]*[.,]?(?<=\p{L}[.,])\s*|[^\d.,+−-]*)(\d.*?|[.,]\d.*?)([^\d.,]*\.?)$/u;

/** Words for multiples of a number, which must not be left out of it. */
const MULTIPLES = /^(k|m|mm|mn|mio\.?|mill?\.?|b|bn|mrd\.?|t|tn|tsd\.?|g)$/i;

/** Words of accounts behind an amount, credit and debit, which set its sign. */
const CREDIT_OR_DEBIT = /\d\s*([CcDd][Rr]|[HS])\.?$/;

/**
 * The words for credit and debit behind the numbers of a column, as they are written; empty where most have none. The German H
 * and S mean that only together.
 */
export function creditsOf(cells: readonly string[]): readonly string[] {
  const words = cells.flatMap((cell) => CREDIT_OR_DEBIT.exec(cell.trim())?.[1] ?? []);
  const distinct = [...new Set(words)].sort();
  const alone = distinct.length === 1 && distinct[0]!.length === 1;
  return alone || 2 * words.length < cells.length ? [] : distinct;
}

/** What is wrong with a number that has a word for credit or debit behind it. */
export function credited(words: string): string {
  return `has ${words} behind the number, for credit or debit, which sets its sign: write the amounts of one of the two with a minus sign, and take the words out.`;
}

/** Lower-case letters that statistical offices put beside a number as flags. */
export const FLAGS = /^[bcdefnprsuz]{1,2}$/;

/** Longest cell that can be a number with marks; the search for them grows with the cube of the length. */
const LONGEST = 64;

/** The marks around what would be a number: currency, percent, footnotes, provisional marks; null where there are none. */
export function marksAround(
  text: string,
): { readonly marks: string; readonly kind: "mark" | "multiple" } | null {
  const cell = text.trim();
  const found = cell.length > LONGEST ? null : SIGNED.exec(BRACKETS.exec(cell)?.[1] ?? cell);
  if (found === null) return null;
  const [, before = "", , between = "", number = "", behind = ""] = found;
  const parts = [before, between, behind].map((part) => part.trim()).filter((part) => part !== "");
  if (parts.length === 0 || isMissing(number) || stylesOf([number]).length === 0) return null;
  if (parts.some((part) => MULTIPLES.test(part) && !(part === behind.trim() && FLAGS.test(part)))) {
    return { marks: parts.join(""), kind: "multiple" };
  }
  if (before.includes("(") || between.includes("(")) return null;
  const known = parts.every((part) => isMark(part));
  return known ? { marks: [...new Set(parts.join("").replace(/\s/g, ""))].join(""), kind: "mark" } : null;
}

/**
 * The unit that stands behind every number of a column, `°C` or `kWh`; null where one has none or another, or where it may be
 * a multiple.
 */
export function unitOf(cells: readonly string[]): string | null {
  const there = cells.filter((cell) => !isMissing(cell));
  const parts = there.map((cell) => (cell.length > LONGEST ? null : MEASURED.exec(cell.trim())));
  const unit = parts[0]?.[2] ?? null;
  if (unit === null || MULTIPLES.test(unit) || parts.some((part) => part?.[2] !== unit)) return null;
  return parts.every((part) => stylesOf([part![1]!]).length > 0) ? unit : null;
}

/** A number, and behind it a unit without digits. */
const MEASURED = /^([-+−]?[\d.,' ]*\d)\s*([^\d\s.,'+-][^\d.,+-]{0,11})$/u;

function isMark(part: string): boolean {
  return (
    /^[^\p{L}\d]{1,3}$/u.test(part) ||
    FLAGS.test(part) ||
    /^[([]\s*\p{L}{1,2}\s*[)\]]$/u.test(part) ||
    /^(US|A|C|HK|NZ|R|S)?[$€£¥₹₽₩]$/.test(part) ||
    /^([A-Z]{3}|kr|zł|Kč|Ft|Fr|Rs|lei)\.?$/u.test(part)
  );
}
