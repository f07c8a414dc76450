import type { Note } from "../core/model.js";
import { NO_INPUTS, type Panel, type Series } from "../core/series.js";
import { offsetFrom } from "../prepare/panel.js";

/** Series on one time axis up to their common end; what was missing there is told. */
export function aligned(panel: Panel): {
  readonly placed: readonly Placed[];
  readonly notes: readonly Note[];
} {
  const first = panel[0]!;
  const offsets = panel.map((series) => offsetFrom(first, series));
  const start = offsets.reduce((low, offset) => Math.min(low, offset), 0);
  const end = panel.reduce((high, { y }, at) => Math.max(high, offsets[at]! + y.length), 0);
  const short = panel.filter(({ y }, at) => offsets[at]! + y.length < end);
  const late = panel.filter((_, at) => offsets[at]! > start);
  const placed = panel.map((own, at): Placed => {
    const length = end - offsets[at]!;
    const y = own.y.length === length ? own.y : new Float64Array(length).fill(Number.NaN);
    if (y !== own.y) y.set(own.y);
    return { series: { ...own, y, inputs: NO_INPUTS }, from: offsets[at]! - start };
  });
  return {
    placed,
    notes: [
      ...(late.length === 0 ? [] : [lateNote(late)]),
      ...(short.length === 0 ? [] : [shortNote(short)]),
    ],
  };
}

/** A series and how many steps after the earliest it begins. */
export interface Placed {
  readonly series: Series;
  readonly from: number;
}

/** The sum of series; nothing is added before a series begins, and a missing value makes the sum missing. */
export function summed(id: string, members: readonly Placed[]): Series {
  const from = members.reduce((low, member) => Math.min(low, member.from), Number.POSITIVE_INFINITY);
  const earliest = members.find((member) => member.from === from)!.series;
  const y = new Float64Array(earliest.y.length);
  for (const { series, from: start } of members) {
    const shift = start - from;
    for (let t = 0; t < series.y.length; t++) y[t + shift] = y[t + shift]! + series.y[t]!;
  }
  return { ...earliest, id, y };
}

function lateNote(late: Panel): Note {
  return {
    code: "late-series",
    severity: "info",
    message: `${which(late)} ${late.length === 1 ? "begins" : "begin"} after the others and ${late.length === 1 ? "is" : "are"} not in earlier sums.`,
    details: { ids: late.map(({ id }) => id) },
  };
}

function shortNote(short: Panel): Note {
  return {
    code: "short-series",
    severity: "warning",
    message: `${which(short)} ${short.length === 1 ? "ends" : "end"} before the others; the values to the common end are missing, and so are sums with them. Give rows of 0 for what was closed, or leave it out (--where).`,
    details: { ids: short.map(({ id }) => id) },
  };
}

function which(panel: Panel): string {
  return panel.length === 1
    ? `The series ${panel[0]!.id}`
    : `${panel.length} series, the first ${panel[0]!.id},`;
}
