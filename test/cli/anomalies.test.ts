import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { run } from "./run.js";

const values = Array.from({ length: 40 }, (_, t) => 10 + ((t * 7919) % 13) / 6 + (t === 30 ? 25 : 0));
const stdin = `date,y\n${values
  .map(
    (y, t) =>
      `2024-${String(1 + Math.floor(t / 28)).padStart(2, "0")}-${String(1 + (t % 28)).padStart(2, "0")},${y}`,
  )
  .slice(0, 40)
  .join("\n")}\n`;
const anomalies = (...argv: string[]) => run(["anomalies", "-", "-m", "mean", ...argv], { stdin });
const rowsOf = (text: string) => parse(text, { columns: true }) as Record<string, string>[];

describe("anomalies", () => {
  test("lists the planted value with its interval, and every value with --all", async () => {
    const { code, stdout } = await anomalies();
    expect(code).toBe(0);
    expect(stdout.split("\n")[0]).toBe("ds,model,value,expected,lo-99,hi-99,score,kind");
    const found = rowsOf(stdout);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ ds: "2024-02-03", kind: "spike" });
    expect(Number(found[0]!.value)).toBeGreaterThan(Number(found[0]!["hi-99"]));
    const all = rowsOf((await anomalies("--all")).stdout);
    expect(all.length).toBeGreaterThanOrEqual(40);
    expect(all.filter(({ kind }) => kind !== "")).toHaveLength(1);
  });

  test("JSON carries the level, the number compared and the interval", async () => {
    const { anomalies: items } = JSON.parse((await anomalies("-f", "json", "--level", "99.9")).stdout);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ status: "ok", model: "mean", level: 99.9 });
    expect(items[0].rows[0].interval).toHaveLength(2);
    expect(items[0].compared).toBeGreaterThan(30);
  });

  test("on a terminal it says how many are expected by chance", async () => {
    const { stdout } = await run(["anomalies", "-", "-m", "mean"], { stdin, terminal: 80 });
    expect(stdout.replace(/\s+/g, " ")).toMatch(
      /1 of \d+ values lie beyond their 99 % interval \(about 0\.\d expected by chance\)/,
    );
  });

  test("two levels are refused", async () => {
    const { code, stderr } = await anomalies("--level", "80,95");
    expect(code).toBe(2);
    expect(stderr).toContain("give one --level");
  });
});

describe("decompose", () => {
  const monthly = `ds,y\n${Array.from({ length: 48 }, (_, t) => `${2020 + Math.floor(t / 12)}-${String(1 + (t % 12)).padStart(2, "0")},${100 + t + 10 * Math.sin((Math.PI * t) / 6)}`).join("\n")}\n`;

  test("the parts add up to the value, and the strengths are given", async () => {
    const { code, stdout } = await run(["decompose", "-"], { stdin: monthly });
    expect(code).toBe(0);
    expect(stdout.split("\n")[0]).toBe("ds,value,trend,season-12,remainder");
    for (const row of rowsOf(stdout)) {
      const sum = Number(row.trend) + Number(row["season-12"]) + Number(row.remainder);
      expect(Math.abs(sum - Number(row.value))).toBeLessThan(1e-9);
    }
    const { decompositions } = JSON.parse(
      (await run(["decompose", "-", "-f", "json"], { stdin: monthly })).stdout,
    );
    expect(decompositions[0]).toMatchObject({ model: "stl[12]", status: "ok" });
    expect(decompositions[0].strengths.seasons["12"]).toBeGreaterThan(0.95);
  });

  test("without a season there is a trend and a remainder", async () => {
    const { stdout } = await run(["decompose", "-", "--period", "1"], { stdin: monthly });
    expect(stdout.split("\n")[0]).toBe("ds,value,trend,remainder");
  });

  test("a series without values fails alone in a panel", async () => {
    const panel = `id,t,y\n${[1, 2, 3, 4, 5].map((t) => `a,${t},${t}\nb,${t},\n`).join("")}`;
    const { code, stdout, stderr } = await run(
      ["decompose", "-", "--id", "id", "--time", "t", "--value", "y"],
      { stdin: panel },
    );
    expect(code).toBe(4);
    expect(stdout).toContain("a,1,1");
    expect(stderr).toContain("b, trend: failed");
  });
});
