import { Command, Option } from "commander";
import type { CommandSpec } from "./command.js";
import { COMMANDS } from "./commands/all.js";
import { GROUPS } from "./options/groups.js";
import { OPTIONS, type OptionName } from "./options/options.js";
import type { Flags } from "./options/settings.js";
import { version } from "./options/version.js";

/** Called when a command line was understood. */
export type Called = (spec: CommandSpec, flags: Flags, argument?: string, second?: string) => Promise<void>;

/**
 * The command line as commander knows it; help and version go to `write`. Options are declared for the command that
 * `argv` calls only: the others need no more than their summaries.
 */
export function program(
  argv: readonly string[],
  called: Called,
  write: (text: string) => void,
  width: number,
): Command {
  const root = new Command("yule")
    .configureOutput({
      writeOut: write,
      writeErr: () => {},
      getOutHelpWidth: () => width,
      getOutHasColors: () => false,
    })
    .description("Forecasts time series with calibrated prediction intervals.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "explain a command")
    .helpCommand("help [command]", "explain a command")
    .showSuggestionAfterError()
    .addHelpText("after", `\n${EXAMPLES}`)
    .exitOverride();
  const [first, second] = argv.filter((word) => !word.startsWith("-"));
  const name = first === "help" ? second : first;
  for (const spec of COMMANDS) declare(root, spec, called, spec.name === name);
  return root;
}

/** What stands under the list of commands. */
export const EXAMPLES = `Examples:
  yule forecast sales.csv                  a forecast with 80 % and 95 % intervals
  yule forecast sales.csv -n 12 --model "arima(0,1,1)(0,1,1)[12]" --plot sales.svg
  yule datasets airpassengers | yule inspect -

FILE is a table (CSV, JSON, Parquet, Arrow, Excel) with a column of times and one of
values; both are detected.
Settings may also come from YULE_* variables and from yule.config.json.
`;

function declare(root: Command, spec: CommandSpec, called: Called, whole: boolean): void {
  const command = root
    .command(spec.name)
    .summary(spec.summary)
    .description(spec.description)
    .addHelpOption(new Option("-h, --help", "explain this command").helpGroup("Files and output:"));
  for (const argument of spec.arguments.split(" ").filter((word) => word !== "")) command.argument(argument);
  for (const [heading, names] of whole ? Object.entries(GROUPS) : []) {
    const own = names.filter((name) => spec.options.includes(name));
    if (own.length > 0) command.optionsGroup(heading);
    for (const name of own) addOption(command, name);
  }
  const examples = spec.examples.map((example) => `  ${example}\n`).join("");
  command.addHelpText("after", `\nExamples:\n${examples}`);
  command.action(async (...args: unknown[]) => {
    const [first, second] = args.flatMap((value) =>
      typeof value === "string"
        ? [value]
        : Array.isArray(value) && value.length > 0
          ? [value.join("\0")]
          : [],
    );
    await called(spec, command.opts<Flags>(), first, second);
  });
}

function addOption(command: Command, name: OptionName): void {
  const spec = OPTIONS[name];
  if ("many" in spec) {
    command.option(spec.flags, spec.summary, (text: string, before: string[] | undefined) => [
      ...(before ?? []),
      text,
    ]);
  } else if ("hidden" in spec) command.addOption(new Option(spec.flags, spec.summary).hideHelp());
  else command.option(spec.flags, spec.summary);
}
