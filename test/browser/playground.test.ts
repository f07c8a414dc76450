import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forecast, parseCsv, parseModel, random } from "../../src/index.js";
import { accessibilityFaults, CHROMIUM, inkOf, launch, open, sideways, WHY } from "./chromium.js";

const ROOT = resolve(import.meta.dirname, "../..");
const FOLDER = join(ROOT, "docs/playground");
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
};

/** Serves the folder under a sub-path, as project pages are. */
function serve(): Promise<Server> {
  const server = createServer(({ url }, response) => {
    const name = /^\/some\/where\/([\w.]*)$/.exec(url ?? "")?.[1];
    if (name === undefined) return response.writeHead(404).end();
    const file = name === "" ? "index.html" : name;
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain" });
    return response.end(readFileSync(join(FOLDER, file)));
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

if (CHROMIUM === null) console.warn(WHY);

describe.skipIf(CHROMIUM === null)("the playground", () => {
  let browser: Browser;
  let server: Server;
  let served: string;

  beforeAll(async () => {
    execFileSync(process.execPath, [join(ROOT, "build/playground.js")]);
    server = await serve();
    served = `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/where/`;
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  async function tried(page: Page): Promise<void> {
    await page.fill("#model", "auto-ets");
    await page.click("#sample");
    await page.locator("#plot canvas").waitFor();
    await page.locator("#run:not([disabled])").waitFor();
  }

  test.each([
    { width: 1280, colorScheme: "light" },
    { width: 375, colorScheme: "dark" },
  ] as const)(
    "served, $width px, $colorScheme: forecasts, quiet, accessible",
    async ({ width, colorScheme }) => {
      const viewport = { width, height: 800 };
      const { page, complaints } = await open(browser, served, { viewport, colorScheme });
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.evaluate(() => document.getElementById("choices")!.removeAttribute("hidden"));
      await tried(page);
      expect(page.workers()).toHaveLength(1);
      expect(await inkOf(page, "#plot canvas")).toBeGreaterThan(1000);
      expect(await page.locator("#table tbody tr").count()).toBe(24);
      expect(await page.locator("#chart output").textContent()).toMatch(/^Hover or tap/);
      expect(await sideways(page)).toBe(0);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  test("the numbers are those of Node", async () => {
    const text = readFileSync(join(ROOT, "datasets/airpassengers.csv"), "utf8");
    const { panel } = await parseCsv(text);
    const here = forecast(parseModel("auto-ets").fit(panel[0]!, { rng: random(1) }), { seed: 1 });
    const { page } = await open(browser, served);
    await page.evaluate(() => document.getElementById("choices")!.removeAttribute("hidden"));
    await tried(page);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#download")]);
    const got = Buffer.concat(await (await download.createReadStream()).toArray()).toString();
    const means = got
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => Number(line.split(",")[1]));
    expect(means).toHaveLength(24);
    for (const [h, mean] of means.entries()) expect(Math.abs(mean / here.mean[h]! - 1)).toBeLessThan(1e-9);
    await page.close();
  });

  test("opened from a folder it works without a worker", async () => {
    const address = pathToFileURL(join(FOLDER, "index.html")).href;
    const { page } = await open(browser, address, {}, pathToFileURL(FOLDER).href);
    await page.evaluate(() => document.getElementById("choices")!.removeAttribute("hidden"));
    await tried(page);
    expect(await page.locator("#table tbody tr").count()).toBe(24);
    await page.close();
  });

  test("pasted rows with hostile names stay text; what cannot be read is told", async () => {
    const { page } = await open(browser, served);
    await page.fill("#pasted", "shop,y\n<img src=x onerror=alert(1)>,1\n".repeat(1).concat("<b>b</b>,2\n"));
    await page.click("#use");
    await page.locator("#status.alarm, #plot canvas").first().waitFor();
    expect(await page.locator("img").count()).toBe(0);
    await page.fill("#pasted", "not a table");
    await page.click("#use");
    await page.locator("#status.alarm").waitFor();
    await page.close();
  });
});
