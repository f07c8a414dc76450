import { DATE_FORMS, readTime } from "../../src/core/time/forms/index.js";
import { INDEX_FORM, WHOLE_FORMS, wholeForms } from "../../src/io/csv/times/whole/whole-times.js";

/** Ways of writing the time of day behind a date, which go with every form of a day. */
export const CLOCKS = [
  "2024-01-31T05:00",
  "2024-01-31 05:00:00.125",
  "2024-01-31 05",
  "20240131T050000Z",
  "31.01.2024, 5:00 Uhr",
  "31/01/2024 05h00",
  "1/31/2024 5:00:00 AM",
  "1/31/2024 5 a.m.",
  "31/Jan/2024:05:00:00 +0000",
  "2024-01-31 24:00",
  "2024-01-31 05:00 +01:00",
  "2024-01-31 05:00 EST",
  "2024-01-31T05:00:00+01:00[Europe/Berlin]",
  "Wed, 31 Jan 2024 05:00:00 GMT",
  "Wed Jan 31 2024 05:00:00 GMT+0000 (Coordinated Universal Time)",
  "Wed Jan 31 05:00:00 UTC 2024",
  "31.01.2024 05:00 - 31.01.2024 06:00",
  "2024-01-31T05:00Z/2024-01-31T06:00Z",
] as const;

/** Cells that look like times and are refused, and why. */
export const REFUSED = [
  ["yesterday", "a word"],
  ["March", "a month without a year"],
  ["Apr-Jun 2024", "a range of months without days"],
  ["令和6年1月", "a year of another calendar"],
  ["2024-02-30", "no such day"],
  ["2024-13", "no such month; read as a week only where the column steps by weeks"],
  ["2024-01-31 25:00", "no such hour"],
  ["circa 2024", "more than a time"],
] as const;

const rankText = (rank: number) => (rank === 0 ? "read" : "where no usual form has a step");

/** Cells that more than one form reads: the column decides. */
const SEVERAL = [
  "03/04/2024",
  "03-04-05",
  "03.04.2024",
  "2024-03",
  "2023-24",
  "202403",
  "230401",
  "20243",
  "2024005",
  "10112024",
  "45322",
] as const;

/** Names of the forms in which a cell alone can be read. */
function namesOf(cell: string): readonly string[] {
  if (/^\d+$/.test(cell)) {
    const forms = wholeForms(Float64Array.of(Number(cell)), cell.length);
    return [...forms, INDEX_FORM].map(({ name }) => name);
  }
  const found = readTime(cell).map(({ form }) => DATE_FORMS.find(({ key }) => key === form)?.name);
  return found.filter((name) => name !== undefined);
}

const code = (cells: readonly string[]) => cells.map((cell) => `\`${cell}\``).join(" ");

/** The list of forms of time for the docs, in Markdown. */
export function timeFormsTable(): string {
  const dates = DATE_FORMS.map(
    ({ name, examples, rank }) => `| ${name} | ${code(examples)} | ${rankText(rank)} |`,
  );
  const digits = [...WHOLE_FORMS, INDEX_FORM].map(
    ({ name, examples, rare }) => `| ${name} | ${code(examples)} | ${rankText(rare === true ? 1 : 0)} |`,
  );
  return [
    "| form | examples | |",
    "|---|---|---|",
    ...dates,
    ...digits,
    "",
    `Times of day may follow or precede any form of a day: ${code(CLOCKS)}.`,
    "",
    "| a cell alone | can be |",
    "|---|---|",
    ...SEVERAL.map((cell) => `| \`${cell}\` | ${namesOf(cell).join("; ")} |`),
    "",
    "| refused | since it is |",
    "|---|---|",
    ...REFUSED.map(([cell, why]) => `| \`${cell}\` | ${why} |`),
    "",
  ].join("\n");
}
