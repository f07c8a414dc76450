import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { folder, run } from "../run.js";
import { endAll, NO_REDIS, panel, Redis, said, yule as started } from "./machines.js";

const at = folder();
const BIN = resolve(import.meta.dirname, "../../../bin/yule.js");
/** Nobody listens there. */
const NOWHERE = "redis://127.0.0.1:1";

const yule = (words: string, env: Record<string, string> = {}) =>
  run(words.split(" "), { cwd: at.path, env: { YULE_JOBS: "", ...env } });

describe("what does not go over Redis is refused in one sentence", () => {
  test.each([
    ["--jobs 2", /--jobs does not go with --redis: .* belongs to yule worker/],
    ["--period auto", /--period does not go with --redis: give the number of rows in a season/],
    ["--save m.json", /--save does not go with --redis: .* name the file .ndjson/],
    ["-o out.md", /--format does not go with --redis: results come as csv, json or ndjson/],
    ["--last 20", /--last does not go with --redis/],
    ["-m deepar", /--model does not go with --redis: deepar.* is fitted to all series together/],
    ["--load m.json", /--load does not go with --redis: models of several series, one a line, are sent/],
    ["--load none.ndjson", /--load does not go with --redis: .* yule fit panel.csv --save models.ndjson/],
    ["--redis http://here", /--redis must be an address such as redis:\/\/localhost:6379/],
    ["--redis redis://:secret@here:99999", /The address of Redis cannot be read/],
    ["--redis redis://:secret%zz@here", /The address of Redis has a % that is not part of a code/],
    ["--redis redis://here/?secret=1", /The address of Redis has parameters/],
    ["--redis redis://here/secret", /The address of Redis does not end in the number of a database/],
    ["--batch-size 0", /--batch-size must be a whole number from 1/],
  ])("%s", async (words, sentence) => {
    at.write("panel.csv", panel(2, 30));
    const { code, stderr } = await yule(`forecast panel.csv -o out.csv --redis ${NOWHERE} ${words}`);
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/secret/);
  });

  test("a file of one series", async () => {
    at.write("one.csv", "ds,y\n2020-01-01,1\n2020-02-01,2\n2020-03-01,3\n");
    const { code, stderr } = await yule(`forecast one.csv -o out.csv --redis ${NOWHERE}`);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--redis needs a table of several series as CSV.*; one.csv is none/);
  });

  test("a Redis that a configuration file names", async () => {
    at.write("yule.config.json", `{ "redis": "${NOWHERE}" }`);
    const { code, stderr } = await yule("worker");
    rmSync(join(at.path, "yule.config.json"));
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /yule.config.json cannot set the address of Redis, because the data would be sent there/,
    );
  });

  test("a worker without an address, and nobody at the address", async () => {
    expect(await yule("worker")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/give --redis, or/),
    });
    const { code, stderr } = await yule("worker", { YULE_REDIS: NOWHERE });
    expect(code).toBe(1);
    expect(stderr).toMatch(/There is no Redis at redis:\/\/127.0.0.1:1 \(ECONNREFUSED\)/);
  });

  test("a password on the command line is told to be readable by everyone", async () => {
    const words = "worker --redis redis://:secret@127.0.0.1:1";
    const { stderr } = await yule(words);
    expect(stderr).toMatch(
      /A password in --redis can be read by every user of this machine; give .* YULE_REDIS/,
    );
    expect(stderr).not.toMatch(/secret/);
    const quiet = await yule("worker", { YULE_REDIS: "redis://:secret@127.0.0.1:1" });
    expect(quiet.stderr).not.toMatch(/can be read by every user/);
  });
});

describe.skipIf(NO_REDIS !== null)("a Redis with a password", () => {
  afterEach(() => endAll());

  test("a wrong one and a missing one are told by name, and never shown; the right one is taken", async () => {
    const own = await Redis.start("--requirepass", "right");
    try {
      at.write("panel.csv", panel(2, 30));
      const url = own.url.replace("//", "//:mistaken@");
      for (const words of ["worker", "forecast panel.csv -o never.csv"]) {
        const { code, stderr } = await yule(words, { YULE_REDIS: url });
        expect(code).toBe(2);
        expect(stderr).toMatch(/error: Redis at redis:\/\/127.0.0.1:\d+ does not accept the password/);
        expect(stderr).not.toContain("mistaken");
      }
      const none = await yule("worker", { YULE_REDIS: own.url });
      expect(none.code).toBe(2);
      expect(none.stderr).toMatch(/requires a password/);
      const env = { YULE_REDIS: own.url, YULE_REDIS_PASSWORD: "right" };
      await said(started(at.path, "worker --jobs 1", { env }), /serves redis:/);
    } finally {
      await own.end();
    }
    expect(existsSync(join(at.path, "never.csv"))).toBe(false);
  });
});

/** Answers as if bullmq were not installed, and tells where it is asked for. */
const WITHOUT = `
import { register } from "node:module";
register("data:text/javascript," + encodeURIComponent(\`
  export function resolve(name, context, next) {
    if (name !== "bullmq" && name !== "ioredis") return next(name, context);
    const error = new Error("Cannot find package '" + name + "'");
    error.code = "ERR_MODULE_NOT_FOUND";
    throw error;
  }\`));
`;

test("without the packages a run over Redis names the command that installs them, and other runs do not ask for them", () => {
  at.write("without.mjs", WITHOUT);
  at.write("panel.csv", panel(2, 30));
  const without = (words: string) =>
    spawnSync(
      process.execPath,
      ["--import", pathToFileURL(join(at.path, "without.mjs")).href, BIN, ...words.split(" ")],
      {
        cwd: at.path,
        encoding: "utf8",
        env: { PATH: process.env.PATH },
      },
    );
  const over = without(`worker --redis ${NOWHERE}`);
  expect(over.stderr).toMatch(
    /^error: Work over Redis needs two packages that are not installed: npm install bullmq ioredis\.$/m,
  );
  expect(over.status).toBe(2);
  const local = without("forecast panel.csv -m naive -n 1 -o local.csv --jobs 1 -q");
  expect([local.status, local.stderr]).toEqual([0, ""]);
  expect(without("worker --help").stdout).toMatch(/^Usage: yule worker \[options\]/);
});
