import type { Model, Note } from "../../core/model.js";
import type { CsvDecisions } from "../../io/csv-options.js";
import { isLinesName } from "../../io/model-files.js";
import { type PartsPlan, partsOf } from "../../io/stream/parts.js";
import type { RowsAt } from "../../io/stream/runs.js";
import type { Context } from "../context.js";
import { optionsOf } from "../data.js";
import { modelsOf } from "../families.js";
import { FIT_EACH, READ_EACH } from "../options/groups.js";
import type { Settings } from "../options/options.js";
import { notationsOf } from "../options/wrapping.js";
import { formatOf } from "../output/format.js";
import { Growing } from "./growing.js";
import type { Source } from "./input/source.js";
import type { Loaded } from "./loaded/plan.js";
import type { StreamKind } from "./shape.js";

/** What is done with every series, as plain data that crosses threads. */
export interface StreamPlan extends PartsPlan {
  readonly kind: StreamKind;
  readonly settings: Settings;
  readonly notations: readonly string[];
  /** Parquet is made of lines in the end. */
  readonly format: "csv" | "json" | "ndjson" | "parquet";
  /** False where saved models go on by themselves, without rows of data. */
  readonly rows?: false;
}

/** A file that is worked on series by series. */
export interface Streamed {
  readonly plan: StreamPlan;
  readonly rows: RowsAt;
  readonly decisions: CsvDecisions;
  readonly notes: readonly Note[];
}

/** Settings that hold for each series by itself; with any other one everything is read first. */
const EACH: readonly string[] = [
  ...READ_EACH,
  ...FIT_EACH,
  ...["effort", "decode", "all", "load", "new", "save", "output", "failures", "resume", "safe-csv"],
  ...["jobs", "quiet", "color", "redis", "redis-wait", "batch-size", "batches-ahead"],
];

/** Whether the settings alone allow to work series by series. */
export function mayStream(context: Context): boolean {
  const { settings } = context;
  const format = formatOf(context);
  if (format === "parquet" && new Growing("output", settings.output!, context.shell.cwd).isDirect)
    return false;
  if (format === "table" || format === "markdown") return false;
  for (const name of [settings.save, settings.load])
    if (name !== undefined && !isLinesName(name)) return false;
  return Object.keys(settings).every((name) => EACH.includes(name));
}

/** What is done with saved models that go on from where they stand. */
export function planAlone(kind: StreamKind, context: Context): StreamPlan {
  const format = formatOf(context) as StreamPlan["format"];
  const settings = plain(context.settings);
  return { kind, settings, notations: [], format, rows: false, options: {}, header: "", sample: "" };
}

/**
 * How a file is worked on series by series; null where it is no long table of several series, or a model learns from all series together.
 *
 * @throws YuleError as reading the beginning of the file does, and as the notations do.
 */
export async function planFor(
  kind: StreamKind,
  context: Context,
  source: Source,
  loaded: Pick<Loaded, "reading"> | null,
): Promise<Streamed | null> {
  const { settings } = context;
  const { sample, whole, name } = source;
  if (settings.period === "auto") return null;
  const models = loaded === null ? await modelsOf(notationsOf(settings)) : [];
  if (models.some(({ fitPanel }) => fitPanel !== undefined)) return null;
  const skipBadSeries = settings["skip-bad-series"] === true || settings.failures !== undefined;
  const given = { ...loaded?.reading, ...optionsOf(context), name, skipBadSeries };
  const parts = await partsOf(sample, whole, given);
  if (parts === null || (loaded !== null && parts.decisions.values.length > 1)) return null;
  const { options, header, sample: first, rows, decisions, notes } = parts;
  return {
    plan: {
      kind,
      settings: plain(settings),
      notations: notationsFrom(models),
      format: formatOf(context) as StreamPlan["format"],
      options,
      header,
      sample: first,
    },
    rows,
    decisions,
    notes,
  };
}

function notationsFrom(models: readonly Model[]): string[] {
  return models.map(({ notation }) => notation);
}

/** Settings as data that can be sent to a thread. */
function plain(settings: Settings): Settings {
  return JSON.parse(JSON.stringify(settings)) as Settings;
}
