import { describe, expect, test } from "vitest";
import { folder, run } from "./run.js";

const at = folder();
const EVIL = '</script><b onmouseover="alert(1)">';

function monthly(id: string, count: number, start = 2018): string {
  return Array.from({ length: count }, (_, t) => {
    const ds = `${start + Math.floor(t / 12)}-${String(1 + (t % 12)).padStart(2, "0")}`;
    const value = 200 + t + 30 * Math.sin((Math.PI * t) / 6) + 5 * Math.sin(13.7 * t);
    return `"${id.replaceAll('"', '""')}",${ds},${value.toFixed(1)}\n`;
  }).join("");
}

const one = at.write("one.csv", `unique_id,ds,sales\n${monthly("north", 84)}`);
const discount = at.write("50 % off.csv", `unique_id,ds,sales\n${monthly("north", 48)}`);
const many = at.write(
  "many.csv",
  `unique_id,ds,sales\n${monthly(EVIL, 60)}${monthly("south", 60)}${monthly("new", 3)}`,
);

/** The page as its reader sees it: text between tags, entities resolved. */
function textOf(page: string): string {
  return page
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replace(/\s+/g, " ");
}

async function report(file: string, ...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(["report", file, ...argv], { cwd: at.path });
  expect(stderr).not.toContain("error:");
  expect([0, 4]).toContain(code);
  return stdout;
}

describe("a report of one series", () => {
  test("ends no line between a number and its percent sign, and leaves commands as they are", async () => {
    const page = await report(discount, "-m", "naive", "-n", "3");
    expect(page).toContain("with 95\u00a0%");
    const [, rest, command] = /<main>([\s\S]*)<pre>([\s\S]*?)<\/pre>/.exec(page)!;
    expect(rest).not.toMatch(/\d %/);
    expect(command).toContain("50 %");
  });

  test("says in words what the table says, how good it would have been, and how to repeat it", async () => {
    const page = await report(one, "-m", "auto-ets", "-n", "12");
    const text = textOf(page);
    const forecast = await run(["forecast", one, "-m", "auto-ets", "-n", "12", "--format", "json"]);
    const [first] = JSON.parse(forecast.stdout).forecasts[0].steps;
    const [low, high] = first.intervals["95"].map((x: number) => x.toFixed(1));
    expect(text).toContain(
      `For 2025-01 the forecast is ${first.mean.toFixed(1)}, between ${low} and ${high} with 95 %.`,
    );
    const scores = await run([
      "backtest",
      one,
      "-m",
      "auto-ets",
      "-n",
      "12",
      "--refit-every",
      "9",
      "--format",
      "json",
    ]);
    const board = JSON.parse(scores.stdout).scores as { model: string; mase: number }[];
    const mase = board.find(({ model }) => model === "auto-ets")!.mase.toFixed(3);
    expect(text).toMatch(
      new RegExp(
        `In the past its error was \\d+ % (smaller|larger) than that of repeating the last season \\(MASE ${mase} against `,
      ),
    );
    for (const title of [
      "The data",
      "Trend and seasons",
      "The model",
      "Checks of the residuals",
      "To repeat it",
    ])
      expect(text).toContain(title);
    expect(text).toMatch(/yule report \S+one\.csv --model auto-ets --horizon 12 .*--value sales/);
    expect(text).toMatch(/yule 0\.\d+\.\d+.*, Node \d+/);
    expect(page.length).toBeLessThan(300_000);
  });

  test("the command it names makes the same page", async () => {
    const page = await report("one.csv", "-m", "theta", "-n", "6", "--level", "80");
    const [, command] = /<pre><code>yule report (.*?)<\/code>/.exec(page)!;
    const again = await report(...(command!.split(" ") as [string, ...string[]]));
    // Flags that are given are not repeated as advice.
    const advice = / \(the same as [^)]*\)/;
    expect(again.replace(advice, "")).toBe(page.replace(advice, ""));
  });

  test("inputs have their effects, with intervals", async () => {
    const rows = Array.from({ length: 80 }, (_, t) => `${t % 7},${10 + 3 * (t % 7) + Math.sin(11 * t)}\n`);
    at.write("x.csv", `x,y\n${rows.join("")}`);
    at.write("next.csv", "x\n1\n2\n3\n");
    const text = textOf(
      await report("x.csv", "--value", "y", "--inputs", "x", "--future", "next.csv", "-m", "arima(0,0,0)"),
    );
    const [, effect] = /effect of one unit std\. error 95 % from to x ([\d.]+)/.exec(text)!;
    expect(Number(effect)).toBeCloseTo(3, 1);
  });

  test("a series too short for a backtest has a report without one", async () => {
    const page = await report(at.write("short.csv", "y\n5\n6\n5\n7\n6\n"), "-m", "mean", "-n", "2");
    expect(textOf(page)).toMatch(/No backtest was possible: |too short to forecast its past/);
  });
});

describe("a report of a panel", () => {
  test("has an overview and a page a series; what failed is on its page; ids stay text", async () => {
    const page = await report(many, "-m", "theta", "-n", "6");
    expect(page.match(/<section id="series-\d+" data-page hidden>/g)).toHaveLength(3);
    expect(page.match(/data-series=/g)).toHaveLength(3);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).not.toContain("<b onmouseover");
    expect(textOf(page)).toContain(EVIL);
    expect(textOf(page)).toMatch(/theta could not be used: The model theta needs at least 5/);
  });
});

describe("where it goes", () => {
  test("a terminal is refused, and so is a file of another kind", async () => {
    const terminal = await run(["report", one], { terminal: 80 });
    expect(terminal.code).toBe(2);
    expect(terminal.stderr).toContain(".html");
    const text = await run(["report", one, "-o", "report.txt"], { cwd: at.path });
    expect(text.code).toBe(2);
    expect(text.stderr).toMatch(/report\.txt.*\.html/);
  });
});
