import type { Table } from "../../report/table.js";
import type { Colors } from "../../report/terminal/colors.js";
import { csvLines } from "../../report/text/csv.js";
import { jsonText, ndjsonLines } from "../../report/text/json.js";
import { markdownText } from "../../report/text/markdown.js";
import { type Context, paintFor, widthOf } from "../context.js";
import { CONFIG } from "../options/settings.js";
import { type Role, requireApart } from "../places/roles.js";
import { type Content, checkWritable, gathered, writeWhole } from "../places/write.js";
import { roundedTable, withDigits } from "./digits.js";
import { formatByEnding, formatOf } from "./format.js";
import { plotKind } from "./plots.js";
import { print } from "./print.js";

/** What a command found out, ready for every format. */
export interface Result {
  /** One object a line of ndjson. Made only where JSON is asked for. */
  readonly items: () => readonly object[];
  /** The whole of a JSON result around its items. */
  readonly json: (items: readonly object[]) => object;
  readonly table: Table;
  /** For people; default: the table. */
  readonly view?: (paint: Colors, width: number) => string | Promise<string>;
}

/** Writes a result where and how it was asked for. */
export async function emit(context: Context, result: Result): Promise<void> {
  const { settings, shell } = context;
  const content = await formatted(context, result);
  if (settings.output !== undefined) await writeWhole("output", shell.cwd, settings.output, content);
  else if (typeof content === "string") await print(shell.stdout, content);
  else if (content instanceof Uint8Array) await print(shell.stdout, content);
  else for (const piece of gathered(content)) await print(shell.stdout, piece);
}

async function formatted(context: Context, result: Result): Promise<Content> {
  const { json, items, table, view } = withDigits(result, context.settings.digits);
  const { shell, settings } = context;
  switch (formatOf(context)) {
    case "csv":
      return csvLines(table, settings["safe-csv"] === true);
    case "json":
      return jsonText(json(items()));
    case "ndjson":
      return ndjsonLines(items());
    case "markdown":
      return markdownText(table);
    case "parquet":
      return parquetOf(table);
    case "table": {
      const paint =
        settings.output === undefined
          ? paintFor(shell.stdout, shell, settings)
          : paintFor({ write: () => true }, shell, { color: false });
      if (view !== undefined) return view(paint, widthOf(shell));
      const { terminalTable } = await import("../../report/terminal/table.js");
      return terminalTable(table, paint, widthOf(shell));
    }
  }
}

/** Rows as a second file of a command, in the format of its ending; JSON is a list of records. */
export async function writeRows(context: Context, option: string, name: string, table: Table): Promise<void> {
  const { columns, rows } = roundedTable(table, context.settings.digits);
  const records = function* () {
    for (const row of rows) yield Object.fromEntries(columns.map((column, at) => [column.name, row[at]]));
  };
  const write = (content: Content) => writeWhole(option, context.shell.cwd, name, content);
  switch (formatByEnding(option, name)) {
    case "csv":
      return write(csvLines({ columns, rows }, context.settings["safe-csv"] === true));
    case "ndjson":
      return write(ndjsonLines(records()));
    case "json":
      return write(jsonText([...records()]));
    case "parquet":
      return write(await parquetOf({ columns, rows }));
  }
}

async function parquetOf({ columns, rows }: Table): Promise<Content> {
  const { parquetBytes } = await import("../../io/parquet/write-parquet.js");
  return parquetBytes(
    columns.map(({ name }) => name),
    rows,
  );
}

/** The options that name files which are written. */
const WRITTEN = ["output", "save", "plot", "fitted", "failures"] as const;

/**
 * Refuses places that could not be written to, or that are the place of something else, before any work is done for them.
 *
 * @param sources the files that the arguments of the command name.
 * @param page whether the command writes a page, not rows.
 */
export async function checkOutputs(context: Context, sources: readonly Role[], page = false): Promise<void> {
  const { settings, shell } = context;
  const read = (["load", "future", "test", "events"] as const).flatMap((option) =>
    rolesOf(option, settings[option], false),
  );
  const written = WRITTEN.flatMap((option) => rolesOf(option, settings[option], true));
  const config = { label: "the settings file", name: CONFIG, written: false };
  const stdout = { label: "standard output", name: "-", written: true };
  const roles = [...sources, ...read, config, ...(settings.output === undefined ? [stdout] : []), ...written];
  // A model that is updated may be saved where it came from.
  const inPlace = sources.some(({ label, name }) => label === "MODEL" && name === settings.save);
  requireApart(shell, inPlace ? roles.filter(({ label }) => label !== "--save") : roles);
  if (!page) formatOf(context);
  if (settings.fitted !== undefined) formatByEnding("fitted", settings.fitted);
  for (const option of WRITTEN) {
    for (const name of namesOf(settings[option])) await checkWritable(option, shell.cwd, name);
  }
  if (namesOf(settings.plot).map(plotKind).includes("png")) {
    await (await import("../../report/pictures/png.js")).requireRenderer();
  }
}

function rolesOf(option: string, names: string | readonly string[] | undefined, written: boolean): Role[] {
  return namesOf(names).map((name) => ({ label: `--${option}`, name, written }));
}

function namesOf(names: string | readonly string[] | undefined): readonly string[] {
  return typeof names === "string" ? [names] : (names ?? []);
}
