import { requireText } from "../core/arguments/numbers.js";
import { requirePanel } from "../core/arguments/objects.js";
import { nearest, show } from "../core/checks.js";
import { dataError, usageError } from "../core/errors.js";
import { NO_INPUTS, type Panel, requireSeries, type Series } from "../core/series.js";
import { timeAt } from "../core/time/calendar.js";
import { sameStep } from "../core/time/frequency.js";
import { interpolateMissing } from "../diagnostics/interpolate.js";

/**
 * The series of a panel with the given ids, in the order of the panel.
 *
 * @param panel series with different ids.
 * @param ids ids to keep, each one of the panel's.
 * @returns the series with these ids, in their order of the panel.
 * @throws YuleError `unknown-id` naming the nearest.
 * @example only(panel, ["North/A", "South/C"]);
 */
export function only(panel: Panel, ids: readonly string[]): Panel {
  requirePanel(panel, "only takes");
  if (!Array.isArray(ids))
    throw usageError("bad-ids", "ids", ids, `The ids must be an array of texts, not ${show(ids)}.`);
  const known = panel.map(({ id }) => id);
  for (const id of ids) {
    if (known.includes(id)) continue;
    requireText("id", id, '"north"');
    throw usageError(
      "unknown-id",
      "only",
      id,
      `There is no series ${show(id)}; the nearest is ${show(nearest(id, known))}.`,
    );
  }
  return panel.filter(({ id }) => ids.includes(id));
}

export type FillWith = "zero" | "last" | "interpolate";

const WAYS: readonly FillWith[] = ["zero", "last", "interpolate"];

/**
 * A series with its missing values filled in: by 0, by the last observed value, or by interpolation. Values before the first
 * observed one stay missing with `last`.
 *
 * @param source n values, NaN where missing.
 * @param how `"zero"`, `"last"` (the last observed value) or `"interpolate"`.
 * @returns the series without missing values inside.
 * @example fill(series([1, Number.NaN, 3]), "last").y; // 1, 1, 3
 */
export function fill(source: Series, how: FillWith): Series {
  const { y } = requireSeries(source, "fill takes");
  if (!WAYS.includes(how))
    throw usageError("bad-fill", "how", how, `Gaps are filled by ${WAYS.join(", ")}, not ${show(how)}.`);
  if (!y.some((value) => Number.isNaN(value))) return source;
  if (how === "zero") return { ...source, y: y.map((value) => (Number.isNaN(value) ? 0 : value)) };
  if (how === "interpolate") return { ...source, y: interpolateMissing(y, source.period) };
  let last = Number.NaN;
  return {
    ...source,
    y: y.map((value) => {
      if (!Number.isNaN(value)) last = value;
      return last;
    }),
  };
}

/**
 * The sum of all series of a panel as a series of its own. Times that not every series has are missing.
 *
 * @param panel series that share their times.
 * @param id of the sum; default `"total"`.
 * @returns the sum of the series.
 * @throws YuleError `mixed-steps` where the series do not share one step and its times.
 * @example total(panel).y;
 */
export function total(panel: Panel, id = "total"): Series {
  requirePanel(panel, "total takes");
  requireText("id", id, '"total"');
  const [first] = panel;
  if (first === undefined)
    throw dataError("no-rows", "panel", 0, "The panel has no series; there is nothing to add up.");
  const places = panel.map((series) => offsetFrom(first, series));
  const [start, end] = panel.reduce(
    ([low, high], { y }, at) => [Math.min(low, places[at]!), Math.max(high, places[at]! + y.length)],
    [0, 0],
  );
  const earliest = panel[places.indexOf(start)]!;
  const y = new Float64Array(end - start);
  panel.forEach((series, at) => {
    const from = places[at]! - start;
    for (let t = 0; t < y.length; t++) y[t] = y[t]! + (series.y[t - from] ?? Number.NaN);
  });
  return { ...earliest, id, y, inputs: NO_INPUTS };
}

const MANY_STEPS = 1200;

/** Steps from the start of one series to that of another. */
export function offsetFrom(first: Series, series: Series): number {
  const [a, b] = [first.time, series.time];
  if (a === null || b === null) {
    if (a === b) return 0;
    throw mixed(first, series);
  }
  if (!sameStep(a.frequency, b.frequency)) throw mixed(first, series);
  const wanted = timeAt(b, 0).local;
  // Months are not equally long: the mean of many steps is near enough to begin with.
  const step = (timeAt(a, MANY_STEPS).local - timeAt(a, 0).local) / MANY_STEPS;
  const guess = Math.round((wanted - timeAt(a, 0).local) / step);
  for (let near = guess - 3; near <= guess + 3; near++) if (timeAt(a, near).local === wanted) return near;
  throw mixed(first, series);
}

function mixed(first: Series, series: Series): Error {
  return dataError(
    "mixed-steps",
    series.id,
    null,
    `${first.id} and ${series.id} do not share their times, so they cannot be added up; aggregate them to one step first.`,
  );
}
