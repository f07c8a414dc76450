import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { folder } from "../run.js";
import { endAll, NO_REDIS, otherVersion, panel, Redis, said, until, yule } from "./machines.js";

const at = folder();
/** A model whose fits cost nothing beside the start of a program; logarithms fail for some series. */
const WORK = "forecast panel.csv -m log(snaive) -n 3";
const files = (name: string) => `-o ${name}.csv --save ${name}.ndjson --failures ${name}-failed.csv`;
const written = (name: string) =>
  [`${name}.csv`, `${name}.ndjson`, `${name}-failed.csv`].map((file) => at.read(file));

let local: string[] = [];
let redis: Redis;

if (NO_REDIS !== null) console.warn(`The tests of work over Redis are skipped: ${NO_REDIS}.`);

/** A worker takes half a second longer over each batch, so that it is met while it has one, however fast the machine is. */
const SLOW = `
import { syncBuiltinESMExports } from "node:module";
import zlib from "node:zlib";
const { gunzip } = zlib;
zlib.gunzip = (bytes, done) => setTimeout(() => gunzip(bytes, done), 500);
syncBuiltinESMExports();
`;

/** Ends what works on a certain series: the thread that writes it, by its memory, or the whole program that is sent it. */
const POISON = `
import { isMainThread } from "node:worker_threads";
import { syncBuiltinESMExports } from "node:module";
import zlib from "node:zlib";
const { gunzip } = zlib;
zlib.gunzip = (bytes, done) => gunzip(bytes, (error, out) => {
  if (out?.includes("\\n\\"s 5,")) process.kill(process.pid, "SIGKILL");
  done(error, out);
});
syncBuiltinESMExports();
const { encode } = TextEncoder.prototype;
TextEncoder.prototype.encode = function (text) {
  const hog = [];
  while (!isMainThread && text?.includes("s 7,")) hog.push(new Array(1e6).fill(hog.length + 0.5));
  return encode.call(this, text);
};
`;

