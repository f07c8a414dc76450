import type { Legacy } from "../../csv-options.js";
import { decodeWindows1252, isUtf8 } from "./encoding.js";

/** An encoding, the characters that words in tables have most often, and the least share of those beyond ASCII that they make. */
type Known = readonly [encoding: Legacy, usual: RegExp, least: number];

/** Encodings of several bytes a character, in which other text decodes to rare characters or not at all. */
const WIDE: readonly Known[] = [
  ["shift_jis", /[年月日付売上店数量合計金額値時刻商品名の\u3041-\u3096\u30a1-\u30fc]/u, 0.2],
  ["euc-jp", /[年月日付売上店数量合計金額値時刻商品名の\u3041-\u3096\u30a1-\u30fc]/u, 0.2],
  ["gb18030", /[年月日期销售额时间数量地区产品名称金价值门店城市总收入电温度客户订单]/u, 0.2],
  ["big5", /[年月日期銷售額時間數量地區產品名稱金價值門店城市總收入電溫度客戶訂單]/u, 0.2],
  ["euc-kr", /[날짜일자년월매출수량금액지역판합계평균이름시간값]/u, 0.2],
];

const NARROW: readonly Known[] = [
  ["windows-1251", /[а-яё]/u, 0.5],
  ["koi8-r", /[а-яё]/u, 0.5],
  ["windows-1253", /[α-ωά-ώ]/u, 0.5],
  ["windows-1250", /[ąćęłńśźżčďěňřšťůžőű]/u, 0.5],
  ["macintosh", /[äöüéèêàçñáíóúßëïôâîûãõ]/iu, 0.8],
];

/** How an unmarked file that is no UTF-8 is written. */
export interface LegacyGuess {
  /** Null where no encoding makes words of it. */
  readonly encoding: Legacy | null;
}

/** The encoding of the beginning of a file; null where it is UTF-8, or can be windows-1252. */
export function legacyOf(bytes: Uint8Array): LegacyGuess | null {
  const end = bytes.lastIndexOf(10) + 1;
  const head = end > 0 ? bytes.subarray(0, end) : bytes;
  if (isUtf8(head)) return null;
  const western = withoutUnits(decodeWindows1252(head));
  const unusual = UNUSUAL.some((pattern) => pattern.test(western));
  if (!unusual && isWestern(western)) return null;
  const encoding = bestOf(WIDE, head) ?? bestOf(NARROW, head);
  return encoding === null && isWestern(western) ? null : { encoding };
}

/** Letters of two scripts in one word. */
const MIXED = /[a-z][\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}][a-z]/iu;

/** The encoding in which most of the distinct characters beyond ASCII are usual ones; null where too few are in each. */
function bestOf(known: readonly Known[], bytes: Uint8Array): Legacy | null {
  let best: Legacy | null = null;
  let most = 0;
  for (const [encoding, usual, least] of known) {
    const text = decoded(bytes, encoding);
    if (MIXED.test(text)) continue;
    const beyond = [...new Set(text)].filter((letter) => letter > "\x7f");
    const share = beyond.filter((letter) => usual.test(letter)).length / beyond.length;
    if (share >= least && share > most) [best, most] = [encoding, share];
  }
  return best;
}

/** The text; empty where the bytes are in another encoding. */
function decoded(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return "";
  }
}

/** Marks, brackets and signs of money that western text has between blanks, digits and words. */
const SIGNS = /[€£¥¤°²³µ·×÷´–—…‰«»‘’“”„§©®™±½¼¾ªº¿¡\u00a0\u00ad]/u;

/** What western text has now and then: another encoding has to make words of it, `umsatzÜbertrag`, `Þýða`, the sign that stands for € in ISO 8859-15. */
const UNUSUAL: readonly RegExp[] = [
  // Three letters beyond ASCII side by side, rare ones among them, and capitals in the middle of words.
  /(?=[À-ÖØ-öø-ÿ]{3})[äöüßéèêàçñáíóúåæøÄÖÜÉÅÆØ]{0,2}[^\0-\x7fäöüßéèêàçñáíóúåæøÄÖÜÉÅÆØ]/u,
  /[a-z][À-ÖØ-Þ][a-z]/u,
  /¤/u,
];

/** The text without raised figures of units, `m²a` or `m³h`, and accents that stand for apostrophes, `O´Neil`, which are no letters of words. */
function withoutUnits(text: string): string {
  return text
    .replace(/(?<!\p{L})([kcdm]?m|ft|in|CO)[²³]([ahsd]|min)?(?!\p{L})/gu, "$1 $2")
    .replace(/([a-z])´(?=[a-zÀ-ÿ])/giu, "$1'");
}

/** Whether a text of windows-1252 may be one: letters and marks where words have them. */
function isWestern(text: string): boolean {
  if (/[\u0081\u008d\u008f\u0090\u009d]/.test(text)) return false;
  const odd = [
    /[¦¨¯¸¬ƒˆ¹³]\p{L}|[¼½¾][À-ÿ]|(?<=\p{L})[¼½¾]\p{L}/u,
    // Signs within words, and marks that stand at the wrong end of one.
    /\p{L}[¹²³¼½¾£¥¦¨¯¶¸¿¡¬ˆ‹›‡†•ƒ‚„Ž\u2026\u2122]\p{Ll}|[À-ÿ][¤´×÷]\p{Ll}/u,
    /\p{L}[¿¹¡](?=[\s,;|"]|$)/mu,
  ];
  if (odd.some((pattern) => pattern.test(text))) return false;
  const beyond = [...text].filter((letter) => letter > "\x7f");
  const known = beyond.filter((letter) => /[À-ÖØ-öø-ÿŒœŠšŽžŸß]/u.test(letter) || SIGNS.test(letter));
  return known.length >= 0.7 * beyond.length;
}
