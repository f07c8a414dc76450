import { usageError, type YuleError } from "../../core/errors.js";
import { isLinesName } from "../../io/model-files.js";
import type { Context } from "../context.js";
import { modelsOf } from "../families.js";
import { FIT_EACH, READ_EACH } from "../options/groups.js";
import type { OptionName } from "../options/options.js";
import { notationsOf } from "../options/wrapping.js";
import { formatOf } from "../output/format.js";

/** What travels to workers, and what concerns this machine alone. */
const REMOTE: readonly OptionName[] = [
  ...READ_EACH,
  ...FIT_EACH,
  ...(["effort", "decode", "all", "load", "save", "output", "failures", "resume", "safe-csv"] as const),
  ...(["redis", "redis-wait", "batch-size", "batches-ahead", "quiet", "color"] as const),
];

/** Why some options do not travel, where more can be said than that. */
const REASONS: { readonly [N in OptionName]?: string } = {
  verbose: "details stay with the workers",
  jobs: "the threads are those of the workers, so it belongs to yule worker",
  future: "its file stays on this machine",
};

const LINES =
  "models of several series, one a line, are sent; yule fit panel.csv --save models.ndjson writes such a file";

/** @throws YuleError `not-over-redis` naming the first setting that does not go with --redis. */
export function requireRemote(context: Context): void {
  const { settings } = context;
  const names = Object.keys(settings) as OptionName[];
  const other = names.find((name) => !REMOTE.includes(name));
  if (other !== undefined)
    throw notRemote(other, settings[other], REASONS[other] ?? "workers get series one by one");
  if (settings.period === "auto") throw notRemote("period", "auto", "give the number of rows in a season");
  if (settings.load !== undefined && !isLinesName(settings.load))
    throw notRemote("load", settings.load, LINES);
  if (settings.save !== undefined && !isLinesName(settings.save))
    throw notRemote("save", settings.save, "models of many series are lines: name the file .ndjson");
  const format = formatOf(context);
  if (format !== "csv" && format !== "json" && format !== "ndjson")
    throw notRemote("format", format, "results come as csv, json or ndjson");
}

/** @throws YuleError naming what of the model or the file does not go with --redis. */
export async function refuse({ settings }: Context, file: string): Promise<never> {
  if (settings.load === file) throw notRemote("load", file, LINES);
  const models = await modelsOf(notationsOf(settings));
  const together = models.find(({ fitPanel }) => fitPanel !== undefined);
  if (together !== undefined)
    throw notRemote("model", together.notation, `${together.notation} is fitted to all series together`);
  throw usageError(
    "not-over-redis",
    "redis",
    file,
    `--redis needs a table of several series as CSV, a row a time and a column of ids; ${file} is none: leave --redis out.`,
  );
}

function notRemote(name: OptionName, value: unknown, why: string): YuleError {
  return usageError("not-over-redis", name, value, `--${name} does not go with --redis: ${why}.`);
}
