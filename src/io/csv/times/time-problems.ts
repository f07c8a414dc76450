import { show } from "../../../core/checks.js";
import { monthNamed } from "../../../core/time/forms/index.js";
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
  return unreadable(text, others);
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
