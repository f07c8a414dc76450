import { type Step, stepToRead } from "./other-steps.js";
import { decimalYears } from "./whole/decimal-years.js";

/** How the cells of a column of times are to be understood, as a sample of them shows. */
export interface TimeRules {
  /** The step of the rows that are read where others stand between them; null where there are none. */
  readonly only: Step | null;
  /** Whether `08:00-09:00` is an hour, not a time nine hours behind UTC. */
  readonly spans: boolean;
  /** Whether the cells are years with decimals, which take the whole column. */
  readonly decimalYears: boolean;
}

/** What holds where nothing is known. */
export const PLAIN_TIMES: TimeRules = { only: null, spans: false, decimalYears: false };

/** @param frequency the step that was asked for. */
export function timeRules(cells: readonly string[], frequency: string | undefined): TimeRules {
  if (areDecimalYears(cells)) return { ...PLAIN_TIMES, decimalYears: true };
  return { only: stepToRead(cells, frequency), spans: areSpans(cells), decimalYears: false };
}

/** Whether cells are years with decimals, such as 1959.083. */
export function areDecimalYears(cells: readonly string[]): boolean {
  if (cells.length < 3 || !cells.every((cell) => /^[12]\d{3}([.,]\d{1,15})?$/.test(cell))) return false;
  const decimals = cells.reduce((most, cell) => Math.max(most, cell.length - 5), 0);
  return (
    decimalYears(
      Float64Array.from(cells, (cell) => Number(cell.replace(",", "."))),
      decimals,
    ) !== null
  );
}

const SPAN = /(\d{1,2}):(\d\d)\s?-\s?(\d{1,2}):(\d\d)$/;

/** Minutes of a day. */
const DAY = 1440;

/** Whether cells end at different times that lie equally far behind their beginnings: offsets from UTC do not. */
function areSpans(cells: readonly string[]): boolean {
  const ends = new Set<string>();
  const lengths = new Set<number>();
  for (const cell of cells) {
    const found = SPAN.exec(cell.trim());
    if (found === null) return false;
    const [hour, minute, endHour, endMinute] = found.slice(1).map(Number) as [number, number, number, number];
    ends.add(`${endHour}:${endMinute}`);
    lengths.add(((((endHour - hour) * 60 + endMinute - minute) % DAY) + DAY) % DAY);
  }
  return ends.size > 1 && lengths.size === 1 && !lengths.has(0);
}
