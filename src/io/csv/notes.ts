import type { Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { formatFrequency } from "../../core/time/frequency.js";
import { listing } from "./errors.js";
import type { Layout } from "./spacing/grid.js";
import { rowAt } from "./spacing/groups.js";
import type { Table } from "./table.js";
import { frequencyFlag, type Step } from "./times/other-steps.js";
import { valueNotes } from "./value-notes.js";

/** Notes of how rows were brought in order. */
const OF_ORDER = ["rows-sorted", "gaps-filled"];

/** What a user should know about how the rows became series. */
export function dataNotes(table: Table, panel: readonly Series[], layout: Layout): Note[] {
  const notes = [
    sortedNote(layout),
    gapsNote(table, layout),
    looseNote(layout),
    assumedNote(layout),
    blankNote(table),
    averageNote(table),
    otherStepsNote(table),
    emptyNote(panel),
    openEndNote(panel),
    shortNote(panel),
    inputsNote(panel),
  ];
  const ofTimes = layout.times?.notes ?? [];
  // A wide gap is told by its own warning: that rows were sorted and the gap filled is a detail of it.
  const wide = panel.length === 1 && ofTimes.some(({ code }) => code === "wide-gap");
  const told = notes.filter((note) => note !== null);
  return [
    ...ofTimes,
    ...told.map((note) => (wide && OF_ORDER.includes(note.code) ? { ...note, minor: true as const } : note)),
    ...valueNotes(table, panel),
  ];
}

function note(
  code: string,
  severity: Note["severity"],
  message: string,
  details: Note["details"] = {},
): Note {
  return { code, severity, message, details };
}

/** ` of series A, B`, or nothing where there is only one series without an id. */
function ofSeries(ids: readonly (string | null)[]): string {
  const named = ids.filter((id) => id !== null);
  return named.length === 0 ? "" : ` of series ${listing(named, 3)}`;
}

function count(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? "" : "s"}`;
}

function sortedNote({ groups }: Layout): Note | null {
  if (groups.sorted.length === 0) return null;
  const ids = groups.sorted.map((group) => groups.ids[group]!);
  return note(
    "rows-sorted",
    "info",
    `The rows${ofSeries(ids)} were not in order of time; they were sorted.`,
    { ids },
  );
}

function gapsNote(table: Table, { groups, times, positions }: Layout): Note | null {
  if (times === null || positions.length === 0) return null;
  let missing = 0;
  const affected: (string | null)[] = [];
  let first = -1;
  for (let group = 0; group < groups.ids.length; group++) {
    const [from, to] = [groups.starts[group]!, groups.starts[group + 1]!];
    const gap = positions[to - 1]! + 1 - (to - from);
    if (gap === 0) continue;
    missing += gap;
    affected.push(groups.ids[group]!);
    for (let i = from + 1; first < 0 && i < to; i++) {
      if (positions[i]! - positions[i - 1]! > 1) first = table.place(rowAt(groups, i)).row;
    }
  }
  if (missing === 0) return null;
  return note(
    "gaps-filled",
    "info",
    `${count(missing, "row")} missing between the times${ofSeries(affected)} became missing values, the first before row ${first}.`,
    { rows: missing, ids: affected, firstBefore: first },
  );
}
function looseNote({ spacing }: Layout): Note | null {
  if (spacing === null || !spacing.loose) return null;
  return note(
    "days-vary",
    "info",
    "The day of the month varies; each row represents its whole month, and forecasts are dated by the usual day or the end of the month.",
  );
}

function assumedNote({ spacing }: Layout): Note | null {
  if (spacing === null || !spacing.assumed) return null;
  const step = formatFrequency(spacing.frequency);
  return note(
    "step-assumed",
    "warning",
    `One time does not show the step to the next; ${step} is assumed: give it with --frequency.`,
  );
}

function blankNote(table: Table): Note | null {
  if (table.blankRows === 0) return null;
  return note("blank-rows", "info", `${count(table.blankRows, "row")} with nothing but delimiters left out.`);
}

/** Names the rows of other steps than the one that is read, and the flags that read them. */
function otherStepsNote({ asideRows, plan }: Table): Note | null {
  const only = plan.time?.column.rules.only ?? null;
  const others = [...asideRows].filter(([what]) => what !== "annual-average");
  if (only === null || others.length === 0) return null;
  const rows = others
    .map(([step, n]) => `${n} of ${step === "half" ? "half years" : `${step}s`}`)
    .join(" and ");
  const flags = others.map(([step]) => frequencyFlag(step as Step)).join(" or ");
  const message = `${plan.time!.column.name} has rows of several steps: those of ${only === "half" ? "half years" : `${only}s`} are read, ${rows} left out; read these instead with ${flags}.`;
  return note("other-steps-left-out", "warning", message, { step: only, rows: Object.fromEntries(others) });
}

function averageNote({ asideRows }: Table): Note | null {
  const averageRows = asideRows.get("annual-average") ?? 0;
  if (averageRows === 0) return null;
  return note(
    "averages-left-out",
    "info",
    `${count(averageRows, "row")} with the average of a year left out.`,
    {
      rows: averageRows,
    },
  );
}

function emptyNote(panel: readonly Series[]): Note | null {
  const empty = panel.filter(({ y }) => y.every((value) => Number.isNaN(value))).map(({ id }) => id);
  if (empty.length === 0) return null;
  return note("series-all-missing", "warning", `All values of series ${listing(empty, 3)} are missing.`, {
    ids: empty,
  });
}

/** Says that forecasts begin after the rows whose values are not known yet, as where a file has rows of the future. */
function openEndNote(panel: readonly Series[]): Note | null {
  const open = panel.flatMap(({ id, y }) => {
    const blank = y.length - 1 - y.findLastIndex((value) => !Number.isNaN(value));
    return blank > 0 && blank < y.length ? [{ id, blank }] : [];
  });
  const ids = open.map(({ id }) => id);
  const [first] = open;
  if (first === undefined) return null;
  const what =
    open.length > 1
      ? `The last values of ${open.length} series (${listing(ids, 3)}) are`
      : first.blank > 1
        ? `The last ${first.blank} values of ${first.id} are`
        : `The last value of ${first.id} is`;
  const message = `${what} missing: forecasts begin after the last row. To begin after the last known value, end the data there with --to.`;
  return note("ends-missing", "info", message, { ids });
}

function shortNote(panel: readonly Series[]): Note | null {
  const short = panel.filter(({ y }) => y.length === 1).map(({ id }) => id);
  if (short.length === 0) return null;
  const verb = short.length === 1 ? "has" : "have";
  return note("single-value", "warning", `Series ${listing(short, 3)} ${verb} only one value.`, {
    ids: short,
  });
}

/** Names the inputs that are missing beside an observed value; a missing value needs no inputs. */
function inputsNote(panel: readonly Series[]): Note | null {
  const names = new Set<string>();
  for (const { y, inputs } of panel) {
    inputs.columns.forEach((column, i) => {
      if (column.some((value, t) => Number.isNaN(value) && !Number.isNaN(y[t]))) names.add(inputs.names[i]!);
    });
  }
  if (names.size === 0) return null;
  const [which, have] = names.size === 1 ? ["Input", "has"] : ["Inputs", "have"];
  const message = `${which} ${listing([...names])} ${have} missing values where ${panel.length === 1 ? panel[0]!.id : "a series"} has none.`;
  return note("inputs-missing", "warning", message, { names: [...names] });
}
