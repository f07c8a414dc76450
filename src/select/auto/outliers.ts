import type { Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import type { Outlier } from "../../diagnostics/cleaning/outliers.js";
import { medianOf } from "../../diagnostics/summary.js";
import { extentOf } from "../../math/extremes.js";
import { BEYOND, wildValues } from "./wild-values.js";

/**
 * Distance from the others, in their ranges, beyond which the last value is limited: it is moved to the largest distance at which a value is
 * not an outlier. Nearer ones are kept, because an outlier cannot yet be distinguished from a level shift, and in yearly series large last
 * steps often last.
 */
const BEYOND_LAST = 3;

/** The series that `auto` models, and its notes about extreme values. */
export interface Usable {
  readonly series: Series;
  /** Note about the values that were replaced or limited; null where there is none. */
  readonly note: Note | null;
  /** Warning about an extreme last value that was kept; null where there is none. */
  readonly latest: Note | null;
}

/**
 * The series with single extreme values (a typing error, a day of outage) replaced by values interpolated from the
 * others, and a note that reports it. They are left alone where there are more than one in fifty, next to each other, or the last one.
 */
export function withoutOutliers(series: Series): Usable {
  const wild = wildValues(series).filter(({ index }) => !isExplained(series, index));
  const last = wild.at(-1)?.index === series.y.length - 1 ? wild.at(-1)! : null;
  const early = wild.filter((one) => one !== last);
  if (early.length > 0)
    return {
      series: replaced(series, early),
      note: replacedNote(series, early),
      latest: last && latestNote(series, last),
    };
  if (last === null) return { series, note: null, latest: null };
  const { low, high } = extentOf(series.y.subarray(0, last.index));
  if (Math.max(last.value - high, low - last.value) < BEYOND_LAST * (high - low))
    return { series, note: null, latest: latestNote(series, last) };
  const away = (last.value > high ? BEYOND : -BEYOND) * (high - low);
  const limited = { ...last, replacement: last.replacement + away };
  return { series: replaced(series, [limited]), note: limitedNote(series, limited), latest: null };
}

function replaced(series: Series, values: readonly Outlier[]): Series {
  const y = series.y.slice();
  for (const { index, replacement } of values) y[index] = replacement;
  return { ...series, y };
}

function replacedNote({ id }: Series, values: readonly Outlier[]): Note {
  const [first] = values as readonly [Outlier];
  const one = values.length === 1;
  return {
    code: "outliers-replaced",
    severity: "warning",
    message: `auto replaced ${one ? "an extreme value" : `${values.length} extreme values`} of ${id}: ${first.value} in row ${first.index + 1} by ${Number(first.replacement.toPrecision(4))}${one ? "" : ", …"}.`,
    details: {
      replaced: values.map(({ index, value, replacement }) => ({ row: index + 1, value, replacement })),
    },
  };
}

function limitedNote({ id }: Series, { index, value, replacement }: Outlier): Note {
  return {
    code: "last-value-limited",
    severity: "warning",
    message: `auto replaced the last value of ${id}, ${value} in row ${index + 1}, by ${Number(replacement.toPrecision(4))}: it is far from the others, and later values will show whether the change is permanent. Leave it out if it is wrong.`,
    details: { row: index + 1, value, limit: replacement },
  };
}

function latestNote({ id }: Series, { index, value }: Outlier): Note {
  return {
    code: "latest-value-far",
    severity: "warning",
    message: `The last value of ${id}, ${value} in row ${index + 1}, is far from the others: forecasts depend on whether the change is permanent. Leave it out if it is wrong.`,
    details: { row: index + 1, value },
  };
}

/** Whether an input that is constant in most rows differs in this one: an event, which the model estimates. */
function isExplained({ inputs }: Series, row: number): boolean {
  return inputs.columns.some((column) => {
    const usual = medianOf(column.filter((value) => !Number.isNaN(value)));
    const same = column.reduce((count, value) => count + (value === usual ? 1 : 0), 0);
    return 2 * same > column.length && column[row] !== usual;
  });
}
