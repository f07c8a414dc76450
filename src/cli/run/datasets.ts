import { existsSync, readdirSync, readFileSync } from "node:fs";
import { nearest, show } from "../../core/checks.js";
import { usageError, YuleError } from "../../core/errors.js";
import type { Table } from "../../report/table.js";
import type { Colors } from "../../report/terminal/colors.js";
import type { Run } from "../command.js";
import type { Context } from "../context.js";
import { formatOf } from "../output/format.js";
import { emit } from "../output/output.js";
import { print } from "../output/print.js";
import { writeWhole } from "../places/write.js";

const FOLDER = new URL("../../../datasets/", import.meta.url);

/** Lists the bundled data, or prints one of them: its file as it is, or in the format that was asked for. */
export const runDatasets: Run = async (context, name) => {
  const known = bundled();
  if (name === undefined) await list(context, known);
  else await one(context, name.toLowerCase().replace(/\.csv$/, ""), known);
  return 0;
};

function bundled(): string[] {
  if (!existsSync(FOLDER)) {
    throw new YuleError({
      code: "no-datasets",
      category: "failure",
      argument: "datasets",
      message: "The datasets that come with yule are not where they were installed; install yule again.",
    });
  }
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".csv"))
    .map((file) => file.slice(0, -4))
    .sort();
}

function textOf(name: string): string {
  return readFileSync(new URL(`${name}.csv`, FOLDER), "utf8");
}

async function list(context: Context, known: readonly string[]): Promise<void> {
  const about = descriptions();
  const items = known.map((name) => {
    const rows = textOf(name).trimEnd().split("\n").length - 1;
    return {
      name,
      rows,
      frequency: about.get(name)?.frequency ?? null,
      about: about.get(name)?.unit ?? null,
    };
  });
  const table: Table = {
    columns: [{ name: "name" }, { name: "rows" }, { name: "frequency" }, { name: "about" }],
    rows: items.map((item) => [item.name, item.rows, item.frequency, item.about]),
  };
  const view = async (paint: Colors, width: number) => {
    const { terminalTable } = await import("../../report/terminal/table.js");
    return terminalTable(table, paint, width);
  };
  await emit(context, { items: () => items, json: (datasets) => ({ datasets }), table, view });
}

/** What SOURCES.md says of each file in its table: cells by the name of their column. */
function descriptions(): Map<string, Record<string, string>> {
  const sources = new URL("SOURCES.md", FOLDER);
  if (!existsSync(sources)) return new Map();
  const rows = readFileSync(sources, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("`", "")),
    );
  const heads = rows.find((cells) => cells[0]?.toLowerCase() === "file") ?? [];
  return new Map(
    rows
      .filter((cells) => cells[0]?.endsWith(".csv"))
      .map((cells) => [
        cells[0]!.slice(0, -4),
        Object.fromEntries(heads.map((head, at) => [head, cells[at] ?? ""])),
      ]),
  );
}

async function one(context: Context, name: string, known: readonly string[]): Promise<void> {
  if (!known.includes(name)) {
    throw usageError(
      "unknown-dataset",
      "name",
      name,
      `There is no dataset ${show(name)}; did you mean ${nearest(name, known)}? (yule datasets lists all.)`,
    );
  }
  const { settings, shell } = context;
  const text = textOf(name);
  const format = settings.output === undefined ? (settings.format ?? "csv") : formatOf(context);
  if (format !== "csv") await emit(context, rowsOf(text));
  else if (settings.output === undefined) await print(shell.stdout, text);
  else await writeWhole("output", shell.cwd, settings.output, text);
}

/** The bundled files are plain: no quotes, numbers with a point. */
function rowsOf(text: string) {
  const [heads = [], ...rows] = text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  const cells = rows.map((row) =>
    row.map((cell) => (cell === "" ? null : /^-?\d+(\.\d+)?(e-?\d+)?$/.test(cell) ? Number(cell) : cell)),
  );
  const items = cells.map((row) => Object.fromEntries(heads.map((head, at) => [head, row[at] ?? null])));
  return {
    items: () => items,
    json: (rows: readonly object[]) => ({ rows }),
    table: { columns: heads.map((name) => ({ name })), rows: cells },
  };
}
