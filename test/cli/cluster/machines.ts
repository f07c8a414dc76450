import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Queue } from "bullmq";

const ROOT = resolve(import.meta.dirname, "../../..");
const BIN = join(ROOT, "bin/yule.js");

/** Why there are no tests with a real Redis here; null where there are. */
export const NO_REDIS = (() => {
  const { error } = spawnSync("redis-server", ["--version"]);
  return error === undefined ? null : "redis-server is not installed (apt-get install redis-server)";
})();

const RIGHTS = ["+@all", "-@dangerous", "+info", "+client|list", "+client|setname"];

/** A redis-server of its own, on a free port of loopback, with its files in a folder of its own. */
export class Redis {
  private readonly folder = mkdtempSync(join(tmpdir(), "yule-redis-"));
  private child: ChildProcess | null = null;
  private tls: { readonly port: number; readonly certificate: string } | null = null;

  private constructor(
    readonly port: number,
    private options: readonly string[],
  ) {}

  static async start(...options: string[]): Promise<Redis> {
    const redis = new Redis(await freePort(), options);
    await redis.again();
    return redis;
  }

  /**
   * One that also listens with TLS on the next port, for a user with the rights that the documentation names; no such port
   * where openssl is missing or this redis-server was built without TLS.
   */
  static async secured(...options: string[]): Promise<Redis> {
    const redis = new Redis(await freePort(), options);
    const at = (name: string) => join(redis.folder, name);
    const words = [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-days",
      "2",
    ];
    const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    const files = ["-keyout", at("key.pem"), "-out", at("cert.pem")];
    const tlsPort = await freePort();
    const plain = redis.options;
    if (spawnSync("openssl", [...words, ...names, ...files]).status === 0) {
      const tls = [
        "--tls-port",
        String(tlsPort),
        "--tls-cert-file",
        at("cert.pem"),
        "--tls-key-file",
        at("key.pem"),
      ];
      const user = ["--user", "machine", "on", ">p@ss/w:rd", "~yule:*", "&yule:*", ...RIGHTS];
      redis.options = [...plain, ...tls, "--tls-auth-clients", "no", ...user];
      try {
        await redis.again();
        redis.tls = { port: tlsPort, certificate: at("cert.pem") };
        return redis;
      } catch {
        redis.options = plain;
      }
    }
    console.warn("Work over Redis is tested without TLS: openssl is missing, or this redis-server has none.");
    await redis.again();
    return redis;
  }

  /** How a program reaches it in the most careful way there is here. */
  get carefully(): { YULE_REDIS: string; NODE_EXTRA_CA_CERTS?: string } {
    if (this.tls === null) return { YULE_REDIS: this.url };
    const { port, certificate } = this.tls;
    const address = `rediss://machine:${encodeURIComponent("p@ss/w:rd")}@127.0.0.1:${port}`;
    return { YULE_REDIS: address, NODE_EXTRA_CA_CERTS: certificate };
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it again on the files it left. */
  async again(): Promise<void> {
    const words = ["--port", String(this.port), "--bind", "127.0.0.1", "--dir", this.folder, "--save", ""];
    const child = spawn("redis-server", [...words, ...this.options], { stdio: ["ignore", "pipe", "ignore"] });
    this.child = child;
    await new Promise<void>((ready, failed) => {
      child.on("exit", () => failed(new Error("redis-server ended")));
      child.stdout!.on("data", (text: Buffer) => text.includes("Ready to accept connections") && ready());
    });
  }

  /** Ends it as a loss of power does. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGKILL");
    await ended;
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What is at hand by BullMQ: the runs there are, and the queue of one. */
  async with<T>(look: (queue: (run: string | null) => Queue) => Promise<T>): Promise<T> {
    const queues: Queue[] = [];
    try {
      return await look((run) => {
        const prefix = run === null ? "yule" : `yule:${run}`;
        const connection = { host: "127.0.0.1", port: this.port, maxRetriesPerRequest: null };
        const queue = new Queue(run === null ? "runs" : "batches", {
          prefix,
          connection,
          skipMetasUpdate: true,
        });
        queue.on("error", () => {});
        queues.push(queue);
        return queue;
      });
    } finally {
      await Promise.all(queues.map((queue) => queue.close()));
    }
  }

  /** The name of the only run, once a worker has one of its batches. */
  async activeRun(): Promise<string> {
    return this.with(async (queue) => {
      const runs = queue(null);
      const name = await until(async () => (await runs.getJobs(["waiting"])).at(-1)?.id);
      const batches = queue(name);
      await until(async () => ((await batches.getActiveCount()) > 0 ? true : undefined));
      return name;
    });
  }

  /** The keys there are. */
  keys(): string[] {
    const { stdout } = spawnSync("redis-cli", ["-p", String(this.port), "--raw", "keys", "*"], {
      encoding: "utf8",
    });
    return stdout.trim().split("\n").filter(Boolean).sort();
  }
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => found(port));
    });
  });
}

/** Looks until there is something, for a minute at most. */
export async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let tries = 0; tries < 1200; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(50);
  }
  throw new Error("waited for a minute in vain");
}

/** A yule that runs as a process of its own. */
export interface Program {
  readonly child: ChildProcess;
  readonly stderr: () => string;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

const running = new Set<ChildProcess>();

export function yule(cwd: string, words: string, options: { bin?: string; env?: object } = {}): Program {
  const child = spawn(process.execPath, [options.bin ?? BIN, ...words.split(" ")], {
    cwd,
    env: { PATH: process.env.PATH, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  child.stdout.resume();
  running.add(child);
  const ended = new Promise<number | string>((done) => {
    child.on("close", (code, signal) => {
      running.delete(child);
      done(code ?? signal ?? "?");
    });
  });
  return { child, stderr: () => stderr, ended };
}

/** Waits until a program has said something. */
export function said(program: Program, words: RegExp): Promise<true> {
  return until(() => (words.test(program.stderr()) ? true : undefined));
}

/** Ends what a test left running. */
export function endAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** A program of another version: the build of this one under another number. */
export function otherVersion(folder: string, version: string): string {
  const at = join(folder, `yule-${version}`);
  mkdirSync(at);
  cpSync(join(ROOT, "dist"), join(at, "dist"), { recursive: true });
  cpSync(join(ROOT, "bin"), join(at, "bin"), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(at, "node_modules"));
  const described = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as object;
  writeFileSync(join(at, "package.json"), JSON.stringify({ ...described, version }));
  return join(at, "bin/yule.js");
}

/** Series with a season, a few of them with values that a logarithm cannot take. */
export function panel(series: number, length: number): string {
  const rows = ["unique_id,ds,y"];
  for (let i = 0; i < series; i++) {
    for (let t = 0; t < length; t++) {
      const month = `${1970 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, "0")}-01`;
      const y = 100 + i + 20 * Math.sin((2 * Math.PI * t) / 12) + ((t * 7919 * (i + 1)) % 17);
      rows.push(`"s ${i}, ""x""",${month},${i % 10 === 3 && t === 5 ? -1 : y.toFixed(3)}`);
    }
  }
  return `${rows.join("\n")}\n`;
}
