import { decodeText } from "../bytes/encoding.js";
import { profileOf } from "./profile.js";
import type { Head } from "./sample.js";

/** Bytes and lines looked at. */
const BYTES = 1 << 13;
const LINES = 200;

/** Least lines that show what their commas are. */
const SHOWN = 4;

/** Without quotes: a comma within them separates no columns, whatever else it does. */
const LINE = /^([-+−]?\d+(?:[. ']\d{3})*)(?:,(\d+))?$/;

/**
 * Whether each line of a file is one number with a decimal comma, `4936,64`, below a name or nothing; the first of these lines, or
 * null. Two columns of whole numbers look alike: they are told by decimals of one length, with zeros in front or beside lines
 * without a comma, and numbers before the comma that do not count the rows or what comes round, and are no times: `20240131,63`.
 *
 * @param decimal decimal mark that was given.
 */
export function decimalLines({ bytes, end, last }: Head, decimal: "." | "," | undefined): string | null {
  if (decimal === ".") return null;
  const text = decodeText(bytes.subarray(0, Math.min(end, BYTES)));
  const lines = text.split(/\r\n|\r|\n/);
  if (!last || end > BYTES) lines.pop();
  const filled = lines.slice(0, LINES).filter((line) => line.trim() !== "");
  const named = filled.length > 0 && !filled[0]!.includes(",") && !LINE.test(filled[0]!.trim());
  const found = (named ? filled.slice(1) : filled).map((line) => LINE.exec(line.trim()));
  if (found.length === 0 || found.includes(null)) return null;
  const cut = found.map((match) => match!);
  const first = cut.find(([, , decimals]) => decimals !== undefined)?.[0] ?? null;
  if (first === null || decimal === ",") return first;
  return cut.length >= SHOWN && areDecimals(cut) ? first : null;
}

function areDecimals(cut: readonly RegExpExecArray[]): boolean {
  const before = cut.map(([, whole]) => whole!.replace("−", "-"));
  if (profileOf("", 0, before).coded) return false;
  if (cut.some(([, , decimals]) => decimals === undefined)) return true;
  const wholes = before.map(Number);
  if (wholes.some(Number.isNaN)) return true;
  const years = wholes.every((whole) => whole >= 1500 && whole <= 2200);
  if (countUp(wholes) || years) return false;
  const decimals = cut.map(([, , digits]) => digits!);
  // A column of 0 and 1 is one of flags.
  if (decimals.every((digits) => digits === "0" || digits === "1")) return false;
  const leading = decimals.some((digits) => digits.length > 1 && digits.startsWith("0"));
  return leading || new Set(decimals.map(({ length }) => length)).size === 1;
}

/** Share of the steps of 1 where numbers count, those over gaps and to new beginnings aside. */
const COUNTING = 0.8;

/** Whether numbers step evenly, or mostly by 1, as hours of days do. */
function countUp(wholes: readonly number[]): boolean {
  const steps = wholes.slice(1).map((whole, row) => whole - wholes[row]!);
  if (steps[0] !== 0 && steps.every((step) => step === steps[0])) return true;
  return steps.filter((step) => step === 1).length >= COUNTING * steps.length;
}
