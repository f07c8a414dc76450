import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { folder, run } from "./run.js";

const at = folder();
const IDS = ["b", "a", "x,y", 'say "hi"', "two\nlines", "=cmd()", "émoji 🚀", "k".repeat(10_000)];
const yule = (words: string) => run(words.split(" "), { cwd: at.path });

/** Rows `from` to `to` of a series, as CSV. */
function rows(id: string, from: number, to: number): string[] {
  const written = /[",\n]/.test(id) ? `"${id.replaceAll('"', '""')}"` : id;
  return Array.from({ length: to - from }, (_, i) => {
    const t = from + i;
    const month = `${2000 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, "0")}-01`;
    return `${written},${month},${20 + 3 * Math.sin(t / 2) + ((t * 31) % 7)}`;
  });
}

function file(name: string, lines: readonly string[]): void {
  at.write(name, `${["unique_id,ds,y", ...lines].join("\n")}\n`);
}

function copyOf(name: string): string {
  copyFileSync(join(at.path, "models.ndjson"), join(at.path, name));
  return name;
}

beforeAll(async () => {
  file(
    "old.csv",
    IDS.flatMap((id) => rows(id, 0, 30)),
  );
  // By time, so that the rows of each series stand apart; one id has no new rows, one has no model.
  const fresh = [...IDS.filter((id) => id !== "a"), "new"];
  file(
    "rows.csv",
    [28, 29, 30, 31, 32].flatMap((t) => fresh.flatMap((id) => rows(id, t, t + 1))),
  );
  await yule("fit old.csv -m ses -m naive --save models.ndjson -q -f ndjson -o fits.ndjson");
});

describe("models of one a line", () => {
  test.each(["csv", "json", "ndjson"])(
    "go on series by series as they do together, as %s",
    async (format) => {
      for (const words of [
        "forecast --load models.ndjson -n 3 -q",
        "simulate --load models.ndjson -n 2 --paths 2 -q",
        "forecast old.csv --load models.ndjson -n 3 -q",
        "anomalies old.csv --load models.ndjson --level 80 -q",
      ]) {
        const whole = await yule(`${words} -f ${format}`);
        expect((await yule(`${words} -f ${format} -o out.${format}`)).code).toBe(0);
        expect(at.read(`out.${format}`)).toBe(whole.stdout);
      }
    },
  );

  test("take new rows one by one as they do together: the same models, the same table", async () => {
    for (const options of ["", " --new fit"]) {
      const [one, all] = [copyOf("one.ndjson"), copyOf("all.ndjson")];
      const whole = await yule(`update ${all} rows.csv -q -f csv${options}`);
      const streamed = await yule(`update ${one} rows.csv -q -o updates.csv${options}`);
      expect(streamed.code).toBe(whole.code);
      expect(at.read("updates.csv")).toBe(whole.stdout);
      expect(at.read(one)).toBe(at.read(all));
    }
  });

  test("stay as they are where ids are refused, or nothing is new", async () => {
    const one = copyOf("one.ndjson");
    const refused = await yule(`update ${one} rows.csv -o updates.csv --new error`);
    expect(refused).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/no model for the series new; nothing/),
    });
    file(
      "strange.csv",
      ["p", "q"].flatMap((id) => rows(id, 30, 33)),
    );
    const strange = await yule(`update ${one} strange.csv -o updates.csv`);
    expect(strange).toMatchObject({ code: 3, stderr: expect.stringMatching(/nothing was changed/) });
    expect(at.read(one)).toBe(at.read("models.ndjson"));
  });

  test("rows that all models have seen are refused, as they are together", async () => {
    const one = copyOf("one.ndjson");
    const whole = await yule(`update ${one} old.csv -q`);
    const streamed = await yule(`update ${one} old.csv -q -o none.csv`);
    for (const { code, stdout, stderr } of [whole, streamed]) {
      expect([code, stdout]).toEqual([3, ""]);
      expect(stderr).toContain("already include every row; nothing was changed");
    }
    expect(() => at.read("none.csv")).toThrow("ENOENT");
    expect(at.read(one)).toBe(at.read("models.ndjson"));
  });

  test.each(["csv", "json"])("a series without a model fails alone, in both ways, as %s", async (format) => {
    at.write("fewer.ndjson", at.read("models.ndjson").split("\n").slice(2).join("\n"));
    const whole = await yule(`forecast old.csv --load fewer.ndjson -n 2 -q -f ${format}`);
    const streamed = await yule(`forecast old.csv --load fewer.ndjson -n 2 -q -o some.${format}`);
    expect([whole.code, streamed.code]).toEqual([4, 4]);
    expect(at.read(`some.${format}`)).toBe(whole.stdout);
    for (const { stderr } of [whole, streamed])
      expect(stderr).toMatch(/b: failed: .* no model for the series b; fit one/);
  });

  test("a series without a model and a damaged model are failures of their own", async () => {
    const lines = at.read("models.ndjson").split("\n");
    lines[2] = lines[2]!.replace('"sigma2":', '"sigma2":1');
    at.write("damaged.ndjson", lines.slice(0, -3).join("\n"));
    const ran = await yule(
      "forecast old.csv --load damaged.ndjson -n 1 -o out.csv --failures failures.ndjson -q",
    );
    expect(ran.code).toBe(4);
    const failures = at.read("failures.ndjson").trim().split("\n");
    expect(failures.map((line) => JSON.parse(line) as object)).toMatchObject([
      { id: "a", code: "bad-model-file" },
      { id: "k".repeat(10_000), code: "no-model" },
    ]);
  });

  test("a stopped run is not gone on with where the models changed since", async () => {
    const settings = { load: "models.ndjson (7 bytes, checksum 7)", horizon: "3", jobs: "1" };
    const input = { name: "models.ndjson", bytes: 7, checksum: 7 };
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    const head = { yule: "journal", version, command: "forecast", settings, input };
    at.write("stopped.csv.journal", `${JSON.stringify(head)}\n`);
    const ran = await yule("forecast --load models.ndjson -n 3 -o stopped.csv --resume");
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(
      /--load \(then models\.ndjson \(7 bytes, checksum 7\), now models\.ndjson \(\d+ bytes/,
    );
  });
});
