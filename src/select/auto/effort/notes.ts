import type { Note } from "../../../core/model.js";
import type { Series } from "../../../core/series.js";

/** Series of one kind from which models learn together. */
export const LEAST_SERIES = 20;

/** Which models learned from how many series. */
export function learnedNote(models: readonly string[], count: number): Note {
  return {
    code: "learned-together",
    severity: "info",
    message: `auto: with high effort ${models.join(" and ")} learned from ${count} series together. In each series past errors decide their weights.`,
    details: { models, series: count },
  };
}

/** That a series is forecast as by `auto` alone. */
export function tooFewNote({ id }: Series, count: number): Note {
  const alike =
    count === 1 ? "no other series has its frequency, period and inputs" : `${count} series are alike`;
  return {
    code: "effort-unused",
    severity: "warning",
    message: `High effort made no difference to ${id}: ${alike}, and ${LEAST_SERIES} are needed to learn from them together.`,
    details: { series: count, needed: LEAST_SERIES },
  };
}

/** That a model could not learn from the panel. */
export function notLearnedNote(model: string, why: string): Note {
  return {
    code: "not-learned",
    severity: "warning",
    message: `auto: ${model} takes no part: ${why}`,
    details: { model },
  };
}
