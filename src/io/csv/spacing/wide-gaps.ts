import type { Note } from "../../../core/model.js";
import { formatFrequency } from "../../../core/time/frequency.js";
import { marksPerStep } from "../../../core/time/time-steps.js";
import { fileError } from "../errors.js";
import { idAt, type Labels, timeText, whereOf } from "./grid.js";
import { rowAt } from "./groups.js";
import type { Spacing } from "./spacing.js";
import { spanText } from "./span-text.js";

/** A file may grow this many times over by filling one gap in; beyond, a date is wrong. */
const MOST_IN_ONE = 10;
/** The same for all gaps together; beyond, the step is not what it seems. */
const MOST_FILLED = 50;
const FEW = 10_000;
/** Missing rows that are never too many. */
const SEVERAL = 100;
/** What a step that was given may make of a file. */
const MOST_GIVEN = 1000;
const MANY = 1_000_000;

/** Shortest gap, in steps and as a share of the rows of its series, that is told as one of a wrong date. */
const WIDE = 12;
const WIDE_SHARE = 0.5;

/** The widest gap between two times that follow each other: the place behind it and how many steps are missing. */
interface Gap {
  readonly place: number;
  readonly missing: number;
  /** Rows of its series. */
  readonly rows: number;
}

/**
 * Refuses times that would make a series of nothing but missing values.
 *
 * @throws YuleError `too-many-gaps`, naming the row.
 */
export function refuseGaps(spacing: Spacing, positions: Float64Array, given: boolean, labels: Labels): void {
  const { ids, starts } = labels.groups;
  let steps = 0;
  for (let series = 0; series < ids.length; series++) steps += positions[starts[series + 1]! - 1]! + 1;
  const rows = positions.length;
  const gap = widestGap(positions, labels);
  const missing = steps - rows;
  if (gap === null) return;
  const oneDate = spacing.ruler !== "index" && missing > MOST_IN_ONE * rows && 2 * gap.missing >= missing;
  const beyond = given
    ? steps > MOST_GIVEN * rows + MANY
    : steps > MOST_FILLED * rows + FEW || (oneDate && missing > SEVERAL);
  if (!beyond) return;
  const step = formatFrequency(spacing.frequency);
  const place = whereOf(labels, gap.place);
  const way =
    given || steps > MOST_GIVEN * rows + MANY
      ? "count rows with --frequency index"
      : `fill the gap all the same with --frequency ${step}`;
  throw fileError(
    "too-many-gaps",
    place,
    timeText(labels.times, gap.place),
    `${jumpText(gap, spacing, labels)}, where the file has ${rows} rows; correct the time if it is wrong, give another step with --frequency, or ${way}.`,
    { rows: [place.row], missing, id: idAt(gap.place, labels) },
  );
}

/** A warning about a gap so wide that a date may be wrong; null where there is none. */
export function wideGapNote(spacing: Spacing, positions: Float64Array, labels: Labels): Note | null {
  const gap = widestGap(positions, labels);
  if (gap === null || gap.missing < Math.max(WIDE, WIDE_SHARE * gap.rows)) return null;
  const { row } = whereOf(labels, gap.place);
  return {
    code: "wide-gap",
    severity: "warning",
    message: `Row ${row}: ${jumpText(gap, spacing, labels)}; correct the time if it is wrong.`,
    details: { row, missing: gap.missing },
  };
}

/** `2032-01-01 follows 2023-01-01 in row 86; 3287 days are missing` */
function jumpText({ place, missing }: Gap, { ruler, frequency }: Spacing, labels: Labels): string {
  const before = earlierInFile(place, labels);
  const row = whereOf(labels, before).row;
  const times = `${timeText(labels.times, place)} follows ${timeText(labels.times, before)} in row ${row}`;
  const one = spanText(ruler, marksPerStep(frequency));
  const count = missing.toLocaleString("en-US");
  const what = /^1 (\w+)$/.exec(one)?.[1];
  const steps = what === undefined ? `steps of ${one}` : `${what}${missing === 1 ? "" : "s"}`;
  return `${times}; ${count} ${steps} ${missing === 1 ? "is" : "are"} missing`;
}

/** The row before in the file, where the one behind the gap is out of order; else the one before in time. */
function earlierInFile(place: number, { groups }: Labels): number {
  const row = rowAt(groups, place);
  if (groups.rows === null || row === 0) return place - 1;
  const before = groups.rows.indexOf(row - 1);
  const series = groups.starts.findLastIndex((start) => start <= place);
  return before >= groups.starts[series]! && before < place ? before : place - 1;
}

function widestGap(positions: Float64Array, { groups: { ids, starts } }: Labels): Gap | null {
  let widest: Gap | null = null;
  for (let series = 0; series < ids.length; series++) {
    const [from, to] = [starts[series]!, starts[series + 1]!];
    for (let place = from + 1; place < to; place++) {
      const missing = positions[place]! - positions[place - 1]! - 1;
      if (missing > (widest?.missing ?? 0)) widest = { place, missing, rows: to - from };
    }
  }
  return widest;
}
