import { randomBytes } from "node:crypto";
import {
  closeSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { YuleError } from "../../core/errors.js";
import type { Context } from "../context.js";
import { guarded, onEnd } from "./guard.js";
import { unwritableBy } from "./write.js";

/** Longest wait for another program that works on the same file, in milliseconds. */
const PATIENCE = 120_000;
/** Time between two tries, in milliseconds. */
const TRY = 25;
/** A lock without a word in it is being written, or was left by a crash if it is older than this, in milliseconds. */
const WRITING = 5000;

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process was started, as the system counts it; null where it does not tell. */
  readonly started: string | null;
  readonly token: string;
}

/** A lock that is held. */
export interface Lock {
  /** @throws YuleError `lock-lost` where someone removed the lock, so that another program may have worked meanwhile. */
  readonly requireHeld: () => void;
}

/**
 * Does work while no other yule works on the same file: `NAME.lock` stands beside it meanwhile. Another waits; a lock whose
 * process is gone is taken over. Devices and pipes are not locked.
 *
 * @throws YuleError `locked` where the wait was in vain.
 */
export async function locked<T>(
  context: Context,
  name: string,
  work: (lock: Lock) => Promise<T>,
  patience = PATIENCE,
): Promise<T> {
  const path = placeOf(context.shell.cwd, name);
  if (path === null) return work({ requireHeld: () => {} });
  return guarded(async () => {
    const own = JSON.stringify(ownHolder());
    await acquire(context, name, path, own, patience);
    const release = () => {
      if (textOf(path) === own) rmSync(path, { force: true });
    };
    const forget = onEnd(release);
    try {
      return await work({ requireHeld: () => requireHeld(name, path, own) });
    } finally {
      release();
      forget();
    }
  });
}

/**
 * Holds the lock of a file until it is released or the program ends.
 *
 * @throws YuleError `locked` at once where another program holds it.
 */
export async function holdLock(context: Context, name: string): Promise<{ readonly release: () => void }> {
  const path = placeOf(context.shell.cwd, name);
  if (path === null) return { release: () => {} };
  const own = JSON.stringify(ownHolder());
  await acquire(context, name, path, own, -1);
  const remove = () => {
    if (textOf(path) === own) rmSync(path, { force: true });
  };
  const forget = onEnd(remove);
  return {
    release() {
      remove();
      forget();
    },
  };
}

function placeOf(cwd: string, name: string): string | null {
  const target = resolve(cwd, name);
  try {
    return statSync(target).isFile() ? `${realpathSync(target)}.lock` : null;
  } catch {
    return `${target}.lock`;
  }
}

async function acquire(
  context: Context,
  name: string,
  path: string,
  own: string,
  patience: number,
): Promise<void> {
  const began = Date.now();
  let told = false;
  while (!create(context, name, path, own)) {
    const text = textOf(path);
    if (text === null) continue;
    if (isStale(path, text)) {
      takeAway(path, text);
      continue;
    }
    if (Date.now() - began > patience) throw stillLocked(name, path, text);
    if (!told) context.decided(`Waiting for ${holderText(text)}, which is working on ${name}.`);
    told = true;
    await pause(TRY * (0.5 + Math.random()));
  }
}

/** @throws YuleError `unwritable`, for a full disk too; then no lock is left. */
function create({ shell, settings }: Context, name: string, path: string, own: string): boolean {
  const option = name === settings.output ? "output" : "save";
  let file: number;
  try {
    file = openSync(path, "wx");
  } catch (error) {
    if ((error as { code?: string }).code === "EEXIST") return false;
    throw unwritableBy(option, shell.cwd, name, error);
  }
  try {
    writeFileSync(file, own);
    return true;
  } catch (error) {
    rmSync(path, { force: true });
    throw unwritableBy(option, shell.cwd, name, error);
  } finally {
    closeSync(file);
  }
}

/** Removes a stale lock; one that another program set up in its place meanwhile is put back. */
function takeAway(path: string, stale: string): void {
  const aside = `${path}.${randomBytes(4).toString("hex")}.part`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (textOf(aside) === stale) rmSync(aside, { force: true });
  else renameSync(aside, path);
}

function isStale(path: string, text: string): boolean {
  const holder = parsed(text);
  if (holder === null) return ageOf(path) > WRITING;
  if (holder.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as { code?: string }).code === "ESRCH";
  }
  const started = startOf(holder.pid);
  return started !== null && holder.started !== null && started !== holder.started;
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function ownHolder(): Holder {
  return {
    pid: process.pid,
    host: hostname(),
    started: startOf(process.pid),
    token: randomBytes(8).toString("hex"),
  };
}

/** When a process was started: field 22 of its stat under Linux, which tells two processes with one number apart. */
function startOf(pid: number): string | null {
  const stat = textOf(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}

function parsed(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null;
    return typeof holder?.pid === "number" && typeof holder.host === "string" ? (holder as Holder) : null;
  } catch {
    return null;
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function holderText(text: string): string {
  const holder = parsed(text);
  return holder === null ? "another program" : `process ${holder.pid} on ${holder.host}`;
}

function stillLocked(name: string, path: string, text: string): Error {
  return new YuleError({
    code: "locked",
    category: "failure",
    argument: name,
    message: `${name} is being updated by ${holderText(text)}; wait for it, or remove ${path} if that program has ended.`,
  });
}

function requireHeld(name: string, path: string, own: string): void {
  if (textOf(path) === own) return;
  throw new YuleError({
    code: "lock-lost",
    category: "failure",
    argument: name,
    message: `${path} was removed while ${name} was being updated, so another program may have changed it; nothing was changed, run the update again.`,
  });
}
