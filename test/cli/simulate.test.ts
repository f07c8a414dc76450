import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { run } from "./run.js";

const stdin = "t,y\n1,3\n2,5\n3,4\n4,8\n5,7\n";
const simulate = async (...argv: string[]) =>
  run(["simulate", "-", "--model", "naive", "-n", "3", ...argv], { stdin });

describe("simulate", () => {
  test("the same seed gives the same paths, path i whatever their number", async () => {
    const some = await simulate("--paths", "5", "--seed", "7");
    const more = await simulate("--paths", "50", "--seed", "7");
    const other = await simulate("--paths", "5", "--seed", "8");
    expect(more.stdout.startsWith(some.stdout.trimEnd())).toBe(true);
    expect(other.stdout).not.toBe(some.stdout);
  });

  test("csv has one row a value, json one row a path", async () => {
    const { stdout } = await simulate("--paths", "4");
    const rows = parse(stdout, { columns: true }) as Record<string, string>[];
    expect(stdout.split("\n")[0]).toBe("ds,model,path,value");
    expect(rows).toHaveLength(12);
    const [found] = JSON.parse((await simulate("--paths", "4", "-f", "json")).stdout).simulations;
    expect(found).toMatchObject({ model: "naive", status: "ok", seed: 1, ds: ["6", "7", "8"] });
    expect(found.paths.flat()).toEqual(rows.map(({ value }) => Number(value)));
  });

  test("the spread of many paths is that of the forecast", async () => {
    const [found] = JSON.parse((await simulate("--paths", "4000", "-f", "json")).stdout).simulations;
    const sd = Math.sqrt((4 + 1 + 16 + 1) / 4);
    const last = found.paths.map((path: number[]) => path[2]! - 7);
    const mean = last.reduce((sum: number, value: number) => sum + value, 0) / last.length;
    expect(Math.abs(mean)).toBeLessThan((4 * sd * Math.sqrt(3)) / Math.sqrt(4000));
  });

  test.each(["0", "-5", "2.5", "10000000"])("%s paths are refused", async (count) => {
    const { code, stderr, stdout } = await simulate("--paths", count);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("--paths must be a whole number");
  });

  test("a terminal gets quantiles and a plot", async () => {
    const { stdout } = await run(["simulate", "-", "--model", "naive", "-f", "table"], { stdin });
    expect(stdout).toContain("100 paths of 10 steps");
    expect(stdout).toMatch(/ds +5 % +25 % +50 % +75 % +95 %/);
  });
});
