import { FLAGS } from "./cell-marks.js";
import { isMissing, stylesOf } from "./numbers.js";

/** What stands beside the numbers of a column: money, percent, a measure, a multiple. */
export interface Unit {
  /** The same beside all numbers, multiples apart: `$`, `%`, `kWh`; empty where they have multiples alone. */
  readonly base: string;
  /** The powers of ten of its multiples; several, or thousands beside numbers below 1,000, as `950`, `1.2K` and `3.4M`. */
  readonly powers: ReadonlySet<number>;
}

/** A number apart from what stands beside it. */
interface Measured {
  readonly number: string;
  readonly base: string;
  readonly power: number;
}

/** Longest cell that is looked at. */
const LONGEST = 48;

/** Currencies as they stand before a number, and words of three letters. */
const MONEY =
  /^(?:(?:US|CA|AU|A|C|HK|NZ|R|S|MX|NT)?[$€£¥₹₽₩₺₴₫₪฿₦₱]|[A-Z]{3}|Rs\.?|Rp\.?|RM|kr\.?|Fr\.?|zł|Kč|Ft|lei|S\/)$/u;

/** A unit behind a number, of letters and signs. */
const BEHIND = /^[^\d.,+()\s−-][^\d,+()−]{0,14}$/u;

/** Words for multiples in the languages of many files, by their powers of ten. */
const WORDS: Readonly<Record<string, number>> = {
  ...{ tsd: 3, thousand: 3, thousands: 3, tys: 3, тыс: 3, 千: 3, 万: 4 },
  ...{
    mio: 6,
    mln: 6,
    mn: 6,
    mill: 6,
    million: 6,
    millions: 6,
    millionen: 6,
    millones: 6,
    млн: 6,
    億: 8,
    亿: 8,
  },
  ...{ mrd: 9, md: 9, bn: 9, bln: 9, billion: 9, billions: 9, млрд: 9, tn: 12 },
};

/** Letters for multiples: of money, and of plain numbers where no blank stands between. */
const OF_MONEY: Readonly<Record<string, number>> = { k: 3, K: 3, T: 3, m: 6, M: 6, MM: 6, B: 9, b: 9 };
const OF_NUMBERS: Readonly<Record<string, number>> = { k: 3, K: 3, M: 6, B: 9 };

/**
 * The unit of a column: the same base beside every number; zeros need none. Null where a cell has another or none, or is no number,
 * and where no cell has one.
 */
export function unitOfColumn(cells: Iterable<string>): Unit | null {
  let base: string | null = null;
  const powers = new Set<number>();
  let bare = 0;
  for (const cell of cells) {
    if (isMissing(cell)) continue;
    const found = measured(cell);
    if (found === null) return null;
    if (found.base === "" && found.power === 0) {
      bare = Math.max(bare, sizeOf(found.number));
      if (base !== null && base !== "" && bare > 0) return null;
    } else {
      if (base !== null && base !== found.base) return null;
      base = found.base;
      powers.add(found.power);
    }
  }
  if (base === null || ACCOUNTS.test(base) || (bare > 0 && base !== "")) return null;
  if (bare > 0) powers.add(0);
  // Only thousands stand beside numbers in full, and those lie below them.
  const abbreviated = powers.size === 1 || !powers.has(0) || powers.has(3);
  return bare < THOUSAND && abbreviated ? { base, powers } : null;
}

/** Numbers beside abbreviated ones lie below this. */
const THOUSAND = 1000;

/** Words for credit and debit, which set the sign. */
const ACCOUNTS = /^[CcDd][Rr]\.?$/;

/** The units of cells that all are numbers, each once, flags such as `p` aside; empty where one is none. */
export function unitsIn(cells: readonly string[]): readonly string[] {
  const there = cells.filter((cell) => !isMissing(cell));
  const found = there.map(measured);
  if (found.some((one) => one === null)) return [];
  return [...new Set(found.map((one) => one!.base).filter((base) => base !== "" && !FLAGS.test(base)))];
}

