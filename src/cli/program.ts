import { Command, Option } from "commander";
import { explainedTerm, wrapped } from "../report/terminal/wrap.js";
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
    .configureHelp({
      formatItem: (term, termWidth, meaning) =>
        explainedTerm(term, meaning, { width, indent: 2, column: termWidth + 2 }),
    })
    .description("Forecasts time series with calibrated prediction intervals.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "explain a command")
    .helpCommand("help [command]", "explain a command")
    .showSuggestionAfterError()
    .addHelpText("after", `\n${examplesText(EXAMPLES, width)}\n${wrapped(SETTINGS, width)}`)
    .exitOverride();
  const [first, second] = argv.filter((word) => !word.startsWith("-"));
  const name = first === "help" ? second : first;
  for (const spec of COMMANDS) declare(root, spec, called, spec.name === name, width);
  return root;
}

const EXAMPLES = [
  "yule forecast sales.csv",
  'yule forecast sales.csv -n 12 --model "arima(0,1,1)(0,1,1)[12]" --plot sales.svg',
  "yule datasets airpassengers | yule inspect -",
];

/** What stands under the list of commands. */
export const SETTINGS = `FILE is a table (CSV, JSON, Parquet, Arrow, Excel) with a column of times and one of values; both are detected.
Settings may also come from YULE_* variables and from yule.config.json.
`;

/** Command lines as they can be copied: long ones go on behind a backslash. */
function examplesText(examples: readonly string[], width: number): string {
  const lines = examples.map((line) => wrapped(`  ${line}`, width - 2, "  ").replaceAll("\n", " \\\n"));
  return `Examples:\n${lines.join("\n")}\n`;
}

function declare(root: Command, spec: CommandSpec, called: Called, whole: boolean, width: number): void {
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
  command.addHelpText("after", `\n${examplesText(spec.examples, width)}`);
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
