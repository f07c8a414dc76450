import type { Note } from "../../../core/model.js";
import { dateOf, daysInMonth, MS_PER_DAY } from "../../../core/time/civil.js";
import { DATE_FORMS } from "../../../core/time/forms/index.js";
import { formatFrequency } from "../../../core/time/frequency.js";
import { marksPerStep } from "../../../core/time/time-steps.js";
import { fileError } from "../errors.js";
import type { Table } from "../table.js";
import { DAY_AND_MONTH, unreadable } from "../times/time-problems.js";
import type { TimeChoices, Times } from "../times/times.js";
import { timeText } from "./grid.js";
import { type Groups, groupRows } from "./groups.js";
import { findSpacing, givenSpacing, type Spacing } from "./spacing.js";
import { spanText } from "./span-text.js";

/** Numbers that are read so wherever all of a column can be, whatever their step. */
const SURE = new Set(["date", "month", "year", "seconds", "milliseconds", "microseconds", "nanoseconds"]);

/** From this share of the steps between the first row and the last on, the rows have the step. */
const FILLED = 0.5;

/** How many times as many of its steps a reading has to fill as another to be taken before it. */
const FULLER = 1.5;

/** A reading and how well it makes a series. */
interface Judged {
  readonly times: Times;
  readonly spacing: Spacing;
  /** 0 where the rows have no step or two have one time; else 1, more for a usual step without many gaps, in order. */
  readonly score: number;
  /** Rows per step between the first and the last. */
  readonly fill: number;
}

/**
 * The reading of a column that alone gives its rows a regular step.
 *
 * @throws YuleError `ambiguous-dates` where several do, or none.
 */
export function chooseReading(readings: readonly Times[], table: Table, choices: TimeChoices): Times {
  const chosen = choose(readings, table, choices);
  refuseYearless(chosen, table);
  return chosen;
}

/** Fewest rows that show that a number beside the name of a month is a day. */
const SHOW_DAYS = 10;

/** @throws YuleError `bad-time` for `01 Jan, 02 Jan …`, days without a year that also are months of two-digit years. */
function refuseYearless({ local, reading, shortYear }: Times, table: Table): void {
  if (!shortYear || (reading !== "month-name" && reading !== "year-month-name") || local.length < 2) return;
  const months = Array.from(local, (time) => {
    const { year, month } = dateOf(Math.floor(time / MS_PER_DAY));
    return 12 * year + month - 1;
  });
  const years = months.filter((month, row) => row > 0 && Math.abs(month - months[row - 1]!) === 12).length;
  const several = new Set(months.map((month) => month % 12)).size > 1;
  if (several ? local.length < SHOW_DAYS || years < 0.7 * (months.length - 1) : !areDays(months, reading))
    return;
  const { column } = table.plan.time!;
  const unclear = !several && reading === "month-name";
  throw fileError(
    "bad-time",
    table.place(0, column.name),
    column.example,
    unclear
      ? `times such as ${column.example} can be days of a month or a month of several years; write the years in full, or count rows with --time none.`
      : `times such as ${column.example} are ${DAY_AND_MONTH}`,
  );
}

/**
 * Whether the years of one month alone are its days: where they stand before its name, `01 Jan`, as spreadsheets write days, and
 * behind it where they count from 1.
 */
function areDays(months: readonly number[], reading: string): boolean {
  const days = months.map((month) => Math.floor(month / 12) % 100);
  if (days.some((day) => day < 1 || day > 31)) return false;
  return reading === "year-month-name" || (days.length >= SHOW_DAYS && days.every((day, i) => day === i + 1));
}

function choose(readings: readonly Times[], table: Table, choices: TimeChoices): Times {
  const usual = readings.filter(({ form }) => form !== "index");
  const misfit = usualMisfit(readings, table);
  if (readings.length === 1 && misfit === null) return readings[0]!;
  if (usual.length === 1 && SURE.has(usual[0]!.reading)) return usual[0]!;
  const judged = readings.map((times) => judge(times, table, choices));
  if (misfit !== null && judged.every(({ fill }) => fill < FILLED)) throw misfit;
  const best = judged.reduce((top, { score }) => Math.max(top, score), 0);
  const top = judged.filter(({ score }) => score === best);
  const rank = top.reduce((least, { times }) => Math.min(least, times.rank), Number.POSITIVE_INFINITY);
  const equal = top.filter(({ times }) => times.rank === rank);
  const fullest = equal.reduce((a, b) => (b.fill > a.fill ? b : a));
  const rivals = equal.filter(
    (other) => FULLER * other.fill >= fullest.fill && differ(other.times, fullest.times),
  );
  if (rivals.length > 0) throw ambiguous([fullest, ...rivals], table, best > 0);
  const others = judged.filter(({ times }) => isRival(times, fullest.times));
  return others.length === 0 || best === 0 ? fullest.times : told(fullest, others);
}

/**
 * What is wrong with the cell that a usual form does not fit, where only rarer ones fit all: `2020-13` among months,
 * which are no weeks for it. Null where a usual form fits.
 */
function usualMisfit(readings: readonly Times[], table: Table): Error | null {
  const { column } = table.plan.time!;
  if (readings.some(({ rank }) => rank === 0)) return null;
  const usual = DATE_FORMS.filter(({ rank }) => rank === 0);
  const misfit = usual.map(({ key }) => column.misfits.get(key)).find((found) => found !== undefined);
  if (misfit === undefined || misfit.row < 2) return null;
  const { code, value, sentence } = unreadable(misfit.text, true);
  return fileError(code, table.place(misfit.row, column.name), value, sentence);
}

