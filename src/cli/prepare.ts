import { usageError, YuleError } from "../core/errors.js";
import type { Note } from "../core/model.js";
import type { Panel, Series } from "../core/series.js";
import { formatFrequency } from "../core/time/calendar.js";
import { largestOf, smallestOf } from "../math/extremes.js";
import { aggregated } from "../prepare/aggregate.js";
import { fill, only, total } from "../prepare/panel.js";
import { exclude, window } from "../prepare/window.js";
import { type Context, reportNotes } from "./context.js";

/** Whether any setting changes the series before they are used. */
export function isPrepared({ settings }: Context): boolean {
  const { aggregate, from, to, last, only: ids, exclude: spans, fill: how, total: sum } = settings;
  return [aggregate, from, to, last, ids, spans, how, sum].some((setting) => setting !== undefined);
}

/**
 * The panel as --only, --from, --to, --last, --exclude, --fill, --aggregate and --total, in this order, make it of what was
 * read. A series of several that has nothing left is left out with a warning.
 *
 * @param isAggregated whether the rows were aggregated while they were read.
 * @throws YuleError where no series is left, and as the functions of `prepare/` do for what is wrong with all.
 */
export function preparedPanel(context: Context, panel: Panel, isAggregated: boolean): Panel {
  const { settings } = context;
  const chosen = settings.only === undefined ? panel : only(panel, settings.only);
  const kept: Series[] = [];
  const tally: Tally = { excluded: 0, filled: 0 };
  let failure: YuleError | null = null;
  for (const series of chosen) {
    try {
      kept.push(preparedSeries(context, series, chosen.length === 1, isAggregated, tally));
    } catch (error) {
      if (!(error instanceof YuleError) || error.category === "usage") throw error;
      failure ??= error;
      if (chosen.length > 1) context.warn(`${series.id} was left out: ${error.message}`);
    }
  }
  if (kept.length === 0 && failure !== null) throw failure;
  const whole = settings.total === true ? [...kept, total(kept)] : kept;
  const spans = new Set(whole.map(({ time }) => (time === null ? "rows" : formatFrequency(time.frequency))));
  if (isPrepared(context)) context.decided(sentence(context, whole, [...spans].join(", "), tally));
  return whole;
}

/** @throws YuleError where settings that prepare the data do not go together. */
export function requirePreparable({ settings }: Context): void {
  if (settings.aggregate !== undefined && settings.frequency === undefined) {
    throw usageError(
      "missing-frequency",
      "aggregate",
      settings.aggregate,
      "--aggregate needs the step to aggregate to: add --frequency, e.g. --frequency M for months.",
    );
  }
  if (settings.partial !== undefined && settings.aggregate === undefined) {
    throw usageError(
      "missing-aggregate",
      "partial",
      settings.partial,
      "--partial needs --aggregate; leave it out.",
    );
  }
  const cut = (["to", "aggregate", "total"] as const).find((name) => settings[name] !== undefined);
  if (cut !== undefined && settings.future !== undefined) {
    throw usageError(
      "conflicting-options",
      cut,
      settings[cut],
      `--${cut} and --future cannot go together: the future rows belong to the whole series of the file.`,
    );
  }
}

/** Values that became missing, and missing ones that were filled in. */
interface Tally {
  excluded: number;
  filled: number;
}

function missingIn({ y }: Series): number {
  return y.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
}

function preparedSeries(
  context: Context,
  series: Series,
  alone: boolean,
  isAggregated: boolean,
  tally: Tally,
): Series {
  const {
    from,
    to,
    last,
    exclude: spans = [],
    fill: how,
    aggregate: by,
    frequency,
    partial,
    period,
  } = context.settings;
  let result = series;
  if (from !== undefined || to !== undefined || last !== undefined) {
    result = window(result, {
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(last === undefined ? {} : { last }),
    });
  }
  const before = missingIn(result);
  for (const span of spans) result = exclude(result, span);
  const missing = missingIn(result);
  tally.excluded += missing - before;
  if (how !== undefined) result = fill(result, how);
  tally.filled += missing - missingIn(result);
  if (by === undefined || isAggregated) return result;
  const { series: coarse, notes } = aggregated(result, {
    by,
    frequency: frequency!,
    ...(partial === undefined ? {} : { partial }),
    ...(typeof period === "number" ? { period } : {}),
  });
  reportNotes(context, "", alone ? notes : notes.filter(isWarning));
  return coarse;
}

function isWarning({ severity }: Note): boolean {
  return severity === "warning";
}

function sentence({ settings }: Context, panel: Panel, step: string, { excluded, filled }: Tally): string {
  const by = settings.aggregate === undefined ? "" : `, ${settings.aggregate} by ${step}`;
  const lengths = panel.map(({ y }) => y.length);
  const [least, most] = [smallestOf(lengths), largestOf(lengths)];
  const values = least === most ? String(most) : `${least} to ${most}`;
  const used = panel.length === 1 ? `${values} values` : `${panel.length} series of ${values} values`;
  const out =
    settings.exclude === undefined
      ? ""
      : `; ${excluded} excluded ${excluded === 1 ? "value" : "values"} made missing`;
  const into =
    settings.fill === undefined
      ? ""
      : `; ${filled} missing ${filled === 1 ? "value" : "values"} filled in (${settings.fill})`;
  return `Using ${used}${by}${out}${into}.`;
}
