import type { DateOrder } from "../../core/time-text.js";
import { fileError } from "./errors.js";
import { packedDate, packedFirst, packedPair, packedSecond } from "./packed.js";
import type { Table } from "./table.js";
import type { TimeColumn } from "./time-column.js";

/** Which number is the day: as given, or from the rows in which only one can be. */
export function orderOf(column: TimeColumn, table: Table, given: DateOrder | null): DateOrder {
  const raw = column.raw.view();
  const dayFirst = raw.findIndex((value) => packedFirst(packedDate(value)) > 12);
  const monthFirst = raw.findIndex((value) => packedSecond(packedDate(value)) > 12);
  const found = given ?? (dayFirst >= 0 ? "dmy" : monthFirst >= 0 ? "mdy" : null);
  if (found === null) return orderIfEqual(column, table);
  const against = found === "dmy" ? monthFirst : dayFirst;
  if (against < 0) return found;
  const date = packedPair(raw[against]!).join("/");
  const why =
    given === null ? `row ${table.place(dayFirst).row} begins with the day` : `--date-order is ${given}`;
  throw fileError(
    "bad-time",
    table.place(against, column.name),
    date,
    `the date ${date} begins with the ${found === "dmy" ? "month" : "day"}, but ${why}; write all dates in one order.`,
  );
}

/** Where no row decides, the order matters unless both numbers are the same throughout. */
function orderIfEqual(column: TimeColumn, table: Table): DateOrder {
  const torn = column.raw.view().findIndex((value) => {
    const [first, second] = packedPair(value);
    return first !== second;
  });
  if (torn < 0) return "dmy";
  const date = packedPair(column.raw.at(torn)).join("/");
  throw fileError(
    "ambiguous-dates",
    table.place(torn, column.name),
    date,
    `dates such as ${date} could begin with the day or the month, and no row of the file decides; say which with --date-order dmy or --date-order mdy.`,
  );
}