function judge(times: Times, table: Table, choices: TimeChoices): Judged {
  const groups = groupRows(table, times.instants ?? times.local);
  const local =
    groups.rows === null ? times.local : Float64Array.from(groups.rows, (row) => times.local[row]!);
  const instants =
    times.instants === null || groups.rows === null
      ? times.instants
      : Float64Array.from(groups.rows, (row) => times.instants![row]!);
  const ordered = { ...times, local, instants };
  const given = choices.frequency !== null && choices.frequency.unit !== "index" && times.form !== "index";
  const spacing = given ? givenSpacing(choices.frequency, groups, ordered) : findSpacing(groups, ordered);
  const fill = spacing.odd === null ? fillOf(groups, spacing) : 0;
  if (fill === 0) return { times, spacing, score: 0, fill };
  const natural = isNatural(spacing, ordered);
  const score = 1 + (fill >= FILLED ? 1 : 0) + (natural ? 1 : 0) + (inOrder(times, groups, table) ? 0.5 : 0);
  return { times, spacing, fill, score };
}

/** Rows per step from the first to the last; 0 where a row lies between two steps or two on one. */
function fillOf({ ids, starts }: Groups, { marks, frequency }: Spacing): number {
  const step = marksPerStep(frequency);
  let steps = 0;
  for (let series = 0; series < ids.length; series++) {
    const [from, to] = [starts[series]!, starts[series + 1]!];
    for (let i = from + 1; i < to; i++) {
      const distance = marks[i]! - marks[i - 1]!;
      if (!(distance > 0) || distance % step !== 0) return 0;
    }
    steps += (marks[to - 1]! - marks[from]!) / step + 1;
  }
  return marks.length / steps;
}

/** Whether a step is one that people take: whole parts of a year, a day, an hour; months and longer from the first of one. */
function isNatural({ frequency, ruler }: Spacing, { form, local, shortYear }: Times): boolean {
  const { count } = frequency;
  const step = marksPerStep(frequency);
  if (ruler === "clock") return MS_PER_DAY % step === 0 || step % MS_PER_DAY === 0;
  if (ruler === "day") return step === 1 || step % 7 === 0;
  if (ruler !== "month") return ruler === "index" || count === 1;
  if (12 % step !== 0 && step % 12 !== 0) return false;
  if (form !== "date" || (step === 1 && !shortYear)) return true;
  return local.every((time) => {
    const { year, month, day } = dateOf(Math.floor(time / MS_PER_DAY));
    return day === 1 || day === daysInMonth(year, month);
  });
}

/** Whether the rows of each series rise, or fall, throughout the file. */
function inOrder({ local }: Times, groups: Groups, table: Table): boolean {
  if (groups.sorted.length === 0) return true;
  const ids = table.ids.view();
  const last = new Map<number, number>();
  return local.every((time, row) => {
    const id = ids.length === 0 ? 0 : ids[row]!;
    const before = last.get(id) ?? Number.POSITIVE_INFINITY;
    last.set(id, time);
    return time < before;
  });
}

function differ(a: Times, b: Times): boolean {
  return a !== b && firstDifference(a, b) >= 0;
}

/** Whether a reading is one that people could have meant as well. */
function isRival(times: Times, chosen: Times): boolean {
  const orders = times.dateOrder !== null && chosen.dateOrder !== null;
  return times.form !== "index" && (orders || times.rank <= chosen.rank) && differ(times, chosen);
}

function firstDifference(a: Times, b: Times): number {
  return a.local.findIndex((time, row) => time !== b.local[row]);
}

function stepText({ ruler, frequency }: Spacing): string {
  return spanText(ruler, marksPerStep(frequency));
}

function ambiguous(rivals: readonly Judged[], table: Table, regular: boolean): Error {
  const [one, two] = [rivals[0]!, rivals[1]!];
  const row = firstDifference(one.times, two.times);
  const cell = timeText(one.times, row);
  const column = table.plan.time!.column.name;
  const readings = rivals
    .map(({ times, spacing }) => `${times.readingName}${regular ? ` (rows ${stepText(spacing)} apart)` : ""}`)
    .join(" or as ");
  const why = regular
    ? "and no row of the file decides"
    : "and neither reading gives the rows a regular step";
  const way = regular ? "" : ", give the step with --frequency, or count rows with --time none";
  return fileError(
    "ambiguous-dates",
    table.place(row, column),
    cell,
    `times such as ${cell} could be read as ${readings}, ${why}; choose with ${flagsFor(rivals)}${way}.`,
    { readings: rivals.map(({ times }) => times.reading) },
  );
}

function flagsFor(rivals: readonly Judged[]): string {
  const orders = [...new Set(rivals.map(({ times }) => times.dateOrder))];
  if (!orders.includes(null) && orders.length > 1)
    return orders.map((order) => `--date-order ${order}`).join(" or ");
  const steps = [
    ...new Set(
      rivals.map(({ times, spacing }) =>
        times.form === "index" ? "index" : formatFrequency(spacing.frequency),
      ),
    ),
  ];
  return steps.map((step) => `--frequency ${step}`).join(" or ");
}

/** The chosen times with a note that says what was chosen and why. */
function told(chosen: Judged, others: readonly Judged[]): Times {
  const { times, spacing, score } = chosen;
  const other = others[0]!;
  const row = Math.max(0, firstDifference(times, other.times));
  const lost =
    other.score === 0
      ? "no common step"
      : score === other.score
        ? "a less common format"
        : "a less regular step";
  const message = `Times such as ${timeText(times, row)} are read as ${times.readingName}, ${stepText(spacing)} apart; as ${other.times.readingName} they would have ${lost}.`;
  const note: Note = {
    code: "reading-chosen",
    severity: "info",
    message,
    details: { reading: times.reading, others: others.map((candidate) => candidate.times.reading) },
  };
  return { ...times, notes: [...times.notes, note] };
}
