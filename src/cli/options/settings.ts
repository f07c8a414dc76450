import { nearest } from "../../core/checks.js";
import { usageError, type YuleError } from "../../core/errors.js";
import type { Shell } from "../shell.js";
import { joined } from "./option.js";
import { OPTION_NAMES, OPTIONS, type OptionName, type Settings } from "./options.js";

/** What commander parsed: raw texts, lists of them, or true and false. */
export type Flags = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

export const CONFIG = "yule.config.json";

/**
 * The settings of a command: flags first, then `YULE_*` variables, then yule.config.json.
 *
 * @throws YuleError for a value that an option does not take, naming where it was given.
 */
export async function settingsOf(
  names: readonly OptionName[],
  flags: Flags,
  shell: Shell,
): Promise<Settings> {
  const config = await configTexts(shell);
  const settings: Record<string, unknown> = {};
  for (const name of names) {
    const isForFits = flags.load !== undefined && OF_FITTING.includes(name);
    const given =
      fromFlag(name, flags[camelCase(name)]) ??
      (isForFits ? null : (fromEnvironment(name, shell) ?? fromConfig(name, config)));
    if (given === null) continue;
    if (given.fromFile === true && name === "redis") throw redisInFile();
    settings[name] = OPTIONS[name].read(given.text, given.label);
    if (given.fromFile === true && PLACES.includes(name)) await requireOwnPlaces(shell, given);
  }
  return settings as Settings;
}

/** Settings of fits. A flag of these is refused beside --load; variables and the file set them for other commands. */
export const FITTED = ["model", "effort", "transform", "min", "max", "intervals", "inputs"] as const;
/** Settings of regressors that a saved model computes itself. */
export const COMPUTED = ["holidays", "holiday-window", "calendar", "events"] as const;
const OF_FITTING: readonly OptionName[] = [...FITTED, ...COMPUTED];

/** The name under which commander keeps an option. */
function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function variableOf(name: OptionName): string {
  return `YULE_${name.toUpperCase().replaceAll("-", "_")}`;
}

/** The options that name files which are written. */
const PLACES: readonly OptionName[] = ["output", "save", "plot", "fitted", "failures"];

async function requireOwnPlaces({ cwd }: Shell, { text, label }: Given): Promise<void> {
  const { requireInside } = await import("../places/roles.js");
  for (const place of text.split("\n")) requireInside(cwd, place, label);
}

/** A folder that was given to someone must not send their data to a machine of its own choice. */
function redisInFile(): YuleError {
  return usageError(
    "bad-config",
    "redis",
    undefined,
    `${CONFIG} cannot set the address of Redis, because the data would be sent there; give --redis or the variable YULE_REDIS.`,
  );
}

interface Given {
  readonly fromFile?: true;
  readonly text: string;
  readonly label: string;
}

function fromFlag(name: OptionName, raw: Flags[string]): Given | null {
  if (raw === undefined || ((name === "color" || name === "sort") && raw === true)) return null;
  const label = `--${name}`;
  return { text: typeof raw === "object" ? joined(raw, OPTIONS[name]) : String(raw), label };
}

function fromEnvironment(name: OptionName, shell: Shell): Given | null {
  const variable = variableOf(name);
  const text = shell.env[variable];
  return text === undefined || text === "" ? null : { text, label: variable };
}

function fromConfig(name: OptionName, config: ReadonlyMap<string, string>): Given | null {
  const text = config.get(name);
  return text === undefined ? null : { text, label: `"${name}" in ${CONFIG}`, fromFile: true };
}

/** Loads the reader of configuration files only where there is one. */
async function configTexts(shell: Shell): Promise<ReadonlyMap<string, string>> {
  const { existsSync } = await import("node:fs");
  const { join } = await import("node:path");
  const path = join(shell.cwd, CONFIG);
  if (!existsSync(path)) return new Map();
  const { readConfig } = await import("./config.js");
  return readConfig(path, CONFIG);
}

/** The password of Redis, which is no option: a command line can be read by every user of the machine. */
export const REDIS_PASSWORD = "YULE_REDIS_PASSWORD";

/** Sentences about `YULE_*` variables that are no option. */
export function unknownVariables(env: Shell["env"]): string[] {
  const known = [...OPTION_NAMES.map(variableOf), REDIS_PASSWORD];
  return Object.keys(env)
    .filter((name) => name.startsWith("YULE_") && !known.includes(name))
    .map((name) => `The variable ${name} is not a setting of yule; did you mean ${nearest(name, known)}?`);
}

/** @throws YuleError `conflicting-options` where both of two settings that exclude each other were given. */
export function exclude(settings: Settings, first: OptionName, second: OptionName, why: string): void {
  if (settings[first] === undefined || settings[second] === undefined) return;
  throw usageError(
    "conflicting-options",
    first,
    settings[first],
    `--${first} and --${second} cannot go together: ${why}.`,
  );
}
