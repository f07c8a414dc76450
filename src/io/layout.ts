import type { Frequency } from "../core/time.js";
import { formatTime } from "../core/time-style.js";
import { fileError } from "./csv-errors.js";
import { finishTimes, type TimeChoices, type Times } from "./finish-times.js";
import { type Labels, positionsOnGrid, refuseDuplicates } from "./grid.js";
import { type Groups, groupRows } from "./groups.js";
import { findSpacing, givenSpacing, type Spacing } from "./spacing.js";
import type { Table } from "./table.js";
import { withInstants } from "./zoned-rows.js";

/** Where the rows of a table lie in its series. */
export interface Layout {
  readonly groups: Groups;
  readonly times: Times | null;
  readonly spacing: Spacing | null;
  /** Steps from the start of its series to each row, in the order of `groups.rows`. */
  readonly positions: Float64Array;
}

/**
 * Groups, times, step and positions of the rows of a table.
 *
 * @throws YuleError naming rows or ids: `duplicate-times`, `irregular-times`, `mixed-frequencies` ….
 */
export function layoutOf(table: Table, choices: TimeChoices): Layout {
  const { time } = table.plan;
  const counted = choices.frequency?.unit === "index";
  if (time === null) return countedLayout(table, null);
  const read = finishTimes(time.column, table, choices);
  const times = withInstants(read, table);
  const order = times.instants ?? times.local;
  const groups = groupRows(table, order);
  const labels: Labels = {
    table,
    column: time.column.name,
    local: times.local,
    time: (row) => labelOf(times, row),
  };
  refuseDuplicates(groups, order, labels);
  if (counted && times.form !== "index") return { ...countedLayout(table, groups), spacing: COUNTING };
  if (choices.frequency !== null && !counted && times.form === "index")
    throw noDates(choices.frequency, labels);
  const given = choices.frequency !== null && !counted;
  const spacing = given ? givenSpacing(choices.frequency, groups, times) : findSpacing(groups, times);
  return { groups, times, spacing, positions: positionsOnGrid(groups, spacing, given, labels) };
}

const COUNTING: Spacing = {
  frequency: { unit: "index", count: 1 },
  ruler: "index",
  marks: new Float64Array(0),
  days: null,
  assumed: false,
  loose: false,
  odd: null,
};

/** Rows in the order they stand, one step apart. */
function countedLayout(table: Table, ordered: Groups | null): Layout {
  const groups = ordered ?? groupRows(table, null);
  const positions = new Float64Array(groups.rows.length);
  for (let group = 0; group < groups.ids.length; group++) {
    for (let i = groups.starts[group]!; i < groups.starts[group + 1]!; i++)
      positions[i] = i - groups.starts[group]!;
  }
  return { groups, times: null, spacing: null, positions };
}

function noDates(frequency: Frequency, { table, column }: Labels): Error {
  return fileError(
    "bad-frequency",
    { file: table.plan.file, column },
    frequency.unit,
    `its times are whole numbers, not dates, so a step of a ${frequency.unit} means nothing; leave --frequency out, or give the season with --period.`,
  );
}

/** The time of a row as the file writes it. */
export function labelOf(times: Times, row: number): string {
  const local = times.local[row]!;
  if (times.form === "index") return String(local);
  const offset = times.instants === null ? 0 : (local - times.instants[row]!) / 60_000;
  return formatTime(times.style, { local, offset });
}
