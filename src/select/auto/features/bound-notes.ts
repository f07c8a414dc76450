import type { Note } from "../../../core/model.js";
import type { Series } from "../../../core/series.js";

/** That forecasts are bounded below because values fall towards 0, which is no certainty: temperatures go on. */
export function boundedBelowNote({ id }: Series): Note {
  return {
    code: "bound-assumed",
    severity: "warning",
    message: `All values of ${id} are above 0 and fall towards it, so auto forecasts none below 0. Where values can be negative, add a constant to them before, and subtract it from the forecasts.`,
    details: { lowest: 0 },
  };
}

/** That no value above a bound is forecast, since none was seen there and some lie at it. */
export function boundedAboveNote({ id }: Series, highest: number): Note {
  return {
    code: "bound-assumed",
    severity: "info",
    message: `Values of ${id} reach up to ${highest} and never pass it, so auto forecasts none above ${highest}.`,
    details: { highest },
  };
}
