import type { CommandSpec } from "../command.js";
import { COMMANDS } from "../commands/all.js";
import { GROUPS } from "../options/groups.js";
import { OPTIONS, type OptionName } from "../options/options.js";
import { version } from "../options/version.js";
import { SETTINGS } from "../program.js";

const EXIT_CODES: readonly (readonly [string, string])[] = [
  ["0", "success"],
  ["1", "failure: not caused by the input"],
  ["2", "usage: an option, a notation or a file name"],
  ["3", "the data cannot be used"],
  ["4", "some series of a panel failed; the others are written"],
];

/** The manual page in roff (man(7)), made from what --help is made from. */
export function manPage(): string {
  return [
    `.TH YULE 1 "" "yule ${version()}" "User Commands"`,
    ".SH NAME",
    "yule \\- forecasts time series, with prediction intervals",
    ".SH SYNOPSIS",
    ...COMMANDS.flatMap(synopsisOf),
    ".SH DESCRIPTION",
    ...SETTINGS.trim().split("\n").map(text),
    ".SH COMMANDS",
    ...COMMANDS.flatMap(commandOf),
    ".SH OPTIONS",
    "Each command takes some of these; yule help COMMAND lists which.",
    ...Object.entries(GROUPS).flatMap(([heading, names]) => [
      `.SS ${quoted(heading.replace(/:$/, ""))}`,
      ...names.filter(isUsed).flatMap(optionOf),
    ]),
    ".SH EXIT STATUS",
    ...EXIT_CODES.flatMap(([code, meaning]) => [".TP", `.B ${code}`, text(meaning)]),
    ".SH EXAMPLES",
    ".nf",
    ...COMMANDS.flatMap(({ examples }) => examples.map(text)),
    ".fi",
    "",
  ].join("\n");
}

function synopsisOf({ name, arguments: names }: CommandSpec): string[] {
  return [`.B yule ${name}`, text(`${names.toUpperCase()} [options]`.trim()), ".br"];
}

function commandOf({ name, description }: CommandSpec): string[] {
  return [".TP", `.B yule ${name}`, text(description)];
}

function isUsed(name: OptionName): boolean {
  return !("hidden" in OPTIONS[name]) && COMMANDS.some(({ options }) => options.includes(name));
}

function optionOf(name: OptionName): string[] {
  const { flags, summary } = OPTIONS[name];
  return [".TP", `.B ${text(flags)}`, text(summary)];
}

/** Text that roff shows as it is written. */
function text(words: string): string {
  return words
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^([.'])/, "\\&$1");
}

function quoted(words: string): string {
  return `"${text(words).replaceAll('"', '""')}"`;
}
