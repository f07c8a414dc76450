import { fstatSync, lstatSync, readlinkSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { usageError } from "../../core/errors.js";
import type { Shell } from "../shell.js";

/** A file of a command and what it is to the command. */
export interface Role {
  /** As a sentence calls it: `--output`, `FILE`. */
  readonly label: string;
  /** As it was given. */
  readonly name: string;
  /** Whether the command writes it. */
  readonly written: boolean;
}

/**
 * Refuses two roles on one file where at least one is written: what is read or written there would be lost. Links are
 * followed, and where the file system takes upper and lower case as one, so does this.
 *
 * @throws YuleError `same-file` naming both roles.
 */
export function requireApart(shell: Shell, roles: readonly Role[]): void {
  const found = roles.flatMap((role) => {
    const identity = identityOf(shell, role);
    return identity === null ? [] : [{ role, identity }];
  });
  for (const [at, second] of found.entries()) {
    const first = found
      .slice(0, at)
      .find(({ role, identity }) => identity === second.identity && (role.written || second.role.written));
    if (first !== undefined) throw sameFile(first.role, second.role);
  }
}

function sameFile(first: Role, second: Role): Error {
  const [kept, moved] = second.written ? [first, second] : [second, first];
  const what = kept.written ? "both would be written to it, one over the other" : "it would be overwritten";
  const names = [...new Set([kept.name, moved.name])].filter((name) => name !== "-").join(" and ");
  return usageError(
    "same-file",
    moved.label.replace(/^--/, ""),
    moved.name,
    `${kept.label} and ${moved.label} name the same file, ${names}: ${what}; give ${moved.label} another place.`,
  );
}

/** What two names of one file have in common: device and inode, or the place where it will be. Null for what is no file. */
function identityOf(shell: Shell, { name, label }: Role): string | null {
  if (name === "-") {
    const stream = label === "standard output" ? process.stdout : process.stdin;
    const real = shell.stdin === process.stdin || shell.stdout === process.stdout;
    return real ? identityOfStats(quietly(() => fstatSync((stream as { fd: number }).fd))) : null;
  }
  const path = resolve(shell.cwd, name);
  const stats = quietly(() => statSync(path));
  if (stats !== null) return identityOfStats(stats);
  const target = danglingTarget(path);
  const folder = quietly(() => realpathSync(dirname(target)));
  if (folder === null) return null;
  const place = join(folder, basename(target));
  return ignoresCase(folder) ? place.toLowerCase() : place;
}

function identityOfStats(stats: Stats | null): string | null {
  return stats?.isFile() ? `${stats.dev}:${stats.ino}` : null;
}

/** Where a link points to whose target does not exist yet. */
function danglingTarget(path: string, depth = 0): string {
  const link = quietly(() => (lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null));
  return link === null || depth > 40 ? path : danglingTarget(resolve(dirname(path), link), depth + 1);
}

/** Whether the folder's own name in other letters names it too. */
function ignoresCase(folder: string): boolean {
  const name = basename(folder);
  const swapped = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
  if (swapped === name) return false;
  const [own, other] = [folder, join(dirname(folder), swapped)].map((path) => quietly(() => statSync(path)));
  return own !== null && other !== null && own?.ino === other?.ino && own?.dev === other?.dev;
}

/**
 * Refuses a place outside the working directory that its settings file names: a folder that someone else made must not
 * decide which of your files are replaced.
 *
 * @throws YuleError `outside-directory`.
 */
export function requireInside(cwd: string, name: string, label: string): void {
  const root = realpathSync(cwd);
  const target = danglingTarget(resolve(cwd, name));
  const real =
    quietly(() => realpathSync(target)) ??
    join(quietly(() => realpathSync(dirname(target))) ?? dirname(target), basename(target));
  const way = relative(root, real);
  if (way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return;
  throw usageError(
    "outside-directory",
    label,
    name,
    `${label} is ${name}, outside the working directory; a settings file may name places inside it only: give the place as an option.`,
  );
}

function quietly<T>(look: () => T): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}