describe.skipIf(NO_REDIS !== null)("work over Redis", () => {
  beforeAll(async () => {
    redis = await Redis.secured("--appendonly", "yes");
    at.write("panel.csv", panel(12, 60));
    at.write("slow.mjs", SLOW);
    expect(await yule(at.path, `${WORK} ${files("local")} -q`).ended).toBe(4);
    local = written("local");
  });
  afterEach(() => endAll());
  afterAll(async () => redis?.end());

  const loading = (name: string) => ({
    NODE_OPTIONS: `--import ${pathToFileURL(join(at.path, name)).href}`,
  });
  const worker = (env: object = loading("slow.mjs"), bin?: string) =>
    yule(at.path, "worker --jobs 1", {
      env: { YULE_REDIS: redis.url, ...env },
      ...(bin === undefined ? {} : { bin }),
    });
  const forecast = (name: string, more = "--batch-size 3") =>
    yule(at.path, `${WORK} ${files(name)} ${more}`, { env: { YULE_REDIS: redis.url } });
  const marksIn = (name: string) =>
    existsSync(join(at.path, `${name}.csv.journal`))
      ? at.read(`${name}.csv.journal`).split("\n").length - 2
      : 0;

  // One test, so that a worker is started once: the start of a program costs more than the work.
  test("a killed worker, a killed producer and saved models end in what one machine writes, with nothing left in Redis", async () => {
    const first = worker();
    const run = forecast("killed");
    const name = await redis.activeRun();
    first.child.kill("SIGKILL");
    await first.ended;
    expect(await redis.with((queue) => queue(name).getActiveCount())).toBeGreaterThan(0);
    const second = worker({ ...loading("slow.mjs"), ...redis.carefully });
    expect(await run.ended).toBe(4);
    expect(written("killed")).toEqual(local);
    await said(second, /is over: 4 batches, 12 series here/);
    await until(() => (redis.keys().some((key) => key.includes(name)) ? undefined : true));

    const stopped = forecast("resumed", "--batch-size 2");
    const former = await redis.activeRun();
    await until(() => (marksIn("resumed") > 0 ? true : undefined));
    stopped.child.kill("SIGKILL");
    await stopped.ended;
    expect(existsSync(join(at.path, "resumed.csv"))).toBe(false);
    const next = forecast("resumed", "--resume");
    expect(await next.ended).toBe(4);
    expect(next.stderr()).toMatch(/Continuing after \d+ finished series/);
    expect(written("resumed")).toEqual(local);
    await until(() => (redis.keys().some((key) => key.includes(former)) ? undefined : true));

    const load = "forecast --load local.ndjson -n 3 --batch-size 6";
    const loaded = yule(at.path, `${load} -o loaded.csv`, { env: redis.carefully });
    expect(await loaded.ended, loaded.stderr()).toBe(0);
    expect(at.read("loaded.csv")).toBe(local[0]);
    second.child.kill("SIGTERM");
    expect(await second.ended).toBe(0);
  });

  test.skipIf(!process.env.YULE_ATTACK_CLUSTER)(
    "a Redis that is restarted on its file is waited for, and nothing is lost or doubled",
    async () => {
      const workers = [worker(), worker()];
      const run = forecast("restarted", "--batch-size 1");
      await redis.activeRun();
      await redis.kill();
      await said(run, /does not answer \(.+\); trying again for 60 s/);
      await redis.again();
      expect(await run.ended).toBe(4);
      expect(written("restarted")).toEqual(local);
      expect(run.stderr()).toMatch(/answers again/);
      for (const one of workers) expect(one.child.exitCode).toBe(null);
    },
  );

  test.skipIf(!process.env.YULE_ATTACK_CLUSTER)(
    "a worker of another version refuses the batches, the producer says so, and another worker does them",
    async () => {
      const other = worker({}, otherVersion(at.path, "9.9.9"));
      const run = forecast("versions", "--batch-size 6 --batches-ahead 1");
      await said(
        run,
        /The worker \S+ is of yule 9.9.9 and refuses the batches of this run, which is of yule \d/,
      );
      await said(other, /is refused: its batches are for yule \S+ forecast, and this is yule 9.9.9/);
      const [name] = redis.keys().flatMap((key) => /^yule:(\w{12}):/.exec(key)?.[1] ?? []);
      await redis.with(async (queue) => {
        const { wait, active } = await queue(name!).getJobCounts("wait", "active");
        expect(wait! + active!, "batches in Redis at once").toBe(1);
      });
      const own = worker();
      expect(await run.ended).toBe(4);
      expect(written("versions")).toEqual(local);
      expect(other.stderr()).not.toMatch(/batch-/);
      own.child.kill("SIGINT");
      expect(await own.ended).toBe(0);
    },
  );

  test.skipIf(!process.env.YULE_ATTACK_CLUSTER)(
    "a series that ends its thread, and one that ends its worker, are failures; the others are done",
    async () => {
      at.write("poison.mjs", POISON);
      const { NODE_OPTIONS } = loading("poison.mjs");
      const poisoned = () => worker({ NODE_OPTIONS: `${NODE_OPTIONS} --max-old-space-size=120` });
      const run = forecast("poisoned", "--batch-size 1");
      let deaths = 0;
      let over = false;
      const kept = (async () => {
        for (; !over; deaths++) await poisoned().ended;
      })();
      expect(await run.ended, run.stderr()).toBe(4);
      over = true;
      endAll();
      await kept;
      expect(deaths).toBeGreaterThanOrEqual(3);
      const [rows, , failed] = written("poisoned");
      const without = (text: string) => text.split("\n").filter((row) => !/^"s [57],/.test(row));
      expect(without(rows!)).toEqual(without(local[0]!));
      expect(rows).not.toMatch(/^"s [57],/m);
      expect(without(failed!)).toEqual(without(local[2]!));
      expect(failed).toMatch(/"s 5, ""x""",log\(snaive\),worker-ended,/);
      expect(failed).toMatch(/"s 7, ""x""",log\(snaive\),thread-ended,/);
    },
    300_000,
  );

  // On request, as the other long ones: on a busy machine it once did not end within two minutes.
  test.skipIf(!process.env.YULE_ATTACK_CLUSTER)(
    "a Redis that stays away ends the run with what it has, and one machine goes on with it",
    async () => {
      const own = await Redis.start();
      try {
        const env = { YULE_REDIS: own.url };
        const help = yule(at.path, "worker --jobs 1 --redis-wait 1", {
          env: { ...env, ...loading("slow.mjs") },
        });
        const run = yule(at.path, `${WORK} ${files("gone")} --batch-size 2 --redis-wait 1`, { env });
        await until(() => (marksIn("gone") > 0 ? true : undefined));
        await own.kill();
        expect(await run.ended).toBe(1);
        expect(run.stderr()).toMatch(/has not answered for 1 s \(\w+\)/);
        expect(run.stderr()).toMatch(/gone.csv.partial has them: the same command with --resume continues/);
        expect(await help.ended).toBe(1);
        expect(await yule(at.path, `${WORK} ${files("gone")} --resume -q`).ended).toBe(4);
        expect(written("gone")).toEqual(local);
      } finally {
        await own.end();
      }
    },
  );
});
