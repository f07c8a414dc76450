import { usageError } from "../core/errors.js";
import type { Panel } from "../core/series.js";
import { type Hierarchy, hierarchy } from "../reconcile/index.js";
import { factorsOf } from "../reconcile/structure.js";
import { type Context, reportNotes } from "./context.js";
import type { Settings } from "./options/options.js";

/** Settings that have no meaning for sums, and why. */
const CONFLICTS = {
  load: "models of a hierarchy are fitted to its sums",
  inputs: "regressors cannot be added up; --holidays, --calendar and --events work",
  future: "regressors cannot be added up; --holidays, --calendar and --events work",
  total: "the hierarchy has a total already",
  probability:
    "its probabilities would be those of forecasts that do not add up; count paths of yule simulate --hierarchy",
  draft: "paths that add up are drawn together, from all series at once",
  decode: "paths that add up are drawn together, from all series at once",
  max: "sums are larger than what they add up",
} as const;

/**
 * The columns whose cells name the series of the hierarchy asked for; null where there is none, or one of the total alone.
 *
 * @throws YuleError `conflicting-options`, `bad-hierarchy`, `bad-min`.
 */
export function hierarchyColumns(settings: Settings): readonly string[] | null {
  const { hierarchy: notation, min, reconcile } = settings;
  if (notation === undefined) {
    if (reconcile === undefined) return null;
    throw usageError(
      "missing-hierarchy",
      "reconcile",
      reconcile,
      "--reconcile needs --hierarchy; name the columns that nest, e.g. --hierarchy region/store, or --hierarchy total.",
    );
  }
  const columns = factorsOf(notation).flat();
  for (const [option, why] of Object.entries(CONFLICTS) as [keyof typeof CONFLICTS, string][]) {
    if (settings[option] !== undefined) throw conflict(option, why);
  }
  if (columns.length > 0 && settings.id !== undefined)
    throw conflict("id", "the hierarchy names the columns of ids");
  if (min !== undefined && min > 0) throw conflict("min", "sums keep a lower bound of 0 only");
  return columns.length === 0 ? null : columns;
}

function conflict(option: keyof Settings, why: string): Error {
  return usageError(
    "conflicting-options",
    option,
    option,
    `--hierarchy and --${option} cannot go together: ${why}.`,
  );
}

/** The hierarchy asked for, and what there is to say of it; null where none is. */
export function hierarchyOf(context: Context, panel: Panel): Hierarchy | null {
  const { hierarchy: notation } = context.settings;
  if (notation === undefined) return null;
  const whole = hierarchy(panel, notation);
  const counts = new Map<string, number>();
  for (const level of whole.levels) counts.set(level, (counts.get(level) ?? 0) + 1);
  const levels = [...counts].map(([level, count]) => `${count} of ${level}`).join(", ");
  context.decided(`The hierarchy has ${whole.series.length} series: ${levels}.`);
  reportNotes(context, "", whole.notes);
  return whole;
}
