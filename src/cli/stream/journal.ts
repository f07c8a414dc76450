import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { basename } from "node:path";
import * as v from "valibot";
import { dataError, usageError } from "../../core/errors.js";
import type { Settings } from "../options/options.js";
import { version } from "../options/version.js";
import { unwritableBy } from "../places/write.js";
import type { Loaded } from "./loaded/plan.js";

/** Settings that change nothing about the results of a series. */
export const FREE: readonly string[] = [
  ...["jobs", "quiet", "verbose", "color", "output", "resume", "sort", "skip-bad-series"],
  ...["redis", "redis-wait", "batch-size", "batches-ahead"],
];

/** What a run was started with, by which another one is known to be the same. */
export interface Fingerprint {
  readonly version: string;
  readonly command: string;
  /** The settings that the results depend on, as they were given. */
  readonly settings: Readonly<Record<string, string>>;
  readonly input: { readonly name: string; readonly bytes: number; readonly checksum: number };
}

/** What a command with settings starts on an input, with saved models or none. */
export function fingerprintOf(
  given: Settings,
  command: string,
  loaded: Loaded | null,
  input: Fingerprint["input"],
): Fingerprint {
  const entries = Object.entries(given)
    .filter(([setting]) => !FREE.includes(setting))
    .map(([setting, value]) => [setting, typeof value === "string" ? value : JSON.stringify(value)]);
  const settings = Object.fromEntries(entries) as Record<string, string>;
  if (loaded !== null)
    settings.load = `${loaded.name} (${loaded.index.bytes} bytes, checksum ${loaded.index.checksum})`;
  return { version: version(), command, settings, input };
}

/** How far a run has come: everything before is in the files, to the byte. */
export interface Mark {
  readonly series: number;
  readonly tried: number;
  readonly failed: number;
  /** Lengths of the files written so far. */
  readonly output: number;
  readonly save: number;
  readonly failures: number;
}

export const NOTHING: Mark = { series: 0, tried: 0, failed: 0, output: 0, save: 0, failures: 0 };

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const MarkShape = v.object({
  series: count,
  tried: count,
  failed: count,
  output: count,
  save: count,
  failures: count,
});
const Head = v.object({
  yule: v.literal("journal"),
  version: v.string(),
  command: v.string(),
  settings: v.record(v.string(), v.string()),
  input: v.object({ name: v.string(), bytes: count, checksum: count }),
});

/** A journal that is being written: a line a mark, each on the disk before the next batch. */
export class Journal {
  private open = true;

  private constructor(
    private readonly path: string,
    private readonly file: number,
  ) {}

  static begin(path: string, fingerprint: Fingerprint): Journal {
    const journal = new Journal(path, openSync(path, "w"));
    try {
      journal.write({ yule: "journal", ...fingerprint });
    } catch (error) {
      journal.close();
      rmSync(path, { force: true });
      throw error;
    }
    return journal;
  }

  /** Goes on after a mark; later ones, and a line that was cut off, are taken out. */
  static goOn(path: string, after: Mark): Journal {
    const lines = readFileSync(path, "utf8").split("\n");
    const last = JSON.stringify(after);
    const kept = lines.slice(0, lines.lastIndexOf(last) + 1);
    const file = openSync(path, "r+");
    ftruncateSync(file, Buffer.byteLength(`${kept.join("\n")}\n`));
    closeSync(file);
    return new Journal(path, openSync(path, "a"));
  }

  mark(mark: Mark): void {
    this.write(mark);
  }

  close(): void {
    if (this.open) closeSync(this.file);
    this.open = false;
  }

  /** @throws YuleError `unwritable`, for a full disk too. */
  private write(line: object): void {
    try {
      writeSync(this.file, `${JSON.stringify(line)}\n`);
      fsyncSync(this.file);
    } catch (error) {
      throw unwritableBy("output", "/", this.path, error);
    }
  }
}

/**
 * The marks of a journal, in order; a last line that was cut off is none. Null where there is no journal.
 *
 * @throws YuleError `foreign-journal`, `input-changed`, `options-changed`, `version-changed`, naming what differs.
 */
export function marksOf(path: string, now: Fingerprint): Mark[] | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return null;
    throw foreign(path);
  }
  const lines = text.split("\n");
  // What follows the last line feed was cut off while it was written.
  lines.pop();
  if (lines.length === 0) return null;
  const head = v.safeParse(Head, parsed(lines[0]!));
  if (!head.success) throw foreign(path);
  requireSame(path, head.output, now);
  const marks: Mark[] = [];
  for (const line of lines.slice(1)) {
    const mark = v.safeParse(MarkShape, parsed(line));
    if (!mark.success) break;
    marks.push(mark.output);
  }
  return marks;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function requireSame(path: string, then: Fingerprint, now: Fingerprint): void {
  const restart = `run without --resume to start again, which replaces the results that ${basename(path)} records`;
  if (then.command !== now.command)
    throw changed(
      "options-changed",
      "resume",
      then.command,
      `The stopped run was yule ${then.command}, this is yule ${now.command}; ${restart}.`,
    );
  if (then.version !== now.version)
    throw changed(
      "version-changed",
      "resume",
      then.version,
      `The stopped run was of yule ${then.version}, this is ${now.version}, whose numbers may differ; ${restart}.`,
    );
  const names = [...new Set([...Object.keys(then.settings), ...Object.keys(now.settings)])].sort();
  const differing = names.filter((name) => then.settings[name] !== now.settings[name]);
  if (differing.length > 0) {
    const what = differing.map(
      (name) =>
        `--${name} (then ${then.settings[name] ?? "not given"}, now ${now.settings[name] ?? "not given"})`,
    );
    throw changed(
      "options-changed",
      differing[0]!,
      now.settings[differing[0]!],
      `The stopped run had other options: ${what.join(", ")}; give the same, or ${restart}.`,
    );
  }
  const { input } = then;
  if (input.bytes === now.input.bytes && input.checksum === now.input.checksum) return;
  const how =
    input.bytes === now.input.bytes
      ? "other content of the same length"
      : `${now.input.bytes} bytes, then ${input.bytes}`;
  throw dataError(
    "input-changed",
    now.input.name,
    now.input.bytes,
    `${now.input.name} was changed since the run that was stopped (${how}); ${restart}.`,
  );
}

function changed(code: string, argument: string, value: unknown, message: string): Error {
  return usageError(code, argument, value, message);
}

function foreign(path: string): Error {
  return usageError(
    "foreign-journal",
    "resume",
    path,
    `${path} is no journal of a stopped run; move it away, or run without --resume, which replaces it.`,
  );
}
