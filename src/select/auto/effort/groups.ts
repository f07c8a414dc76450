import { formatFrequency } from "../../../core/time/frequency.js";
import type { Prepared } from "../fit/index.js";

/** Series of one kind: of the same frequency, period and inputs, from which one model can learn. */
export function groupsOf(prepared: readonly Prepared[]): readonly (readonly Prepared[])[] {
  const groups = new Map<string, Prepared[]>();
  for (const one of prepared) {
    const { time, period, inputs } = one.series;
    const step = time === null ? null : formatFrequency(time.frequency);
    const kind = JSON.stringify([step, period, inputs.names]);
    const group = groups.get(kind);
    if (group === undefined) groups.set(kind, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}
