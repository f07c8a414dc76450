import { YuleError } from "../../core/errors.js";
import type { Frequency } from "../../core/time/time.js";
import { fileError } from "./errors.js";
import { type EventRules, Events } from "./events.js";
import { chooseReading } from "./spacing/choose-reading.js";
import { type Labels, type Layout, positionsOnGrid, refuseDuplicates } from "./spacing/grid.js";
import { arranged, type Groups, groupRows } from "./spacing/groups.js";
import { snapped } from "./spacing/snapped.js";
import { findSpacing, givenSpacing, type Spacing } from "./spacing/spacing.js";
import { refuseGaps, wideGapNote } from "./spacing/wide-gaps.js";
import type { Table } from "./table.js";
import { readingsOf } from "./times/finish-times.js";
import type { TimeChoices, Times } from "./times/times.js";
import { withInstants } from "./times/zoned-rows.js";

/** Rows by their step; or, where they have none and rules say what becomes of them, as events. */
export interface LaidOut {
  readonly layout: Layout;
  /** Null where the rows have a step. */
  readonly events: Events | null;
}

/**
 * Groups, times, step and positions of the rows of a table.
 *
 * @param rules what becomes of rows without a step of their own; null: they are refused.
 * @throws YuleError naming rows or ids: `duplicate-times`, `irregular-times`, `mixed-frequencies` ….
 */
export function layoutOf(table: Table, choices: TimeChoices, rules: EventRules | null): LaidOut {
  if (table.plan.skipBad !== true) return layOut(table, choices, rules);
  for (;;) {
    if (table.bad.size > 0 && table.bad.size === table.idNames.size) throw [...table.bad.values()][0]!;
    try {
      return layOut(table, choices, rules);
    } catch (error) {
      if (!(error instanceof YuleError) || !leaveOut(table, error)) throw error;
    }
  }
}

/** Leaves the series out that an error names, one or those of other steps than most; whether it names one. */
function leaveOut(table: Table, error: YuleError): boolean {
  const { id, ids } = error.details ?? {};
  const names = new Set<unknown>(typeof id === "string" ? [id] : Array.isArray(ids) ? ids : []);
  if (names.size === 0) return false;
  const before = table.bad.size;
  table.idNames.texts().forEach((name, number) => {
    if (names.has(name) && !table.bad.has(number)) table.bad.set(number, error);
  });
  return table.bad.size > before;
}

/** Errors of rows that have no step of their own. */
const NO_STEP: ReadonlySet<string> = new Set([
  "duplicate-times",
  "irregular-times",
  "mixed-frequencies",
  "too-many-gaps",
]);

function layOut(table: Table, choices: TimeChoices, rules: EventRules | null): LaidOut {
  const { time } = table.plan;
  if (time === null) return { layout: countedLayout(table, null), events: null };
  const read = chooseReading(readingsOf(time.column, table, choices), table, choices);
  const times = withInstants(read, table);
  const labels = labelsOf(table, groupRows(table, times.instants ?? times.local), times);
  try {
    return { layout: steppedLayout(labels, choices.frequency), events: null };
  } catch (error) {
    if (rules === null || times.form === "index") throw error;
    if (!(error instanceof YuleError && NO_STEP.has(error.code))) throw error;
  }
  const events = new Events(labels, rules);
  return { layout: events.layout(), events };
}

/** The layout of rows one step apart, or some steps. */
function steppedLayout(labels: Labels, asked: Frequency | null): Layout {
  const { table, groups, times } = labels;
  const counted = asked?.unit === "index";
  refuseDuplicates(labels);
  if (counted && times.form !== "index") return { ...countedLayout(table, groups), spacing: COUNTING };
  const given = counted ? null : asked;
  if (given !== null && times.form === "index") throw noDates(given, labels);
  const found = given === null ? findSpacing(groups, times) : givenSpacing(given, groups, times);
  const moved = given === null ? null : snapped(groups, times, found);
  const [placed, spacing] =
    moved === null ? [labels, found] : [{ ...labels, times: moved.times }, moved.spacing];
  const positions = positionsOnGrid(spacing, given !== null, placed);
  refuseGaps(spacing, positions, given !== null, placed);
  const gap = wideGapNote(spacing, positions, placed);
  const notes = gap === null ? placed.times.notes : [...placed.times.notes, gap];
  return { groups, times: { ...placed.times, notes }, spacing, positions };
}

/** Times put into the order of their groups, with all that an error needs to name a row. */
export function labelsOf(table: Table, groups: Groups, times: Times): Labels {
  const { local, instants } = times;
  return {
    table,
    column: table.plan.time!.column.name,
    groups,
    times: {
      ...times,
      local: arranged(local, groups),
      instants: instants === null ? null : arranged(instants, groups),
    },
  };
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
  const positions = new Float64Array(groups.starts.at(-1)!);
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
    `its times are whole numbers, not dates, so a step of a ${frequency.unit} does not apply; leave --frequency out, or give the season with --period.`,
  );
}
