import { describe, expect, test } from "vitest";
import { folder, run } from "./run.js";

const at = folder();
const here = { cwd: at.path };

const rows = ["region,store,month,sales"];
for (const [region, store, level] of [
  ["North", "A", 20],
  ["North", "B", 40],
  ["South", "A", 10],
] as const)
  for (let t = 0; t < 30; t++)
    rows.push(
      `${region},${store},${2020 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, "0")},${level + ((t * 7) % 5)}`,
    );
at.write("shops.csv", `${rows.join("\n")}\n`);
at.write("with-total.csv", `${rows.join("\n").replaceAll("South,A", "total,A")}\n`);
at.write(
  "taken.csv",
  `id,month,sales\n${["total", "b"].flatMap((id) => [1, 2, 3, 4].map((m) => `${id},2024-0${m},${m}`)).join("\n")}\n`,
);
at.write("blank.csv", `${rows.join("\n").replace("South,A,", "South,,")}\n`);

interface Simulation {
  readonly id: string;
  readonly model: string;
  readonly paths: readonly (readonly number[])[];
}

/** Means by id and time. */
function meansOf(csv: string): Map<string, number> {
  const lines = csv.trimEnd().split("\n").slice(1);
  return new Map(
    lines.map((line) => {
      const [id, ds, , mean] = line.replace(/"[^"]*"/g, "model").split(",");
      return [`${id} ${ds}`, Number(mean)];
    }),
  );
}

describe("--hierarchy", () => {
  test.each(["mint", "ols", "bottom-up", "top-down"])("%s: means of all levels add up", async (method) => {
    const { code, stdout, stderr } = await run(
      [
        "forecast",
        "shops.csv",
        "--hierarchy",
        "region/store",
        "--reconcile",
        method,
        "-n",
        "2",
        "-m",
        "mean",
      ],
      here,
    );
    expect(code).toBe(0);
    expect(stderr).toContain("6 series: 1 of total, 2 of region, 3 of region/store");
    const means = meansOf(stdout);
    const mean = (id: string) => means.get(`${id} 2022-07`)!;
    expect(mean("North")).toBe(mean("North/A") + mean("North/B"));
    expect(mean("total")).toBeCloseTo(mean("North") + mean("South"), 10);
  });

  test("paths add up, with several models too", async () => {
    const { stdout } = await run(
      [
        "simulate",
        "shops.csv",
        "--hierarchy",
        "total",
        "--paths",
        "5",
        "-n",
        "1",
        "-m",
        "mean",
        "-m",
        "naive",
        "-f",
        "json",
      ],
      here,
    );
    const { simulations } = JSON.parse(stdout) as { simulations: Simulation[] };
    for (const model of ["mean", "naive"]) {
      const own = simulations.filter((one) => one.model === model);
      const [total, ...parts] = own.map(({ paths }) => paths.map((path) => path[0]!));
      expect(own.map(({ id }) => id)).toEqual(["total", "North/A", "North/B", "South/A"]);
      expect(total).toHaveLength(5);
      total!.forEach((sum, i) => {
        expect(sum).toBeCloseTo(
          parts.reduce((all, part) => all + part[i]!, 0),
          10,
        );
      });
    }
    const csv = await run(
      [
        "simulate",
        "shops.csv",
        "--hierarchy",
        "total",
        "--id",
        "region,store",
        "--paths",
        "5",
        "-n",
        "1",
        "-m",
        "naive",
      ],
      here,
    );
    const values = csv.stdout
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    const of = (id: string) => values.filter(([own]) => own === id).map((cells) => Number(cells.at(-1)));
    expect(of("total")).toHaveLength(5);
    of("total").forEach((sum, i) => {
      expect(sum).toBe(of("North/A")[i]! + of("North/B")[i]! + of("South/A")[i]!);
    });
  });

  test.each([
    [["shops.csv", "--hierarchy", "region/shop"], 2, "no column"],
    [["shops.csv", "--hierarchy", "region//store"], 2, "columns that nest"],
    [["shops.csv", "--reconcile", "ols"], 2, "needs --hierarchy"],
    [["shops.csv", "--hierarchy", "region/store", "--max", "9"], 2, "sums are larger"],
    [["shops.csv", "--hierarchy", "region/store", "--min", "9"], 2, "lower bound of 0 only"],
    [["shops.csv", "--hierarchy", "region*store", "--reconcile", "top-down", "-m", "naive"], 2, "cross"],
    [["with-total.csv", "--hierarchy", "region/store"], 3, 'The id "total" is not unique'],
    [["taken.csv", "--hierarchy", "total"], 3, 'The id "total" is not unique'],
    [["blank.csv", "--hierarchy", "region/store"], 3, "blank.csv, row 62"],
  ])("%j is refused", async (args, code, words) => {
    const ran = await run(["forecast", ...args], here);
    expect(ran.stderr).toContain(words);
    expect([ran.code, ran.stdout]).toEqual([code, ""]);
  });
});
