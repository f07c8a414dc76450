import { show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import type { Note } from "../../core/model.js";
import { type Inputs, NO_INPUTS, type Series, seasonOf } from "../../core/series.js";
import { axisFrom, sharedAxis } from "../../core/time/calendar.js";
import { defaultPeriod, parseFrequency } from "../../core/time/frequency.js";
import type { Frequency, TimeAxis } from "../../core/time/time.js";
import { fixedOffset, instantOf } from "../../core/time/zone.js";
import type { CsvOptions } from "../csv-options.js";
import { fileError } from "./errors.js";
import type { EventRules, Events } from "./events.js";
import { layoutOf } from "./layout.js";
import { dataNotes } from "./notes.js";
import type { NumberColumn } from "./numbers/number-column.js";
import type { Layout } from "./spacing/grid.js";
import { rowAt } from "./spacing/groups.js";
import type { Table } from "./table.js";

/** A table as a panel, and what was found out on the way. */
export interface Assembled {
  readonly panel: readonly Series[];
  /** Which group of rows each series came from. */
  readonly groupOf: readonly number[];
  readonly layout: Layout;
  readonly period: number;
  /** Whether rows without a step became values of periods. */
  readonly aggregated: boolean;
  readonly notes: readonly Note[];
}

/** The columns of a table by what they are for. */
export interface Columns {
  readonly values: readonly NumberColumn[];
  readonly inputs: readonly NumberColumn[];
}

/**
 * Makes series of the rows of a table: groups them, sorts them, finds their step and puts missing values into gaps.
 *
 * @param isPart whether other parts of the file may hold what this one lacks; then nothing is said of its data.
 * @throws YuleError naming rows or ids: `duplicate-times`, `irregular-times`, `mixed-frequencies`, `all-missing` ….
 */
export function assemble(
  table: Table,
  { values, inputs }: Columns,
  options: CsvOptions,
  stem: string,
  isPart = false,
): Assembled {
  const frequency = options.frequency === undefined ? null : parseFrequency(options.frequency);
  const choices = { frequency, zone: options.zone ?? null, dateOrder: options.dateOrder ?? null };
  const { layout, events } = layoutOf(table, choices, rulesOf(options));
  const period = periodOf(options.period, layout.spacing?.frequency ?? null);
  const several = values.length > 1;
  const panel: Series[] = [];
  const groupOf: number[] = [];
  const axisOf = axes(layout);
  layout.groups.ids.forEach((groupId, group) => {
    const time = events === null ? axisOf(group) : events.axisOf(group);
    if (events !== null && time === null) return;
    const ownInputs = inputsOf(layout, group, inputs, events);
    for (const column of values) {
      const id = several ? (groupId === null ? column.name : `${groupId}/${column.name}`) : (groupId ?? stem);
      panel.push({
        id,
        y: events?.valuesOf(group, column) ?? placeOnGrid(layout, group, column),
        ...seasonOf(period),
        time,
        inputs: ownInputs,
      });
      groupOf.push(group);
    }
  });
  if (!isPart && values.every((column) => column.missing === column.values.length))
    throw allMissing(table, values);
  return {
    panel,
    groupOf,
    layout,
    period,
    aggregated: events !== null,
    notes: isPart ? [] : dataNotes(table, panel, layout),
  };
}

function rulesOf({ aggregate }: CsvOptions): EventRules | null {
  if (aggregate === undefined) return null;
  const { by, frequency, partial = "drop" } = aggregate;
  return { by, frequency: parseFrequency(frequency), partial };
}

function periodOf(given: number | undefined, frequency: Frequency | null): number {
  if (given === undefined) return frequency === null ? 1 : defaultPeriod(frequency);
  if (Number.isFinite(given) && given >= 1) return given;
  throw usageError(
    "bad-period",
    "period",
    given,
    `The period must be a number of at least 1, not ${show(given)}.`,
  );
}

/** The time axis of each group; groups that begin at the same time share theirs. */
function axes({ groups, times, spacing }: Layout): (group: number) => TimeAxis | null {
  if (spacing === null) return () => null;
  if (times === null) {
    const counted = sharedAxis({ start: "1", frequency: spacing.frequency, zone: null, style: "index" });
    return () => counted;
  }
  const { zone, style, instants } = times;
  const changing = zone !== null && instants !== null && fixedOffset(zone) === null;
  const made = new Map<string, TimeAxis>();
  return (group) => {
    const first = groups.starts[group]!;
    const local = times.local[first]!;
    const day = spacing.days?.[group] ?? 0;
    const secondPass = changing && instantOf(zone, local) !== instants[first];
    const key = `${local} ${day} ${secondPass}`;
    const frequency = day > 28 ? { ...spacing.frequency, day } : spacing.frequency;
    const axis = made.get(key) ?? sharedAxis(axisFrom({ local, frequency, zone, style, secondPass }));
    made.set(key, axis);
    return axis;
  };
}

/** Values of a group on its grid, NaN where no row is. */
function placeOnGrid({ groups, positions }: Layout, group: number, column: NumberColumn): Float64Array {
  const [from, to] = [groups.starts[group]!, groups.starts[group + 1]!];
  const values = column.values.view();
  const length = positions[to - 1]! + 1;
  if (groups.rows === null && length === to - from) return values.slice(from, to);
  const placed = new Float64Array(length);
  if (length > to - from) placed.fill(Number.NaN);
  for (let i = from; i < to; i++) placed[positions[i]!] = values[rowAt(groups, i)]!;
  return placed;
}

function inputsOf(
  layout: Layout,
  group: number,
  columns: readonly NumberColumn[],
  events: Events | null,
): Inputs {
  if (columns.length === 0) return NO_INPUTS;
  return {
    names: columns.map(({ name }) => name),
    columns: columns.map(
      (column) => events?.valuesOf(group, column, "mean") ?? placeOnGrid(layout, group, column),
    ),
  };
}

function allMissing(table: Table, values: readonly NumberColumn[]): Error {
  const column = values.map(({ name }) => name).join(", ");
  return fileError(
    "all-missing",
    { file: table.plan.file, column },
    null,
    `all ${table.rows} values are missing; name another column with --value.`,
  );
}
