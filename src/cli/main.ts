import type { CommandSpec } from "./command.js";
import { COMMANDS } from "./commands/all.js";
import { type Context, contextOf, foldedFor, paintFor, widthOf } from "./context.js";
import { asYuleError, EXIT, errorJson, errorText, exitCodeOf, unknownCommand } from "./failure.js";
import { settingsOf, unknownVariables } from "./options/settings.js";
import { ClosedPipe, print } from "./output/print.js";
import type { Role } from "./places/roles.js";
import { program } from "./program.js";
import type { Shell } from "./shell.js";

/**
 * Runs one command line and returns its exit code: 0 success, 1 failure, 2 usage, 3 the data cannot be used, 4 some
 * series of a panel failed.
 *
 * @param argv the words after the program's name.
 */
export async function main(argv: readonly string[], shell: Shell): Promise<number> {
  let code: number = EXIT.success;
  let help = "";
  let context: Context | null = null;
  const root = program(
    argv,
    async (spec, flags, argument, second) => {
      context = contextOf(shell, await settingsOf(spec.options, flags, shell));
      for (const sentence of unknownVariables(shell.env)) context.warn(sentence);
      await (await import("./output/output.js")).checkOutputs(
        context,
        sourcesOf(spec, argument, second),
        spec.page,
      );
      const run = await spec.load();
      code = await run(context, argument, second);
      if (context.partial && code === EXIT.success) code = EXIT.partial;
    },
    (text) => {
      help += text;
    },
    widthOf(shell),
  );
  try {
    await root.parseAsync(argv.length === 0 ? ["--help"] : [...argv], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof ClosedPipe) return EXIT.success;
    if (help !== "" && isHelp(error)) return EXIT.success;
    const [first, name] = argv;
    // Help was requested for an unknown command.
    const unknown = isHelp(error) && first === "help" && name !== undefined;
    return report(
      unknown
        ? unknownCommand(
            name,
            COMMANDS.map((spec) => spec.name),
          )
        : error,
      argv,
      shell,
      context,
    );
  } finally {
    if (help !== "") await print(shell.stdout, help).catch(() => {});
  }
}

/** The files that the arguments of a command name. */
function sourcesOf({ arguments: names }: CommandSpec, ...given: readonly (string | undefined)[]): Role[] {
  return names.split(" ").flatMap((argument, at) => {
    const label = /^[[<](file|model)[\]>]$/.exec(argument)?.[1];
    const name = given[at] ?? (label === "file" ? "-" : undefined);
    return label === undefined || name === undefined
      ? []
      : [{ label: label.toUpperCase(), name, written: false }];
  });
}

function isHelp(error: unknown): boolean {
  return ["commander.helpDisplayed", "commander.version", "commander.help"].includes(
    (error as { code?: string }).code ?? "",
  );
}

/** Tells an error on stderr, as JSON where results are asked for as JSON. */
async function report(
  thrown: unknown,
  argv: readonly string[],
  shell: Shell,
  context: Context | null,
): Promise<number> {
  const error = asYuleError(thrown);
  const settings = context?.settings ?? {
    verbose: argv.includes("--verbose"),
    ...(argv.includes("--no-color") ? { color: false } : {}),
  };
  const text = wantsJson(argv, shell, context)
    ? `${JSON.stringify(errorJson(error))}\n`
    : errorText(error, paintFor(shell.stderr, shell, settings), settings.verbose === true, (words) =>
        foldedFor(shell.stderr, words, /^ /.test(words) ? "" : "       "),
      );
  await print(shell.stderr, text).catch(() => {});
  return exitCodeOf(error);
}

/** Whether results are wanted as JSON; where the command line was not understood, by a look at its words. */
function wantsJson(argv: readonly string[], shell: Shell, context: Context | null): boolean {
  if (context !== null) return ["json", "ndjson"].includes(context.settings.format ?? "");
  const at = argv.findLastIndex((word) => /^(--format|-f)(=|$)/.test(word));
  const word = at < 0 ? shell.env.YULE_FORMAT : (argv[at]!.split("=")[1] ?? argv[at + 1]);
  return word === "json" || word === "ndjson";
}
