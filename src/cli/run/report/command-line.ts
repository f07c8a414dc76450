import { quoted } from "../../../io/csv/numbers/flags.js";
import type { Context } from "../../context.js";
import { OPTION_NAMES, type OptionName } from "../../options/options.js";

/** Options that say nothing about what the report holds. */
const SILENT: readonly OptionName[] = ["quiet", "verbose", "color", "jobs"];
/** What `decided` repeats, where it was not given. */
const COLUMNS: readonly OptionName[] = ["time", "value", "id"];

/**
 * The command that makes the same report again, whatever settings its maker had in variables and files.
 *
 * @param decided the flags that repeat what was found, e.g. `--time ds --value y`.
 */
export function commandOf({ settings }: Context, file: string | undefined, decided: string): string {
  const own = OPTION_NAMES.filter((name) => settings[name] !== undefined && !SILENT.includes(name));
  const columns = own.filter((name) => COLUMNS.includes(name));
  const given = [...own.filter((name) => !COLUMNS.includes(name)), ...columns];
  const flags = given.map((name) => {
    const value = settings[name];
    if (value === true) return `--${name}`;
    return `--${name} ${quoted(Array.isArray(value) ? value.join(",") : String(value))}`;
  });
  const named = columns.length > 0 ? "" : decided;
  const source = file === undefined ? "-" : quoted(/^-./.test(file) ? `./${file}` : file);
  return ["yule report", source, ...flags, named].filter((part) => part !== "").join(" ");
}
