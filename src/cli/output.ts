import type { Colors } from "../report/colors.js";
import { csvText } from "../report/csv.js";
import { jsonText, ndjsonText } from "../report/json.js";
import { markdownText } from "../report/markdown.js";
import type { Table } from "../report/table.js";
import { type Context, formatOf, paintFor, widthOf } from "./context.js";
import { type Role, requireApart } from "./places/roles.js";
import { checkWritable, writeWhole } from "./places/write.js";
import { plotKind } from "./plots.js";
import { print } from "./print.js";
import { CONFIG } from "./settings.js";

/** What a command found out, ready for every format. */
export interface Result {
  readonly json: object;
  /** One object a line of ndjson. */
  readonly items: readonly object[];
  readonly table: Table;
  /** For people; default: the table. */
  readonly view?: (paint: Colors, width: number) => string | Promise<string>;
}

/** Writes a result where and how it was asked for. */
export async function emit(context: Context, result: Result): Promise<void> {
  const { settings, shell } = context;
  const text = await formatted(context, result);
  if (settings.output === undefined) await print(shell.stdout, text);
  else await writeWhole("output", shell.cwd, settings.output, text);
}

async function formatted(context: Context, { json, items, table, view }: Result): Promise<string> {
  const { shell, settings } = context;
  switch (formatOf(context)) {
    case "csv":
      return csvText(table, settings["safe-csv"] === true);
    case "json":
      return jsonText(json);
    case "ndjson":
      return ndjsonText(items);
    case "markdown":
      return markdownText(table);
    case "table": {
      const paint =
        settings.output === undefined
          ? paintFor(shell.stdout, shell, settings)
          : paintFor({ write: () => true }, shell, { color: false });
      if (view !== undefined) return view(paint, widthOf(shell));
      const { terminalTable } = await import("../report/terminal-table.js");
      return terminalTable(table, paint);
    }
  }
}

/** The options that name files which are written. */
const WRITTEN = ["output", "save", "plot"] as const;

/**
 * Refuses places that could not be written to, or that are the place of something else, before any work is done for them.
 *
 * @param sources the files that the arguments of the command name.
 */
export async function checkOutputs({ settings, shell }: Context, sources: readonly Role[]): Promise<void> {
  const read = (["load", "future", "test"] as const).flatMap((option) =>
    roleOf(option, settings[option], false),
  );
  const written = WRITTEN.flatMap((option) => roleOf(option, settings[option], true));
  const config = { label: "the settings file", name: CONFIG, written: false };
  const stdout = { label: "standard output", name: "-", written: true };
  const roles = [...sources, ...read, config, ...(settings.output === undefined ? [stdout] : []), ...written];
  // A model that is updated may be saved where it came from.
  const inPlace = sources.some(({ label, name }) => label === "MODEL" && name === settings.save);
  requireApart(shell, inPlace ? roles.filter(({ label }) => label !== "--save") : roles);
  for (const option of WRITTEN) {
    const name = settings[option];
    if (name !== undefined) await checkWritable(option, shell.cwd, name);
  }
  if (settings.plot !== undefined && plotKind(settings.plot) === "png") {
    await (await import("../report/png.js")).requireRenderer();
  }
}

function roleOf(option: string, name: string | undefined, written: boolean): Role[] {
  return name === undefined ? [] : [{ label: `--${option}`, name, written }];
}
