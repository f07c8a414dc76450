import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { numericalError } from "../../../src/core/errors.js";
import { normal } from "../../../src/distributions/families/normal.js";
import { folder, run } from "../run.js";

const at = folder();
const world = { cwd: at.path };

/** A long panel of `count` series, of which one is changed. */
function panel(name: string, count: number, length: number, value: (k: number, t: number) => string): string {
  const rows = Array.from({ length: count }, (_, k) =>
    Array.from(
      { length },
      (_, t) => `s${k},${2000 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, "0")},${value(k, t)}`,
    ).join("\n"),
  );
  at.write(name, `unique_id,ds,y\n${rows.join("\n")}\n`);
  return name;
}

const level = (k: number, t: number) => 10 + k + ((t * 7 + k) % 5);
const wave = (t: number) => 20 * Math.sin((2 * Math.PI * t) / 12);
const negative = panel("negative.csv", 201, 24, (k, t) => String(k === 77 && t === 5 ? -3 : level(k, t)));
const flat = panel("flat.csv", 5, 60, (k, t) =>
  (50 + 3 * Math.sin(k + t * t * 1.7) + (k === 3 ? 0 : wave(t))).toFixed(3),
);
const blank = panel("blank.csv", 5, 60, (k, t) => (k === 3 ? "" : String(level(k, t))));
const huge = panel("huge.csv", 5, 60, (k, t) => (k === 3 && t === 9 ? "1e31" : String(level(k, t))));
const network = "deepar(hidden=8, epochs=1, batch=8, batches=2)";

describe("one bad series of a panel: the others are written, exit 4, the series is named", () => {
  test.each([
    [negative, ["-m", "naive", "--min", "0", "--jobs", "1"], "s77", 201],
    [negative, ["-m", "bounded(naive, min=0)", "--jobs", "1"], "s77", 201],
    [flat, ["-m", "holt-winters", "--period", "auto"], "s3", 5],
    [blank, ["-m", network, "--jobs", "1"], "s3", 5],
    [huge, ["-m", network, "--jobs", "1"], "s3", 5],
  ])("%s %j", async (file, argv, bad, count) => {
    const { code, stdout, stderr } = await run(["forecast", file, ...argv, "-n", "1", "-q"], world);
    const ids = (parse(stdout, { columns: true }) as { unique_id: string }[]).map((row) => row.unique_id);
    expect(code).toBe(4);
    expect(new Set(ids).size).toBe(count - 1);
    expect(ids).not.toContain(bad);
    expect(stderr).toMatch(new RegExp(`note: ${bad}, .*failed: .*${bad}`));
  });

  test("what is wrong for every series is a matter of usage still", async () => {
    const { code } = await run(["forecast", negative, "-m", "naive", "--min", "1000", "--jobs", "1"], world);
    expect(code).toBe(2);
  });

  test("and so is a model that no series can take, whatever the others do", async () => {
    const { code } = await run(
      ["forecast", flat, "-m", "naive", "-m", "holt-winters", "--period", "1"],
      world,
    );
    expect(code).toBe(2);
  });
});

describe("many failures", () => {
  const most = panel("most.csv", 300, 6, (k, t) => String(k > 2 && t === 1 ? -1 : level(k, t)));

  test("are told in few lines; JSON has the reason of each", async () => {
    const { code, stderr } = await run(
      ["forecast", most, "-m", "naive", "--min", "0", "--jobs", "1", "-n", "1", "-q"],
      world,
    );
    expect(code).toBe(4);
    expect(stderr).toContain("297 series, the first s3");
    expect(stderr).toContain("297 fits failed");
    expect(stderr.split("\n").length).toBeLessThan(6);
    const json = await run(
      ["forecast", most, "-m", "naive", "--min", "0", "--jobs", "1", "-n", "1", "-f", "json"],
      world,
    );
    const items = JSON.parse(json.stdout).forecasts as { id: string; status: string; error?: object }[];
    expect(items.filter(({ status }) => status === "failed")).toHaveLength(297);
    expect(items.find(({ id }) => id === "s200")!.error).toMatchObject({ code: "outside-bounds" });
  });
});

test("a distribution with a number that is none is a numerical error, not one of usage", () => {
  const refused = (): unknown => {
    try {
      return normal(Number.NaN, 1);
    } catch (error) {
      return error;
    }
  };
  expect(refused()).toMatchObject({ code: "bad-mean", category: "data" });
  expect(numericalError("a", "b", 1, "c.")).toMatchObject({ code: "a", category: "data", value: 1 });
});
