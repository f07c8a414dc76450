import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { usageError } from "../../core/errors.js";
import type { Fitted } from "../../core/model.js";
import { loadModels } from "../../io/model-files.js";
import { ModelLines } from "../../io/model-lines.js";
import { loadFamilies } from "../../select/catalogue.js";
import type { Context } from "../context.js";

/** Bytes read at a time. */
const CHUNK = 1 << 18;

/**
 * The fitted models of a file, read line by line: of many models neither the text nor its JSON is in memory as a whole.
 *
 * @throws YuleError `unreadable-model`, and as `load` does.
 */
export async function loadFrom({ shell }: Context, name: string): Promise<Fitted[]> {
  const lines = new ModelLines(name);
  let whole: string[] | null = null;
  let first = true;
  for await (const line of linesOf(resolve(shell.cwd, name), name)) {
    if (first && !ModelLines.begin(line)) whole = [];
    first = false;
    if (whole === null) {
      await loadFamilies([line]);
      lines.take(line);
    } else whole.push(line);
  }
  if (whole === null && !first) return lines.models();
  const text = (whole ?? []).join("\n");
  await loadFamilies([text]);
  return loadModels(text, name);
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
