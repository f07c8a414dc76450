import { show } from "../../../core/checks.js";
import { isDayAndMonth, monthNamed, weekdaysLike } from "../../../core/time/forms/index.js";
import type { Problem } from "../numbers/number-problems.js";
import { isOtherStep, type Step, stepOfCell } from "./other-steps.js";

/** The cell that a reading of a column does not fit. */
export interface UnreadableCell {
  readonly row: number;
  readonly text: string;
}

/** What is wrong with a cell of a column of times that no reading fits; `others` where cells above it were read. */
export function timeProblem(text: string, others: boolean, only: Step | null): Problem {
  if (only !== null && isOtherStep(text, only))
    return { code: "other-step", value: stepOfCell(text), sentence: OTHER_STEP };
  if (text.trim() === "") return { code: "missing-time", value: "", sentence: MISSING_TIME };
  if (/^\d{4}-(M13|Q05|S03)$/.test(text)) return { code: "annual-average", value: text, sentence: AVERAGE };
  if (/^\p{L}+\.?$/u.test(text) && monthNamed(text) > 0) return yearless(text);
  const sentence = yearsWithDecimals(text) ?? ofPart(text);
  return sentence === null ? unreadable(text, others) : { code: "bad-time", value: text, sentence };
}

/** What is wrong with a year whose decimals are no month, quarter or day. */
function yearsWithDecimals(text: string): string | null {
  const [, decimals] = /^[12]\d{3}[.,](\d+)$/.exec(text.trim()) ?? [];
  if (decimals === undefined) return null;
  const share = Number(`0.${decimals}`);
  const rows = share > 0 && share < 0.5 ? Math.round(1 / share) : 52;
  return `the years with decimals, such as ${text.trim()}, lie on no months, quarters or days; count rows with --time none, and give the rows of a year with --period, e.g. --period ${rows}.`;
}

/** `5 min`, `Day 1` and `W3`. */
const COUNTED =
  /^(?:\d+(?:[.,]\d+)? ?(?:s|sec|seconds?|min|mins|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|years?)|(?:day|week|wk|month|quarter|year|period|hour|kw|woche|tag|monat|semaine|jour|mois|w) ?\d{1,3})$/i;

const CLOCK = /^\d{1,2}(:\d\d){1,2}(\.\d+)?( ?[ap]\.? ?m\.?)?$/i;
const MONTHS = /^(\p{L}+\.?)\s?[-–/]\s?(\p{L}+\.?)[\s,'-]+\d{2,4}$/u;

/** What is wrong with `01 Jan`. */
export const DAY_AND_MONTH =
  "a day and a month without a year; write the year beside them or in a column of its own, or count rows with --time none.";

const NUMBERS = /^\d{1,2}([./-])\d{1,2}\1?$/;

/** What is wrong with a cell that is a part of a time, or a range of months. */
function ofPart(text: string): string | null {
  const cell = text.trim();
  if (CLOCK.test(cell))
    return `${show(text)} is a time of day without a date; write the date before it or in a column of its own, or count rows with --time none, and give the rows of a day with --period.`;
  if (isDayAndMonth(cell) || NUMBERS.test(cell)) return `${show(text)} is ${DAY_AND_MONTH}`;
  const unit = COUNTED.exec(cell);
  if (unit !== null)
    return `${show(text)} counts from a beginning that is not known; write dates, or count rows with --time none.`;
  if (/^\p{L}{2,}\.?$/u.test(cell) && weekdaysLike(cell) !== null)
    return `${show(text)} is a day of the week without a date; write dates, or count rows with --time none, and give the rows of a week with --period.`;
  const [, first, last] = MONTHS.exec(cell) ?? [];
  if (first !== undefined && monthNamed(first) > 0 && monthNamed(last!) > 0)
    return `${show(text)} is a range of months; write quarters as 2024 Q1, other ranges by their first month, or count rows with --time none.`;
  return null;
}

/** Whether a row is no error, but one that is left out. */
export function isAside({ code }: Problem): boolean {
  return code === "annual-average" || code === "other-step";
}

const MISSING_TIME = "the time is missing; every row needs one, so fill it in or take the row out.";

const OTHER_STEP = "the row stands for another step than those that are read.";

const AVERAGE = "the row is the average of a year among those of its parts.";

function yearless(text: string): Problem {
  const sentence = `${show(text)} is a month without a year; write the year beside it or in a column of its own, or count rows with --time none.`;
  return { code: "bad-time", value: text, sentence };
}

/** What is wrong with a cell that is no time, or not one like those above it. */
export function unreadable(text: string, others: boolean): Problem {
  const how = others ? "is not a time written like those above it" : "is not a time that can be read";
  return {
    code: "bad-time",
    value: text,
    sentence: `${show(text)} ${how}; write all as 2024-01-31, 2024-01, 2024 Q1, 2024-W05 or 2024-01-31T05:00, name another column with --time, or count rows with --time none.`,
  };
}
