import type { CsvDecisions } from "../../csv-options.js";

/** The command-line flags that repeat what was found, quoted where a shell needs it. */
export function flagsOf(
  found: readonly string[],
  {
    time,
    values,
    id,
    dateOrder,
    decimal,
    skip,
  }: Pick<CsvDecisions, "time" | "values" | "id" | "dateOrder" | "decimal" | "skip">,
): string {
  const flags: string[] = [];
  if (found.includes("time") && time !== null) flags.push(`--time ${quoted(time)}`);
  if (found.includes("value")) flags.push(`--value ${quoted(values.join(","))}`);
  if (found.includes("id")) flags.push(`--id ${quoted(id.join(","))}`);
  if (found.includes("date-order")) flags.push(`--date-order ${dateOrder}`);
  if (found.includes("decimal")) flags.push(`--decimal ${decimal}`);
  if (found.includes("skip")) flags.push(`--skip ${skip}`);
  return flags.join(" ");
}

/** A word as a shell takes it whole. */
export function quoted(word: string): string {
  return /^[\w.,:/%+@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
