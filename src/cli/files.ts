import { randomBytes } from "node:crypto";
import { realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { usageError } from "../core/errors.js";

/**
 * Writes a file as a whole or not at all: beside its place first, then moved there. Pipes and devices are written to
 * directly.
 *
 * @throws YuleError `unwritable` naming the option, the file and why.
 */
export async function writeWhole(
  option: string,
  cwd: string,
  name: string,
  content: string | Uint8Array,
): Promise<void> {
  const target = resolve(cwd, name);
  const done = deferInterrupts();
  try {
    const before = existing(target);
    if (before !== null && !before.isFile()) writeFileSync(target, content);
    else replace(before === null ? target : realpathSync(target), content, before?.mode);
  } catch (error) {
    throw usageError(
      "unwritable",
      option,
      name,
      `${name} cannot be written (${reason(error, target)}); give --${option} another place.`,
    );
  } finally {
    await done();
  }
}

/** @throws YuleError `unwritable` where a file could not be written later, before any work is done for it. */
export function checkWritable(option: string, cwd: string, name: string): void {
  const target = resolve(cwd, name);
  const before = existing(target);
  const folder = existing(dirname(target));
  const why = before?.isDirectory()
    ? "it is a directory"
    : before === null && folder === null
      ? `there is no directory ${dirname(target)}`
      : before === null && folder?.isDirectory() === false
        ? `${dirname(target)} is not a directory`
        : null;
  if (why !== null)
    throw usageError(
      "unwritable",
      option,
      name,
      `${name} cannot be written (${why}); give --${option} another place.`,
    );
}

function existing(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function replace(target: string, content: string | Uint8Array, mode: number | undefined): void {
  const beside = `${target}.${randomBytes(4).toString("hex")}.part`;
  try {
    writeFileSync(beside, content, { flag: "wx", ...(mode === undefined ? {} : { mode }) });
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** Holds Ctrl-C back while a file is moved into place; it ends the program right afterwards. */
function deferInterrupts(): () => Promise<void> {
  let interrupted = false;
  const note = () => {
    interrupted = true;
  };
  process.on("SIGINT", note);
  return async () => {
    await new Promise((ready) => setImmediate(ready));
    process.off("SIGINT", note);
    if (interrupted) process.exit(130);
  };
}

function reason(error: unknown, target: string): string {
  const code = (error as { code?: string }).code ?? "";
  const known: Readonly<Record<string, string>> = {
    EACCES: "permission is denied",
    EPERM: "permission is denied",
    EISDIR: "it is a directory",
    ENOENT: `there is no directory ${dirname(target)}`,
    ENOTDIR: `${dirname(target)} is not a directory`,
    ENOSPC: "the disk is full",
    EROFS: "the file system is read-only",
  };
  return known[code] ?? (error as Error).message;
}
