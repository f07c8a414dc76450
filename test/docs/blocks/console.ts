import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { run } from "../../cli/run.js";
import { type Block, ROOT } from "./markdown.js";

/** A command of a console block and the lines that follow it. */
export interface Example {
  readonly name: string;
  readonly command: string;
  readonly shown: readonly string[];
}

export function examplesOf({ page, line, text }: Block): Example[] {
  const examples: Example[] = [];
  let command: { text: string; shown: string[] } | null = null;
  for (const [at, row] of text.split("\n").entries()) {
    if (row.startsWith("$ ")) {
      command = { text: row.slice(2), shown: [] };
      examples.push({ name: `${page}:${line + 1 + at}`, command: command.text, shown: command.shown });
    } else if (row.trim() !== "") command!.shown.push(row);
  }
  return examples;
}

/**
 * The lines of `[cat FILE |] npx yule … [| head -N]`: what it says, where the page shows that, then
 * what it prints. Where the page shows rows of CSV, standard output is no terminal.
 *
 * @throws Error for a command of another form.
 */
export async function linesOf({ command, shown }: Example, files: string): Promise<string[]> {
  const parts = command.split(" | ");
  const from = /^cat (\S+)$/.exec(parts[0]!);
  const yule = /^npx yule (.*)$/.exec(parts[from === null ? 0 : 1]!);
  const head = /^head -(\d+)$/.exec(parts.at(-1)!);
  if (yule === null || parts.length !== 1 + (from ? 1 : 0) + (head ? 1 : 0)) {
    throw new Error(`The test does not know how to run ${JSON.stringify(command)}.`);
  }
  const ran = await run(wordsOf(yule[1]!), {
    cwd: files,
    ...(from === null ? {} : { stdin: readFileSync(resolve(ROOT, from[1]!), "utf8") }),
    ...(shown.some((line) => line.startsWith("unique_id,")) ? {} : { terminal: 80 }),
  });
  const printed = split(ran.stdout).slice(0, head === null ? undefined : Number(head[1]));
  return alike(shown[0] ?? "", printed[0] ?? "") ? printed : [...split(ran.stderr), ...printed];
}

/** Words of a shell command: quotes hold words together. */
const wordsOf = (command: string) =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);

/** A progress bar is drawn over: what stands before the last return to the start of a line is gone. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what is looked for
const DRAWN_OVER = /^.*(?:\r(?!\n)|\u001b\[(?:0G|1G|\d?K))/gm;

/** Lines as they stay on a terminal, without colours and empty ones. */
const split = (text: string) =>
  stripVTControlCharacters(text.replace(DRAWN_OVER, ""))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** Lines with the times of a table left out: a last column `seconds` differs from run to run. */
export function withoutSeconds(lines: readonly string[]): string[] {
  let timed = false;
  return lines.map((line) => {
    if (/^─+$/.test(line.trim())) return line;
    timed = /\bseconds$/.test(line) || (timed && /\s\d+\.\d\d$/.test(line));
    return timed ? line.replace(/\s+\d+\.\d\d$/, "") : line;
  });
}

const NUMBER = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g;

/** Whether a line is the one shown: words alike, numbers to a part in a million, `…` for any rest of the line. */
export function alike(shown: string, line: string): boolean {
  const open = shown.endsWith("…");
  const wanted = open ? shown.slice(0, -1) : shown.trim();
  const words = wanted.replace(NUMBER, "#");
  const found = line.replace(NUMBER, "#");
  if (open ? !found.startsWith(words) : found !== words) return false;
  const numbers = line.match(NUMBER) ?? [];
  return (wanted.match(NUMBER) ?? []).every((number, at) => {
    const [a, b] = [Number(number), Number(numbers[at])];
    return Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));
  });
}
