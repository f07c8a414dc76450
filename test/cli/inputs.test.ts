import { parse } from "csv-parse/sync";
import { afterAll, describe, expect, test, vi } from "vitest";
import type { Fitted, Model } from "../../src/core/model.js";
import { naive } from "../../src/models/baselines/index.js";
import { originOf } from "../../src/models/origin.js";
import { families, registerFamily } from "../../src/select/catalogue.js";
import { folder, run } from "./run.js";

const at = folder();
const world = { cwd: at.path };
const month = (t: number) => `2020-${String(t + 1).padStart(2, "0")}`;
at.write(
  "sales.csv",
  `ds,y,price,promo\n${[3, 5, 4, 8].map((y, t) => `${month(t)},${y},${10 + t},${t % 2}`).join("\n")}\n`,
);
at.write(
  "future.csv",
  `ds,price,promo\n${[3, 4, 5, 6].map((t) => `${month(t)},${10 + t},${t % 2}`).join("\n")}\n`,
);
/** A model that asks for inputs without needing many rows to learn from them. */
registerFamily({
  name: "carry",
  summary: "for this test",
  forms: ["carry"],
  options: [],
  inputs: true,
  seasonal: false,
  processes: [],
  build: () => ({
    ...naive(),
    notation: "carry",
    fit: (series) => ({ ...naive().fit(series), origin: originOf(series), history: series }),
  }),
});
const argv = ["forecast", "sales.csv", "--value", "y", "--inputs", "price,promo", "--model", "carry"];
const dates = (stdout: string) => (parse(stdout, { columns: true }) as { ds: string }[]).map(({ ds }) => ds);

describe("regressors", () => {
  test("are matched by time, and the forecast goes as far as they are known", async () => {
    const { code, stdout, stderr } = await run([...argv, "--future", "future.csv"], world);
    expect(code).toBe(0);
    expect(dates(stdout)).toEqual(["2020-05", "2020-06", "2020-07"]);
    expect(stderr).toContain("inputs price, promo");
  });

  test("are asked for where they are not given, or not far enough", async () => {
    const none = await run(argv, world);
    expect([none.code, none.stdout]).toEqual([3, ""]);
    expect(none.stderr).toMatch(/input price: give its next \d+ values \(--future FILE/);
    const few = await run([...argv, "--future", "future.csv", "-n", "5"], world);
    expect(few.code).toBe(3);
    expect(few.stderr).toMatch(/price has 3 future values, the forecast needs 5/);
  });

  test("a model without use for them says so, and forecasts all the same", async () => {
    const plain = argv.map((word) => (word === "carry" ? "naive" : word));
    const { code, stdout, stderr } = await run([...plain, "--future", "future.csv"], world);
    expect(code).toBe(0);
    expect(dates(stdout)).toHaveLength(3);
    expect(stderr).toContain("naive does not use inputs: price, promo were left out");
  });

  test("a loaded model takes them without its data", async () => {
    const fresh = await run([...argv, "--future", "future.csv", "--save", "m.json", "-q"], world);
    const loaded = await run(["forecast", "--load", "m.json", "--future", "future.csv", "-q"], world);
    expect(loaded.code).toBe(0);
    expect(loaded.stdout).toBe(fresh.stdout);
    at.write("late.csv", "ds,price,promo\n2020-07,1,0\n2020-08,1,0\n");
    const late = await run(["forecast", "--load", "m.json", "--future", "late.csv"], world);
    expect(late.code).toBe(3);
    expect(late.stderr).toContain("no row for the step after");
  });

  test("update reads them from the new rows", async () => {
    await run(["fit", ...argv.slice(1), "--save", "u.json", "-q"], world);
    at.write("new.csv", "ds,y,price,promo\n2020-05,9,14,0\n");
    const { code, stdout } = await run(["update", "u.json", "new.csv", "--value", "y"], world);
    expect(code).toBe(0);
    expect(stdout).toContain("2020-05,naive,9,8,1,");
    at.write("bare.csv", "ds,y\n2020-06,9\n");
    const bare = await run(["update", "u.json", "bare.csv"], world);
    expect(bare.code).toBe(2);
    expect(bare.stderr).toContain('no column "price"');
  });
});

describe("models that learn from a whole panel", () => {
  const fitPanel = vi.fn<NonNullable<Model["fitPanel"]>>(async (panel) =>
    panel.map((series): Fitted => naive().fit(series)),
  );
  const before = families().length;
  registerFamily({
    name: "together",
    summary: "for this test",
    forms: ["together"],
    options: [],
    seasonal: false,
    processes: [],
    build: () => ({ ...naive(), notation: "together", fitPanel }),
  });
  afterAll(() => {
    (families() as unknown[]).splice(before, 1);
  });

  test("are fitted once, to all series", async () => {
    const stdin = "unique_id,ds,y\na,1,5\na,2,6\nb,1,1\nb,2,\nb,3,4\n";
    const asked = [
      "forecast",
      "-",
      "--model",
      "together",
      "-n",
      "1",
      "--jobs",
      "1",
      "--missing",
      "interpolate",
    ];
    const { code, stdout } = await run(asked, { stdin });
    expect(code).toBe(0);
    expect(fitPanel).toHaveBeenCalledTimes(1);
    expect(fitPanel.mock.calls[0]![0].map(({ id, y }) => [id, ...y])).toEqual([
      ["a", 5, 6],
      ["b", 1, 2.5, 4],
    ]);
    expect(
      stdout
        .split("\n")
        .slice(1, 3)
        .map((line) => line.split(",")[3]),
    ).toEqual(["6", "4"]);
    const fit = await run(["fit", "-", "--model", "together", "--jobs", "1", "-f", "json"], { stdin });
    expect(JSON.parse(fit.stdout).fits).toHaveLength(2);
  });
});
