import { resolve } from "node:path";
import { columnNames } from "../../io/column-names.js";
import { listDatasets } from "../../io/datasets.js";
import type { CommandSpec } from "../command.js";
import { knownFamilies } from "../families.js";
import { OPTIONS, type OptionName } from "../options/options.js";
import type { Shell } from "../shell.js";

/** Options whose value is a column of the file, or several with commas between. */
const COLUMNS: readonly OptionName[] = ["time", "value", "id", "inputs"];
/** Commands that take a command, and shells. */
const HELP = "help";
const SHELLS = ["bash", "zsh", "fish"] as const;

/**
 * What may stand in the place of the last word, which is what was typed of it so far; nothing where a file may.
 *
 * @param words those after `yule`.
 */
export async function completions(
  words: readonly string[],
  shell: Shell,
  commands: readonly CommandSpec[],
): Promise<string[]> {
  const typed = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const at = before.findIndex((word) => !word.startsWith("-"));
  if (at < 0) return beginning([...commands.map(({ name }) => name), HELP, "--help", "--version"], typed);
  const name = before[at]!;
  if (name === HELP)
    return beginning(
      commands.map((spec) => spec.name),
      typed,
    );
  const spec = commands.find((candidate) => candidate.name === name);
  if (spec === undefined) return [];
  const option = optionOf(before.at(-1) ?? "", spec);
  if (option !== null && takesValue(option))
    return valuesOf(option, typed, before.slice(at + 1), spec, shell);
  if (typed.startsWith("-")) return beginning(flagsOf(spec, before), typed);
  return argumentsOf(name, typed);
}

function beginning(candidates: readonly string[], typed: string): string[] {
  return candidates.filter((candidate) => candidate.startsWith(typed));
}

/** The ways an option is written: `--model`, `-m`. */
function formsOf(name: OptionName): string[] {
  return OPTIONS[name].flags.split(/[ ,]+/).filter((word) => word.startsWith("-"));
}

function takesValue(name: OptionName): boolean {
  return /[<[]/.test(OPTIONS[name].flags);
}

function optionOf(word: string, { options }: CommandSpec): OptionName | null {
  return options.find((name) => formsOf(name).includes(word)) ?? null;
}

/** The options that were not given yet, and those that may be repeated. */
function flagsOf({ options }: CommandSpec, before: readonly string[]): string[] {
  const left = options.filter(
    (name) => "many" in OPTIONS[name] || !formsOf(name).some((form) => before.includes(form)),
  );
  const long = left.flatMap((name) => ("hidden" in OPTIONS[name] ? [] : formsOf(name).slice(-1)));
  return [...new Set([...long, "--help"])].sort();
}

async function valuesOf(
  name: OptionName,
  typed: string,
  words: readonly string[],
  spec: CommandSpec,
  shell: Shell,
): Promise<string[]> {
  if (COLUMNS.includes(name)) return inList(await columnsOnLine(words, spec, shell), typed);
  if (name === "model") return beginning(await modelNames(), typed);
  const { words: choices } = OPTIONS[name].read as { readonly words?: readonly string[] };
  return beginning(choices ?? [], typed);
}

/** Of names with commas between the last is completed. */
function inList(names: readonly string[], typed: string): string[] {
  const done = typed.slice(0, typed.lastIndexOf(",") + 1);
  const used = done.split(",");
  return beginning(names, typed.slice(done.length))
    .filter((name) => !used.includes(name))
    .map((name) => done + name);
}

/** The columns of the first file among the words; none where it cannot be read. */
async function columnsOnLine(words: readonly string[], spec: CommandSpec, { cwd }: Shell): Promise<string[]> {
  const file = words.find((word, at) => {
    const option = optionOf(words[at - 1] ?? "", spec);
    return !word.startsWith("-") && (option === null || !takesValue(option));
  });
  if (file === undefined) return [];
  try {
    return await columnNames(resolve(cwd, file));
  } catch {
    return [];
  }
}

async function modelNames(): Promise<string[]> {
  return (await knownFamilies()).map(({ name }) => name).sort();
}

async function argumentsOf(command: string, typed: string): Promise<string[]> {
  if (command === "completion") return beginning(SHELLS, typed);
  if (command === "models") return beginning(await modelNames(), typed);
  if (command === "datasets")
    return beginning(
      (await listDatasets()).map(({ name }) => name),
      typed,
    );
  return [];
}
