import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { ROOT } from "./blocks/markdown.js";

const run = promisify(execFile);
const SCRIPTS = readdirSync(resolve(ROOT, "examples")).filter((name) => name.endsWith(".js"));
const WALKS = readdirSync(resolve(ROOT, "examples/walks"));

/** What a script prints without a word or a digit, so that a change of a model's last digits is no failure. */
const EXPECTED: Readonly<Record<string, RegExp>> = {
  "1-first-forecast.js": /^auto: .*\n1961-01-01 \d+\.\d \d+\.\d to \d+\.\d\n(.*\n){10}1961-12-01 .*$/,
  "2-choose-a-model.js": /^(\S+ +MASE \d\.\d+ 80 % intervals hold \d+ %\n?){4}$/,
  "3-panel.js": /^north 1[56]\d.*\nsouth .*\nwest .*\nclosed failed: .*has 0\.$/,
  "4-records.js": /^7 days in a season\n340 345 350 355 360 305 310$/,
  "5-save-and-update.js": /^arima\(.*\) from \d+\.\d+ to \d+\.\d+$/,
  "6-scenarios.js": /^sum of the year, 10 to 90 %: \d{4} to \d{4}\nsome quarter above 1200: \d+\.\d %$/,
  "7-inputs.js":
    /^effect of the price: -1[12]\.\d\d \(standard error \d\.\d\d\)\nat 8: 20\d.*\nat 10: 1[78]\d.*$/,
  "8-chart.js": /ukgas\.svg: \d+ kB, 1987-01-01 to 1988-10-01$/,
};

test("there are eight scripts, each with an expected output, and four walks", () => {
  expect(SCRIPTS).toEqual(Object.keys(EXPECTED));
  expect(SCRIPTS).toHaveLength(8);
  expect(WALKS).toHaveLength(4);
});

describe("the scripts of examples/ print what they promise", () => {
  test.each(SCRIPTS)("%s", async (name) => {
    const { stdout } = await run(process.execPath, [resolve(ROOT, "examples", name)], { cwd: ROOT });
    expect(stdout.trim()).toMatch(EXPECTED[name]!);
  });
});

/** `npx yule` of the walks, without the second that npx needs to find what is here. */
const shortcut = mkdtempSync(resolve(tmpdir(), "yule-walks-"));
writeFileSync(
  resolve(shortcut, "npx"),
  `#!/bin/sh\nshift\nexec "${process.execPath}" "${resolve(ROOT, "bin/yule.js")}" "$@"\n`,
  { mode: 0o755 },
);
afterAll(() => rmSync(shortcut, { recursive: true, force: true }));
const PATH = `${shortcut}${delimiter}${process.env.PATH}`;

describe("the walks of examples/ end well and print forecasts", () => {
  test.each(WALKS)("%s", async (name) => {
    const { stdout } = await run("bash", [resolve(ROOT, "examples/walks", name)], {
      cwd: ROOT,
      env: { ...process.env, PATH },
    });
    expect(stdout).toMatch(/20\d\d-\d\d|19\d\d-\d\d/);
    expect(stdout).not.toContain("NaN");
  });
});
