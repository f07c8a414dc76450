import { DATE_FORMS, readTime } from "../../../core/time/forms/index.js";
import { formatFrequency, parseFrequency } from "../../../core/time/frequency.js";

/** What a row of a table can stand for: a week, a month, a quarter, half a year, a year; the finest first. */
const STEPS = ["week", "month", "quarter", "half", "year"] as const;
export type Step = (typeof STEPS)[number];

/** Least rows of a step that show it to be none by mistake, and least of the finest one to be taken without being asked for. */
const SHOWN = 2;
const TAKEN = 6;

/** Cells from which on a column without any such step has none. */
const ENOUGH = 20;

/** Share of the cells that have to be weeks, months, quarters or years. */
const MOST = 0.9;

/** A year, and words for one before it: `2023`, `Jahr 2023`, `CY2023`. */
const YEAR = /^(?:(?:year|jahr|année|annee|año|ano|anno|jaar|år|rok|cy|fy)\s?)?[12]\d{3}$/iu;

/** Keys of the forms that hardly anything else has. */
const USUAL = new Set(DATE_FORMS.filter(({ rank }) => rank === 0).map(({ key }) => key));

/** The steps that a written time can stand for, the likely one first; none for a day, a moment, or no time. */
function stepsIn(text: string): readonly Step[] {
  const cell = text.trim();
  if (YEAR.test(cell)) return ["year"];
  const grains = readTime(cell, USUAL).map(({ grain }) => grain);
  return grains.includes("date") ? [] : (grains as Step[]);
}

/** Whether a cell stands for another step than the one that is read. */
export function isOtherStep(text: string, only: Step): boolean {
  const steps = stepsIn(text);
  return steps.length > 0 && !steps.includes(only);
}

/**
 * The one of several steps in a column that is to be read, such as the months of a file with years, quarters and months one
 * below another: the one that was asked for, else the finest. Null where all cells can have one step.
 */
export function stepToRead(cells: readonly string[], asked: string | undefined): Step | null {
  const counts = new Map<Step, number>();
  let common: readonly Step[] = STEPS;
  let known = 0;
  for (const [row, cell] of cells.entries()) {
    if (row === ENOUGH && known === 0) return null;
    const steps = stepsIn(cell);
    if (steps.length === 0) continue;
    known++;
    common = common.filter((step) => steps.includes(step));
    counts.set(steps[0]!, (counts.get(steps[0]!) ?? 0) + 1);
  }
  const shown = STEPS.filter((step) => (counts.get(step) ?? 0) >= SHOWN);
  if (common.length > 0 || shown.length < 2 || known < MOST * cells.length) return null;
  if (asked === undefined) return counts.get(shown[0]!)! >= TAKEN ? shown[0]! : null;
  const { unit, count } = parseFrequency(asked);
  const wanted = STEPS.findIndex((step) => step === (unit === "quarter" && count === 2 ? "half" : unit));
  // Finer rows than those of a sample may come later; coarser ones would have been seen.
  const possible = wanted >= 0 && (shown.includes(STEPS[wanted]!) || wanted < STEPS.indexOf(shown[0]!));
  return possible ? STEPS[wanted]! : shown[0]!;
}

/** The flag that reads rows of a step. */
export function frequencyFlag(step: Step): string {
  const unit = step === "half" ? ({ unit: "quarter", count: 2 } as const) : { unit: step, count: 1 };
  return `--frequency ${formatFrequency(unit)}`;
}

/** The step of a cell that was left out, for a note. */
export function stepOfCell(text: string): Step {
  return stepsIn(text)[0] ?? "year";
}
