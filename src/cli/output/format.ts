import { show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import type { Context } from "../context.js";
import type { Format } from "../options/options.js";

/** How a result is written; Parquet, which is no text, to files alone. */
export type OutputFormat = Format | "parquet";

/** What files are written as by their ending. */
const ENDINGS: Readonly<Record<string, OutputFormat>> = {
  csv: "csv",
  json: "json",
  ndjson: "ndjson",
  jsonl: "ndjson",
  parquet: "parquet",
  md: "markdown",
  txt: "table",
};

/** Endings of files that hold something else than text, whatever --format says. */
const NO_TEXT =
  /^(xlsx?|feather|arrows?|gz|zip|zst|bz2|xz|pdf|png|svg|html?|db|sqlite3?|duckdb|pq|orc|avro|rds|rdata|pkl|ods)$/;

/**
 * The format of a result: as asked, else by the ending of the output file, else a table on a terminal and CSV in a pipe.
 *
 * @throws YuleError `bad-output` for an ending that cannot be written, `conflicting-options` for one that says another format
 * than --format.
 */
export function formatOf({ settings, shell }: Pick<Context, "settings" | "shell">): OutputFormat {
  const { format, output } = settings;
  if (output === undefined) return format ?? (shell.stdout.isTTY === true ? "table" : "csv");
  const ending = /[^/\\]\.(\w+)$/.exec(output.toLowerCase())?.[1];
  if (ending === undefined) return format ?? "csv";
  const own = ENDINGS[ending];
  if (own === undefined && (format === undefined || NO_TEXT.test(ending))) throw notWritten(output, ending);
  if (format === undefined) return own!;
  if (own !== undefined && own !== format && ending !== "txt") throw contradicted(output, format);
  return format;
}

/**
 * How a second file of a command is written, by its ending.
 *
 * @throws YuleError `bad-fitted` and the like, for an ending that rows are not written to.
 */
export function formatByEnding(option: string, name: string): "csv" | "json" | "ndjson" | "parquet" {
  const format = ENDINGS[/[^/\\]\.(\w+)$/.exec(name.toLowerCase())?.[1] ?? ""];
  if (format === "csv" || format === "json" || format === "ndjson" || format === "parquet") return format;
  throw usageError(
    `bad-${option}`,
    option,
    name,
    `--${option} writes files that end in .csv, .json, .ndjson or .parquet, not ${show(name)}; change the ending.`,
  );
}

/** Whether a result is wanted as plain rows, every number in full. */
export function isForPrograms(context: Context): boolean {
  return ["csv", "parquet"].includes(formatOf(context));
}

function notWritten(output: string, ending: string): Error {
  const way =
    ending === "gz"
      ? "leave --output out and pipe the result through gzip"
      : ending === "pq"
        ? "end the name in .parquet"
        : "end the name in .csv, .json, .ndjson, .parquet, .md or .txt";
  return usageError(
    "bad-output",
    "output",
    output,
    `--output cannot write files that end in .${ending} (${show(output)}); ${way}.`,
  );
}

function contradicted(output: string, format: Format): Error {
  return usageError(
    "conflicting-options",
    "output",
    output,
    `--output ${output} and --format ${format} name two formats; leave --format out, or change the ending.`,
  );
}