/** The number of a cell in plain form, `1200` for `1.2k`, by the reader of its column; NaN where its unit is another. */
export function valueIn(unit: Unit, cell: string, read: (text: string) => number): number {
  const found = measured(cell);
  if (found === null) return Number.NaN;
  const value = read(found.number);
  const { base, power } = found;
  if (value === 0 && base === "" && power === 0) return value;
  const { powers } = unit;
  const several = powers.size > 1;
  const fits =
    power === 0
      ? powers.has(0) && (!several || Math.abs(value) < THOUSAND)
      : powers.has(power) || several || powers.has(3) || powers.has(6);
  if (base !== unit.base || !fits) return Number.NaN;
  return power === 0 ? value : Number(`${value}e${power}`);
}

/** A cell without its unit; the cell itself where it has none. */
export function withoutUnit(cell: string): string {
  return measured(cell)?.number ?? cell;
}

const PARTS = /^(\D*)(\d.*\d|\d)(\D*)$/su;

function measured(cell: string): Measured | null {
  if (cell.length > LONGEST) return null;
  const text = cell.trim();
  const inside = /^([^()\d]*)\(([^()]*)\)([^()\d]*)$/u.exec(text);
  const parts = PARTS.exec(inside === null ? text : `${inside[1]}${inside[2]}${inside[3]}`);
  if (parts === null || !/^[\d.,'’\s]*$/u.test(parts[2]!)) return null;
  let [, before = "", digits = "", after = ""] = parts;
  if (/(^|[^\p{L}])[.,]$/u.test(before)) {
    digits = before.at(-1)! + digits;
    before = before.slice(0, -1);
  }
  const signs = before.match(/[-−–+]/gu) ?? [];
  // Swiss and German amounts without cents: `120.–` and `12,-`.
  after = after.replace(/^[.,][-−–—]+/u, "");
  const minusBehind = /^\s?[-−](?=\s|$|\p{L}|[$€£])|(?<=[\p{L}\p{Sc}%])\s?[-−]$/u.exec(after);
  if (minusBehind !== null) after = after.replace(minusBehind[0], "");
  if (signs.length + (inside === null ? 0 : 1) + (minusBehind === null ? 0 : 1) > 1) return null;
  const prefix = before.replace(/[-−–+]/u, "").trim();
  const suffix = after.trim();
  if ((prefix !== "" && !MONEY.test(prefix)) || (suffix !== "" && !BEHIND.test(suffix))) return null;
  const glued = suffix !== "" && !/^\s/u.test(after);
  const { power, rest } = multipleOf(suffix, glued, prefix !== "");
  const below = signs[0] !== undefined && signs[0] !== "+";
  const number = inside !== null ? `(${digits})` : below || minusBehind !== null ? `-${digits}` : digits;
  if (prefix !== "" && rest !== "") return null;
  return { number, base: prefix + rest, power };
}

/** The multiple that a unit begins with, and the unit itself. */
function multipleOf(suffix: string, glued: boolean, money: boolean): { power: number; rest: string } {
  const [, word = "", behind = ""] = /^(\p{L}+\.?)\s*(.*)$/u.exec(suffix) ?? [];
  const named = WORDS[word.replace(".", "").toLowerCase()];
  if (named !== undefined && (behind === "" || MONEY.test(behind) || /^\p{L}+$/u.test(behind)))
    return { power: named, rest: behind };
  const letters = /^(k|K|T|MM|M|m|B|b)\s?(?=(\p{Sc}|EUR|USD|GBP|CHF|$))/u.exec(suffix)?.[1];
  if (letters === undefined) return { power: 0, rest: suffix };
  const rest = suffix.slice(letters.length).trim();
  const powers = money || rest !== "" ? OF_MONEY : glued ? OF_NUMBERS : {};
  const power = letters === "T" && rest === "" ? 12 : powers[letters];
  const known = power !== undefined && (letters !== "T" || money || rest !== "");
  return known ? { power, rest } : { power: 0, rest: suffix };
}

/** How large a number is, whatever its marks mean; only zero and 1,000 matter. */
function sizeOf(number: string): number {
  const [style] = stylesOf([number]);
  if (style === undefined) return Number.POSITIVE_INFINITY;
  const plain = number.replace(/[()\s'’-]/gu, "");
  const whole = /^\d{1,3}([.,]\d{0,2})?$/.test(plain) ? plain.replace(",", ".") : plain.replace(/[.,]/g, "");
  return Number(whole);
}
