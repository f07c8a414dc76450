import { isAbsolute, resolve } from "node:path";
import type { YuleError } from "../core/errors.js";
import type { Note } from "../core/model.js";
import { type Colors, colors } from "../report/terminal/colors.js";
import { printable } from "../report/terminal/printable.js";
import { wrapped } from "../report/terminal/wrap.js";
import type { Settings } from "./options/options.js";
import type { Shell, Sink } from "./shell.js";

/** What a running command has at hand. */
export interface Context {
  readonly shell: Shell;
  readonly settings: Settings;
  /** Says on stderr what was decided; silent with --quiet. */
  decided(sentence: string): void;
  /** Says on stderr what the user should know whatever was asked. */
  warn(sentence: string): void;
  /** Lines that were said on stderr so far. */
  readonly lines: () => number;
  /** Says on stderr what only --verbose asks for. */
  detail(sentence: string): void;
  /** Whether series were left out when the data were read. */
  partial: boolean;
  /** What the axes of plots are called; known once the data are read. */
  readonly names: AxisNames;
  /** The series that were left out when the data were read, and why. */
  skipped?: readonly { readonly id: string; readonly error: YuleError }[];
  /** The bytes of the file that the command reads, where some of them were looked at before; else it is opened. */
  input?: AsyncIterable<Uint8Array>;
}

/** The columns that values and times are in, where there is one. */
export interface AxisNames {
  value: string | null;
  time: string | null;
}

/** A search may have a line for each of many candidates. */
const MOST_DETAIL = 1_000_000;

export function contextOf(shell: Shell, settings: Settings): Context {
  const paint = paintFor(shell.stderr, shell, settings);
  let lines = 0;
  const say = (line: string) => {
    lines += 1;
    shell.stderr.write(`${line}\n`);
  };
  const fold = (text: string) => foldedFor(shell.stderr, text);
  return {
    shell,
    settings,
    decided: (sentence) => settings.quiet !== true && say(paint.dim(fold(printable(sentence)))),
    warn: (sentence) => say(fold(`note: ${printable(sentence)}`).replace("note:", paint.yellow("note:"))),
    lines: () => lines,
    partial: false,
    names: { value: null, time: null },
    detail: (sentence) => settings.verbose === true && say(paint.dim(fold(printable(sentence, MOST_DETAIL)))),
  };
}

/** Prose as it stands on a stream: folded at words where that is a terminal, one line a sentence elsewhere. */
export function foldedFor(sink: Sink, text: string, indent = ""): string {
  return sink.isTTY === true ? wrapped(text, columnsOf(sink), indent) : text;
}

/** Colours where a stream is a terminal and nobody declined them (https://no-color.org). */
export function paintFor(sink: Sink, shell: Shell, settings: Settings): Colors {
  const declined = settings.color === false || (shell.env.NO_COLOR ?? "") !== "";
  const forced = !["", "0", undefined].includes(shell.env.FORCE_COLOR);
  const able = forced || (sink.isTTY === true && shell.env.TERM !== "dumb");
  return colors(able && !declined);
}

/** Lines on stderr after which notes on how intervals were computed are left to --verbose. */
const MOST_LINES = 4;
const ON_INTERVALS: ReadonlySet<string> = new Set(["calibrated-intervals", "simulated-intervals"]);

/** Notes on a result: warnings always, details with --verbose, the others where decisions are reported. */
export function reportNotes(context: Context, about: string, notes: readonly Note[]): void {
  for (const note of notes) {
    const sentence = about === "" ? note.message : `${about}: ${note.message}`;
    const isDetail = note.minor === true || (ON_INTERVALS.has(note.code) && context.lines() >= MOST_LINES);
    if (isDetail) context.detail(sentence);
    else if (note.severity === "warning") context.warn(sentence);
    else context.decided(sentence);
  }
}

/** The path of a file named by the user; left as it is where that names the same, so that errors repeat it. */
export function pathIn({ cwd }: Shell, name: string): string {
  return isAbsolute(name) || cwd === process.cwd() || /^\w+:\/\//.test(name) ? name : resolve(cwd, name);
}

/** Characters in a line of the terminal. */
export function widthOf({ stdout }: Shell): number {
  return columnsOf(stdout);
}

function columnsOf({ columns }: Sink): number {
  return Math.min(120, Math.max(40, columns || 80));
}
