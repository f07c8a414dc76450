import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { dataError, usageError, type YuleError } from "../../core/errors.js";
import type { Fitted } from "../../core/model.js";
import { load } from "../../io/model-file.js";
import { isModelLine, loadModels } from "../../io/model-files.js";
import { ModelLines } from "../../io/model-lines.js";
import { loadFamilies } from "../../select/catalogue.js";
import type { Context } from "../context.js";

/** Bytes read at a time. */
const CHUNK = 1 << 18;

/** Takes the lines of a file of models. */
interface LineReader {
  take(line: string): void;
  models(): Fitted[];
}

/**
 * The fitted models of a file, read line by line: of many models neither the text nor its JSON is in memory as a whole.
 *
 * @throws YuleError `unreadable-model`, and as `load` does.
 */
export async function loadFrom({ shell }: Context, name: string): Promise<Fitted[]> {
  let reader: LineReader | null = null;
  for await (const line of linesOf(resolve(shell.cwd, name), name)) {
    reader ??= readerFor(line, name);
    await loadFamilies([line]);
    reader.take(line);
  }
  return (reader ?? wholeText(name)).models();
}

function readerFor(first: string, name: string): LineReader {
  if (ModelLines.begin(first)) return new ModelLines(name);
  return isModelLine(first) ? separateModels(name) : wholeText(name);
}

/** A model a line. */
function separateModels(name: string): LineReader {
  const models: Fitted[] = [];
  const take = (line: string) => {
    if (line.trim() !== "")
      models.push(load(line, models.length === 0 ? name : `${name}, model ${models.length + 1}`));
  };
  return { take, models: () => models };
}

/** A text that has to be read as a whole, such as JSON that was laid out anew. */
function wholeText(name: string): LineReader {
  const lines: string[] = [];
  return { take: (line) => lines.push(line), models: () => loadModels(lines.join("\n"), name) };
}

/** The lines of a file; only a line feed ends one, for JSON may hold every other mark that some take as an end. */
async function* linesOf(path: string, name: string): AsyncGenerator<string> {
  let rest = "";
  try {
    for await (const chunk of createReadStream(path, { encoding: "utf8", highWaterMark: CHUNK })) {
      const lines = `${rest}${chunk as string}`.split("\n");
      rest = lines.pop()!;
      yield* lines;
    }
  } catch (error) {
    throw unreadable(error, name);
  }
  if (rest !== "") yield rest;
}

function unreadable(error: unknown, name: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const why =
    code === "ENOENT"
      ? "there is no such file"
      : code === "EISDIR"
        ? "it is a directory"
        : code === "EACCES"
          ? "permission is denied"
          : message;
  return usageError("unreadable-model", name, name, `The model file ${name} cannot be read: ${why}.`);
}

/** A series among the rows that no model of the file belongs to. */
export function noModel(file: string, id: string): YuleError {
  return dataError(
    "no-model",
    id,
    id,
    `${file} has no model for the series ${id}; fit one with yule update ${file} FILE --new fit, or remove its rows.`,
  );
}
