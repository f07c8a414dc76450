import { randomBytes } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { YuleError } from "../../core/errors.js";
import { guarded, onEnd } from "./guard.js";

/** What a file is to hold, whole or in pieces that are made as they are written. */
export type Content = string | Uint8Array | Iterable<string>;

/** A file that is written beside its place, and not yet there. */
export interface Staged {
  /** Moves it to its place. */
  readonly commit: () => void;
  /** Leaves what was in its place. */
  readonly discard: () => void;
}

/**
 * Writes a file as a whole or not at all: beside its place and to the disk first, then moved there. Pipes and devices are
 * written to directly.
 *
 * @throws YuleError `unwritable` naming the option, the file and why.
 */
export async function writeWhole(option: string, cwd: string, name: string, content: Content): Promise<void> {
  await guarded(async () => stage(option, cwd, name, content).commit());
}

/**
 * Writes a file beside its place, to be moved there by `commit` once what belongs to it is written too. What ends the
 * program before removes it.
 *
 * @throws YuleError `unwritable`.
 */
export function stage(option: string, cwd: string, name: string, content: Content): Staged {
  const target = resolve(cwd, name);
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw unwritable(option, name, reason(error, target), isFull(error));
    }
  };
  const before = existing(target);
  if (before !== null && !before.isFile()) {
    return { commit: () => attempt(() => writeTo(target, content)), discard: () => {} };
  }
  const place = before === null ? target : realpathSync(target);
  const beside = partOf(place);
  const forget = onEnd(() => rmSync(beside, { force: true }));
  const discard = () => {
    rmSync(beside, { force: true });
    forget();
  };
  try {
    attempt(() => writeDurably(beside, content, before?.mode));
  } catch (error) {
    discard();
    throw error;
  }
  return {
    discard,
    commit() {
      try {
        attempt(() => renameSync(beside, place));
        syncFolder(dirname(place));
      } finally {
        discard();
      }
    },
  };
}

/** A name beside a file, for what is to take its place. */
function partOf(place: string): string {
  return `${place}.${randomBytes(4).toString("hex")}.part`;
}

/** A file whose bytes have reached the disk. */
function writeDurably(path: string, content: Content, mode: number | undefined): void {
  const file = openSync(path, "wx", mode);
  try {
    writeTo(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Characters gathered before they are written. */
const GATHERED = 1 << 18;

function writeTo(place: string | number, content: Content): void {
  if (typeof content === "string" || content instanceof Uint8Array) {
    writeFileSync(place, content);
    return;
  }
  const file = typeof place === "number" ? place : openSync(place, "w");
  try {
    for (const piece of gathered(content)) writeFileSync(file, piece);
  } finally {
    if (file !== place) closeSync(file);
  }
}

/** The same text in fewer, longer pieces. */
export function* gathered(pieces: Iterable<string>): Generator<string> {
  let text = "";
  for (const piece of pieces) {
    text += piece;
    if (text.length < GATHERED) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

/** Makes a rename durable, where the system can do that for folders. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(path, "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // Some systems and file systems do not sync folders; the file itself is on the disk.
  }
}

/**
 * Refuses a file that could not be written later, before any work is done for it: a file is made beside its place and
 * removed again.
 *
 * @throws YuleError `unwritable`.
 */
export async function checkWritable(option: string, cwd: string, name: string): Promise<void> {
  const target = resolve(cwd, name);
  const before = existing(target);
  const folder = existing(dirname(target));
  const why = before?.isDirectory()
    ? "it is a directory"
    : before === null && folder === null
      ? `there is no directory ${dirname(target)}`
      : before === null && folder?.isDirectory() === false
        ? `${dirname(target)} is not a directory`
        : before?.isFile() && (before.mode & 0o222) === 0
          ? "it is read-only; make it writable if it may be replaced"
          : null;
  if (why !== null) throw unwritable(option, name, why);
  if (before !== null && !before.isFile()) return;
  await guarded(async () => {
    try {
      if (before !== null) accessSync(target, constants.W_OK);
      const beside = partOf(before === null ? target : realpathSync(target));
      closeSync(openSync(beside, "wx"));
      rmSync(beside, { force: true });
    } catch (error) {
      throw unwritable(option, name, reason(error, target), isFull(error));
    }
  });
}

function existing(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

/** Why a file could not be written, from what the system said. */
export function unwritableBy(option: string, cwd: string, name: string, error: unknown): Error {
  return unwritable(option, name, reason(error, resolve(cwd, name)), isFull(error));
}

/** A place that cannot be written to is a mistake in what was asked for; a full disk is a failure. */
function unwritable(option: string, name: string, why: string, full = false): Error {
  return new YuleError({
    code: "unwritable",
    category: full ? "failure" : "usage",
    argument: option,
    value: name,
    message: `${name} cannot be written (${why}); give --${option} another place.`,
  });
}

function isFull(error: unknown): boolean {
  return ["ENOSPC", "EDQUOT"].includes((error as { code?: string }).code ?? "");
}

function reason(error: unknown, target: string): string {
  const code = (error as { code?: string }).code ?? "";
  const folder = dirname(target);
  const known: Readonly<Record<string, string>> = {
    EACCES: "permission is denied",
    EPERM: "permission is denied",
    EISDIR: "it is a directory",
    ENOENT: existing(folder) === null ? `there is no directory ${folder}` : `${folder} takes no new files`,
    ENOTDIR: `${folder} is not a directory`,
    ENOSPC: "the disk is full",
    EDQUOT: "the quota of the disk is used up",
    EROFS: "the file system is read-only",
    ENAMETOOLONG: `the name ${basename(target).slice(0, 40)}… is too long`,
  };
  return known[code] ?? (error as Error).message;
}
