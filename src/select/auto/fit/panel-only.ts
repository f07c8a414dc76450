import { dataError, usageError, type YuleError } from "../../../core/errors.js";
import type { Series } from "../../../core/series.js";
import { observedCount } from "../../../models/guard.js";

/** That `effort=high` is for panels. */
export function needsPanel({ id }: Series): YuleError {
  return usageError(
    "needs-panel",
    "effort",
    "high",
    `auto(effort=high) is fitted to all series of a panel together, and ${id} is a single one; leave effort=high out, or use fitAll with the whole panel.`,
  );
}

/** Why no forecast of a series of a panel can be made; null where one can. */
export function refusal({ id, y }: Series): YuleError | null {
  if (observedCount(y) > 0) return null;
  return dataError(
    "series-too-short",
    id,
    0,
    `All values of ${id} are missing, so auto cannot forecast it; leave the series out.`,
  );
}
