import { nearest, show } from "../core/checks.js";
import { usageError, YuleError } from "../core/errors.js";
import type { Colors } from "../report/terminal/colors.js";
import { printable, shortened } from "../report/terminal/printable.js";

export const EXIT = { success: 0, failure: 1, usage: 2, data: 3, partial: 4 } as const;

/** Anything that was thrown, as an error with a sentence for people. */
export function asYuleError(error: unknown): YuleError {
  if (error instanceof YuleError) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === "string" && code.startsWith("commander."))
    return fromCommander(error as Error & { code: string });
  const message = error instanceof Error ? error.message : String(error);
  return new YuleError({
    code: "internal",
    category: "failure",
    message: `Internal error of yule: ${message}`,
    hint: "Run again with --verbose to see where, and report it with the command and the data.",
    cause: error,
  });
}

/** What commander says in several lines, as one sentence. */
function fromCommander(error: Error & { code: string }): YuleError {
  const named = /'([^']*)'/.exec(error.message)?.[1] ?? "";
  const guess = /\(Did you mean (?:one of )?(.*?)\?\)/.exec(error.message)?.[1];
  const meant = guess === undefined ? "" : `; did you mean ${guess}?`;
  const end = meant === "" ? "." : meant;
  const option = named.split(/[ ,]/).find((word) => word.startsWith("--")) ?? named;
  switch (error.code) {
    case "commander.unknownOption":
      return usageError("unknown-option", option, named, `There is no option ${named}${end}`, SEE_HELP);
    case "commander.unknownCommand":
      return usageError(
        "unknown-command",
        "command",
        named,
        `There is no command ${show(named)}${end}`,
        SEE_HELP,
      );
    case "commander.optionMissingArgument":
      return usageError(
        "missing-value",
        option,
        null,
        `The option ${named} needs a value after it.`,
        SEE_HELP,
      );
    case "commander.missingArgument":
      return usageError("missing-argument", named, null, `The argument ${named} is missing.`, SEE_HELP);
    case "commander.excessArguments":
      return usageError(
        "extra-argument",
        "arguments",
        null,
        "There is one argument too many; a command reads one FILE, and - is standard input.",
        SEE_HELP,
      );
    default:
      return usageError("usage", "arguments", null, `${error.message.replace(/^error: /, "")}.`, SEE_HELP);
  }
}

const SEE_HELP = "See yule --help, or --help after a command.";

/** An unknown command's error, with the nearest one named. */
export function unknownCommand(name: string, known: readonly string[]): YuleError {
  const guess = nearest(name, known);
  return usageError(
    "unknown-command",
    "command",
    name,
    `There is no command ${show(name)}; did you mean ${guess}?`,
    SEE_HELP,
  );
}

/** The exit code that belongs to an error. */
export function exitCodeOf(error: YuleError): number {
  return EXIT[error.category];
}

/** An error as JSON: its code, sentence and hint, what was at fault, and its further details. */
export function errorJson(error: YuleError): { readonly error: Readonly<Record<string, unknown>> } {
  const fault = error.argument === undefined ? {} : { name: shortened(error.argument) };
  const value = ["string", "number", "boolean"].includes(typeof error.value)
    ? { value: typeof error.value === "string" ? shortened(error.value) : error.value }
    : {};
  return {
    error: {
      ...error.details,
      ...fault,
      ...value,
      code: error.code,
      message: shortened(error.message),
      hint: error.hint ?? null,
    },
  };
}

/** An error for people: the sentence, the hint under it, and with `verbose` where it came from. */
export function errorText(
  error: YuleError,
  paint: Colors,
  verbose: boolean,
  fold: (text: string) => string = (text) => text,
): string {
  const lines = [fold(`error: ${printable(error.message)}`).replace("error:", paint.red("error:"))];
  if (error.hint !== undefined) lines.push(paint.dim(fold(`       ${printable(error.hint)}`)));
  if (verbose) {
    const origin = error.cause instanceof Error ? error.cause : error;
    lines.push(paint.dim(origin.stack ?? String(origin)));
  }
  return `${lines.join("\n")}\n`;
}
