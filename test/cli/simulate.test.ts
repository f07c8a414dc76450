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

  test("--decode: one greedy path, tempered and nucleus paths, with few words for a bad one", async () => {
    const greedy = await simulate("--decode", "greedy");
    expect(greedy.stdout).toBe("ds,model,path,value\n6,naive,1,7\n7,naive,1,7\n8,naive,1,7\n");
    const calm = await simulate("--paths", "5", "--decode", "temperature=0.25", "--seed", "7");
    const plain = await simulate("--paths", "5", "--seed", "7");
    const first = ({ stdout }: typeof calm) => Number(stdout.split("\n")[1]!.split(",")[3]) - 7;
    expect(first(calm)).toBeCloseTo(first(plain) / 2, 12);
    expect((await simulate("--decode", "top-p=0.5")).stdout.trimEnd().split("\n")).toHaveLength(301);
    for (const wrong of ["top-k=0", "temperature=-1", "top-p=2", "gredy", "beam=1.5", "top-p"]) {
      const { code, stderr } = await simulate("--decode", wrong);
      expect(code).toBe(2);
      expect(stderr).toMatch(/--decode must be/);
    }
    expect((await simulate("--decode", "gredy")).stderr).toContain("did you mean greedy?");
  });

  test("--draft: paths, what it saved, and drafts that do not go with the model", async () => {
    const panel = `id,${stdin.replaceAll("\n", "\na,").slice(0, -2)}`.replace("id,t", "id,t");
    const argv = ["simulate", "-", "--model", "snaive", "-n", "6", "--paths", "3", "--draft"];
    const { stdout, stderr } = await run([...argv, "naive"], { stdin: panel });
    expect(stdout.trimEnd().split("\n")).toHaveLength(19);
    expect(stderr).toMatch(
      /\d+ % of the values that naive proposed were accepted: \d+ passes of the model for 18 values/,
    );
    const refusals: [string[], RegExp][] = [
      [["negbin"], /negbin/],
      [["naive", "--decode", "greedy"], /a draft works with plain sampling only/],
      [["naive", "--load", "models.json"], /--load/],
    ];
    for (const [more, why] of refusals) {
      const found = await run([...argv, ...more], { stdin: panel });
      expect(found.code).not.toBe(0);
      expect(found.stderr).toMatch(why);
    }
  });

  test("--decode top-k and beam are refused for densities, by name", async () => {
    for (const decode of ["top-k=3", "beam=3"]) {
      const { code, stderr } = await simulate("--decode", decode);
      expect(code).toBe(2);
      expect(stderr).toMatch(/needs discrete outcomes.*normal distribution/);
    }
  });

  test("--decode beam: the most probable paths of counts, with log probabilities at the end", async () => {
    const counts = "t,y\n1,0\n2,0\n3,5\n4,0\n5,1\n6,0\n7,1\n8,9\n9,0\n10,1\n11,0\n12,2\n";
    const argv = ["simulate", "-", "--model", "croston", "-n", "2", "--decode", "beam=4"];
    const { stdout } = await run(argv, { stdin: counts });
    const rows = parse(stdout, { columns: true }) as Record<string, string>[];
    expect(stdout.split("\n")[0]).toBe("ds,model,path,value,log_probability");
    expect(rows).toHaveLength(8);
    const logs = rows.map((row) => Number(row.log_probability));
    expect(logs).toEqual(logs.slice().sort((a, b) => b - a));
    const [found] = JSON.parse((await run([...argv, "-f", "json"], { stdin: counts })).stdout).simulations;
    expect(Object.keys(found).at(-1)).toBe("logProbabilities");
    expect(found.logProbabilities).toHaveLength(4);
    expect((await run([...argv, "--paths", "9"], { stdin: counts })).stderr).toContain("take beam=9");
  });

  test("a terminal gets quantiles and a plot", async () => {
    const { stdout } = await run(["simulate", "-", "--model", "naive", "-f", "table"], { stdin });
    expect(stdout).toContain("100 paths of 10 steps");
    expect(stdout).toMatch(/ds +5 % +25 % +50 % +75 % +95 %/);
  });
});
