import { formatFrequency } from "../../../core/time/frequency.js";
import { marksPerStep } from "../../../core/time/time-steps.js";
import { fileError, listing } from "../errors.js";
import { quoted } from "../numbers/flags.js";
import type { TablePlan } from "../table-plan.js";
import type { Groups } from "./groups.js";
import { frequencyOf, type Spacing } from "./spacing.js";
import { distancesOf } from "./steps.js";

/** Rows from which on a series shows a step of its own. */
const ENOUGH = 4;

/** Stands for steps of a month among days, which are not equally long. */
const MONTHS = -1;

/** @throws YuleError `mixed-frequencies`, naming ids, where series of one panel step differently. */
export function refuseMixed(groups: Groups, spacing: Spacing, { file, ids, names }: TablePlan): void {
  if (groups.ids.length < 2) return;
  const usual = marksPerStep(spacing.frequency);
  const byStep = new Map<number, string[]>([[usual, []]]);
  groups.ids.forEach((id, series) => {
    const step = stepOf(groups, spacing, series, usual);
    const alike = byStep.get(step) ?? [];
    alike.push(id ?? "");
    byStep.set(step, alike);
  });
  if (byStep.size === 1) return;
  const parts = [...byStep].map(
    ([step, ids]) =>
      `${listing(ids, 3)} by ${step === MONTHS ? "M" : formatFrequency(frequencyOf(spacing.ruler, step))}`,
  );
  const single = ids.length === 1 ? [...byStep.values()].find((alike) => alike.length === 1)?.[0] : undefined;
  const condition = single === undefined ? "" : ` ${quoted(`${names[ids[0]!]!}=${single}`)}`;
  throw fileError(
    "mixed-frequencies",
    { file },
    parts,
    `the series have different steps, ${parts.join("; ")}; read those of one step alone with --where${condition}, or put them in a file of their own.`,
    { ids: [...byStep.values()].slice(1).flat().slice(0, 20) },
  );
}

/** The step of one series, where it clearly has another than the usual one: half its rows have it, none breaks it. */
function stepOf(groups: Groups, { marks, ruler }: Spacing, series: number, usual: number): number {
  const count = groups.starts[series + 1]! - groups.starts[series]!;
  if (count < ENOUGH) return usual;
  const distances = distancesOf(groups, marks, series);
  const own = distances.mode();
  if (own === usual) return usual;
  const all = distances.entries();
  if (ruler === "day" && usual === 1 && [...all.keys()].every((days) => days >= 28 && days <= 31))
    return MONTHS;
  const unbroken = [...all.keys()].every((distance) => distance % own === 0);
  return unbroken && 2 * all.get(own)! >= count - 1 ? own : usual;
}
