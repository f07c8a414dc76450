import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { main } from "../../src/cli/main.js";
import type { Shell, Sink } from "../../src/cli/shell.js";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface World {
  /** What standard input holds; absent: a terminal. */
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Standard output and error are terminals so many columns wide. */
  readonly terminal?: number;
  /** Writing to standard output fails as if its reader were gone. */
  readonly closed?: boolean;
}

/** Runs a command line in this process. */
export async function run(argv: readonly string[], world: World = {}): Promise<Ran> {
  const out = recorder(world.terminal, world.closed);
  const err = recorder(world.terminal);
  const shell: Shell = {
    stdin: stdinOf(world.stdin),
    stdout: out.sink,
    stderr: err.sink,
    // The threads of the command line are the built ones; here everything runs on one, however slow the machine is.
    env: { YULE_JOBS: "1", ...world.env },
    cwd: world.cwd ?? process.cwd(),
  };
  const code = await main(argv, shell);
  return { code, stdout: out.text(), stderr: err.text() };
}

function stdinOf(text: string | undefined): Shell["stdin"] {
  async function* chunks() {
    if (text !== undefined) yield Buffer.from(text);
  }
  return Object.assign(chunks(), { isTTY: text === undefined });
}

function recorder(columns: number | undefined, closed = false): { sink: Sink; text: () => string } {
  let recorded = "";
  const sink: Sink = {
    write(text, done) {
      if (!closed) recorded += typeof text === "string" ? text : Buffer.from(text).toString();
      const error = closed ? Object.assign(new Error("write EPIPE"), { code: "EPIPE" }) : null;
      queueMicrotask(() => done?.(error));
    },
    ...(columns === undefined ? {} : { isTTY: true, columns }),
  };
  return { sink, text: () => recorded };
}

/** A folder of its own for a test file, removed when the file is done. */
export function folder(): {
  path: string;
  write: (name: string, content: string | Uint8Array) => string;
  read: (name: string) => string;
} {
  const path = mkdtempSync(join(tmpdir(), "yule-test-"));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write(name, content) {
      writeFileSync(join(path, name), content);
      return join(path, name);
    },
    read: (name) => readFileSync(join(path, name), "utf8"),
  };
}
