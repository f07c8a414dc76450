import { statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folder, run } from "../cli/run.js";
import { accessibilityFaults, CHROMIUM, inkOf, launch, open, sideways, WHY } from "./chromium.js";

const HOSTILE = "<img src=x onerror=alert(1)></script>";
const at = folder();

/** A panel whose first series has an id that means harm. */
function panelText(ids: readonly string[], months: number): string {
  const rows = ids.flatMap((id, s) =>
    Array.from({ length: months }, (_, t) => {
      const month = `${2016 + Math.floor(t / 12)}-${String(1 + (t % 12)).padStart(2, "0")}`;
      const value = 100 + 10 * s + t + 20 * Math.sin((Math.PI * t) / 6) + 3 * Math.sin(17.3 * t + s);
      return `"${id}",${month},${value.toFixed(2)}`;
    }),
  );
  return `shop,month,sales\n${rows.join("\n")}\n`;
}

if (CHROMIUM === null) console.warn(WHY);

describe.skipIf(CHROMIUM === null)("pages in a browser", () => {
  let browser: Browser;
  const address = (name: string) => pathToFileURL(join(at.path, name)).href;

  beforeAll(async () => {
    at.write("one.csv", panelText(["north"], 96));
    at.write("many.csv", panelText([HOSTILE, "north", "south", "east"], 60));
    const made = [
      ["report", "one.csv", "-m", "auto-ets", "-n", "12", "-o", "one.html"],
      ["report", "many.csv", "-m", "theta", "-n", "12", "-o", "many.html"],
      [
        "forecast",
        "many.csv",
        "-m",
        "theta",
        "-m",
        "snaive",
        "-n",
        "6",
        "--plot",
        "plot.html",
        "-o",
        "f.csv",
      ],
      ["fit", "one.csv", "-m", "auto-ets", "--plot", "fit.html", "-o", "fit.csv"],
      ["inspect", "one.csv", "--plot", "inspect.html", "-o", "i.csv"],
    ];
    for (const argv of made) expect((await run(argv, { cwd: at.path })).code, argv.join(" ")).toBe(0);
    browser = await launch();
  });
  afterAll(async () => browser?.close());

  const VIEWS = [
    { width: 1280, colorScheme: "light" },
    { width: 375, colorScheme: "dark" },
  ] as const;

  describe.each(["one.html", "many.html", "many.html#series-0", "plot.html", "fit.html", "inspect.html"])(
    "%s",
    (name) => {
      test.each(VIEWS)(
        "$width px, $colorScheme: whole, quiet and accessible",
        async ({ width, colorScheme }) => {
          const { page, complaints } = await open(browser, address("").concat("/", name), {
            viewport: { width, height: 800 },
            colorScheme,
          });
          if (name !== "many.html") {
            await page.locator(".plot:visible canvas").first().waitFor();
            expect(await inkOf(page, ".plot:visible canvas")).toBeGreaterThan(500);
          }
          expect(await sideways(page)).toBe(0);
          const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
          expect(paper).toBe(colorScheme === "dark" ? "rgb(15, 23, 42)" : "rgb(255, 255, 255)");
          expect(await accessibilityFaults(page)).toEqual([]);
          expect(complaints).toEqual([]);
          await page.close();
        },
      );
    },
  );

  test("pointing at a chart tells date and values, arrow keys too, and dragging zooms", async () => {
    const { page } = await open(browser, address("one.html"), { viewport: { width: 1000, height: 800 } });
    const plot = page.locator(".plot").first();
    const told = page.locator("output").first();
    await plot.locator("canvas").waitFor();
    const box = (await plot.boundingBox())!;
    const point = async () => {
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.mouse.move(box.x + box.width - 30, box.y + box.height / 2, { steps: 3 });
      return told.textContent();
    };
    await expect.poll(point).toMatch(/^2024-\d\d: .*80 %: [\d.]+ to [\d.]+; 95 %: /);
    await plot.focus();
    const before = await told.textContent();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => told.textContent()).not.toBe(before);
    await page.keyboard.press("Home");
    await expect.poll(() => told.textContent()).toMatch(/^2016-01: observed /);
    await page.mouse.move(box.x + 300, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 500, box.y + 100, { steps: 5 });
    await page.mouse.up();
    await plot.focus();
    await page.keyboard.press("Home");
    await expect.poll(() => told.textContent()).toMatch(/^201[789]|^202/);
    await page.keyboard.press("0");
    await page.keyboard.press("Home");
    await expect.poll(() => told.textContent()).toMatch(/^2016-01: /);
    await page.close();
  });

  test("bars with names tell them, at full width at both ends; how to read a chart is said once", async () => {
    const { page } = await open(browser, address("inspect.html"), { viewport: { width: 1000, height: 800 } });
    const figure = page.locator("[data-figure]").last();
    await figure.locator(".plot").focus();
    await figure.locator("canvas").waitFor();
    await page.keyboard.press("Home");
    await expect.poll(() => figure.locator("output").textContent()).toMatch(/^trend: strength/);
    await page.keyboard.press("End");
    await expect.poll(() => figure.locator("output").textContent()).toMatch(/^season of 12: strength/);
    expect(await page.getByText("Hover or tap").count()).toBe(1);
    // Pixels of a bar's colour, from left to right a bar each.
    const widths = await figure.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      const bars: number[] = [];
      let last = -2;
      for (let x = 0; x < canvas.width; x++) {
        let blue = 0;
        for (let y = 0; y < canvas.height; y++) {
          const at = 4 * (y * canvas.width + x);
          if (data[at + 3]! > 0 && data[at + 2]! > 2 * data[at]!) blue++;
        }
        if (blue < 20) continue;
        if (x === last + 1) bars.push((bars.pop() ?? 0) + 1);
        else bars.push(1);
        last = x;
      }
      return bars;
    });
    expect(widths).toHaveLength(2);
    expect(Math.abs(widths[0]! - widths[1]!)).toBeLessThanOrEqual(1);
    await page.close();
  });

  test("a hostile id stays text, in the overview, on its page and in the search", async () => {
    const { page, complaints } = await open(browser, address("many.html"));
    expect(await page.locator("img").count()).toBe(0);
    const link = page.getByRole("link", { name: HOSTILE });
    await page.fill("#search", "onerror");
    expect(await page.locator("tr[data-series]:visible").count()).toBe(1);
    await link.click();
    expect(await page.locator("h2:visible").first().textContent()).toBe(HOSTILE);
    expect(await page.locator("#overview").isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("the forecast is handed over as a file", async () => {
    const { page } = await open(browser, address("one.html"));
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("button")]);
    expect(download.suggestedFilename()).toBe("forecast-of-north.csv");
    const text = await (await download.createReadStream()).toArray();
    expect(Buffer.concat(text).toString()).toMatch(
      /^unique_id,ds,model,mean,lo-80,hi-80,lo-95,hi-95\nnorth,2024-01,/,
    );
    await page.close();
  });

  test("the report of one series is small", () => {
    expect(statSync(join(at.path, "one.html")).size).toBeLessThan(300_000);
  });
});
