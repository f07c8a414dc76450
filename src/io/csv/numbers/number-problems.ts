import { show } from "../../../core/checks.js";
import { credited, creditsOf, marksAround, unitOf } from "./cell-marks.js";
import { quoted } from "./flags.js";
import { type NumberStyle, stylesOf } from "./numbers.js";
import { type Unit, unitsIn } from "./units.js";

/** Why a cell could not be read, to be told with its place. */
export interface Problem {
  readonly code: string;
  readonly value: string;
  readonly sentence: string;
}

/** What is wrong with a number that is not finite. */
export function infinite(value: string): Problem {
  return {
    code: "infinite-value",
    value,
    sentence: `${show(value)} is not a finite number; write a number, or leave the cell empty for a missing value.`,
  };
}

/** What is wrong with a number whose comma can mean two things. */
export function unclear(value: string): Problem {
  return {
    code: "ambiguous-number",
    value,
    sentence: `${show(value)} could have a decimal comma or a comma between thousands; choose with --decimal , or --decimal .`,
  };
}

/** Longest cell that is repeated as a flag. */
const LONG = 40;

/** What is wrong with a cell that is no number in the style of its column. */
export function notNumber(value: string, style: NumberStyle, seenMarks: string): Problem {
  const [account] = creditsOf([value]);
  if (account !== undefined)
    return { code: "sign-in-number", value, sentence: `${show(value)} ${credited(account)}` };
  const marked = marksAround(value);
  if (marked !== null) return beside(value, marked, seenMarks);
  if (seenMarks !== "" && unitOf([value]) === seenMarks)
    return {
      code: "sign-in-number",
      value,
      sentence: `${show(value)} has the unit ${seenMarks} beside the number; read the number alone with --strip ${quoted(seenMarks)}.`,
    };
  const other = stylesOf([value])[0];
  const mark = style.point === "," ? "comma" : "point";
  const groups =
    style.group === "," || style.group === "."
      ? ` and ${style.group === "," ? "commas" : "points"} between thousands`
      : "";
  const reason =
    other === undefined
      ? "is not a number"
      : `is not a number with a decimal ${mark}${groups} like the other cells`;
  const way =
    other === undefined
      ? `write a number, or leave the cell empty for a missing value${value.length > LONG ? "" : ` (or read it as one with --na ${quoted(value)})`}`
      : `correct it, or give the decimal mark of the column with --decimal ${other.point}`;
  return { code: "text-in-value", value, sentence: `${show(value)} ${reason}; ${way}.` };
}

/** What is wrong with a cell that has another unit than those above, or none. */
export function otherUnit(value: string, { base, powers }: Unit, first: string | null): Problem {
  const measured = unitsIn([value]).length > 0;
  const like = first === null ? `with ${base}` : `such as ${show(first)}`;
  const way =
    powers.size > 1
      ? "write the number in full"
      : base === ""
        ? "write all numbers in full"
        : measured
          ? "write all in one unit"
          : "write all in one unit, or, if they mean the same, take what stands beside the numbers out with --strip";
  return {
    code: "sign-in-number",
    value,
    sentence: `${show(value)} has another unit than the numbers above, ${like}; ${way}.`,
  };
}

/** A number with something beside it. */
function beside(
  value: string,
  { marks, kind }: NonNullable<ReturnType<typeof marksAround>>,
  seenMarks: string,
): Problem {
  const bound = /^[<>≤≥]/.test(marks);
  const all = [...new Set(marks + seenMarks)].join("");
  const sentence =
    kind === "multiple"
      ? `${show(value)} has ${show(marks)} beside the number, which may stand for a multiple; write the number in full.`
      : bound
        ? `${show(value)} is a bound, not a number; read it as missing with --na ${quoted(value)}, or as its number with --strip ${quoted(marks)}.`
        : severalMoneys(all)
          ? `${show(value)} has ${marks} beside the number, others have ${[...all].filter((mark) => !marks.includes(mark)).join(" ")}; write all in one currency.`
          : /[%‰]/.test(marks)
            ? `${show(value)} has ${marks} beside the number, which others lack; write all as percent or all as shares, or, if all mean the same, read the number alone with --strip ${quoted(all)}.`
            : `${show(value)} has ${[...marks].join(" ")} beside the number; read the number alone with --strip ${quoted(all)}.`;
  return { code: "sign-in-number", value, sentence };
}

/** Whether marks are those of several currencies. */
function severalMoneys(marks: string): boolean {
  return [...marks].filter((mark) => /\p{Sc}/u.test(mark)).length > 1;
}
