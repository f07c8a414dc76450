import type { Note, Origin } from "../core/model.js";
import type { Inputs, Series } from "../core/series.js";

/** Where a model stands after being fitted to the whole of a series. */
export function originOf(series: Series): Origin {
  return {
    id: series.id,
    period: series.period,
    time: series.time,
    length: series.y.length,
    inputNames: series.inputs.names,
    ...rulesOf(series.inputs),
  };
}

function rulesOf({ names, rules }: Inputs): Pick<Origin, "inputRules"> {
  const own = Object.entries(rules ?? {}).filter(([name]) => names.includes(name));
  return own.length === 0 ? {} : { inputRules: Object.fromEntries(own) };
}

export function constantNote(series: Series): Note {
  return {
    code: "no-variation",
    severity: "warning",
    message: `${series.id} is constant, or constant after the model's adjustment: its intervals have no width.`,
  };
}
