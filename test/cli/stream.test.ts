import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { folder, run } from "./run.js";

const at = folder();

function rowsOf(
  id: string,
  n: number,
  value = (t: number) => String(20 + 3 * Math.sin(t / 2) + ((t * 31) % 7)),
) {
  const written = /[",\n]/.test(id) ? `"${id.replaceAll('"', '""')}"` : id;
  return Array.from({ length: n }, (_, t) => {
    const month = `${2000 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, "0")}-01`;
    return `${written},${month},${value(t)}`;
  });
}

const HEADER = "unique_id,ds,y";
const IDS = ["b", "a", "x,y", 'say "hi"', "two\nlines", "=cmd()", "émoji 🚀", "k".repeat(10_000)];
const PANEL = `${[HEADER, ...IDS.flatMap((id) => rowsOf(id, 30))].join("\n")}\n`;

const yule = (words: string, world = {}) => run(words.split(" "), { cwd: at.path, ...world });

function inFolder(prefix: string): string[] {
  return readdirSync(at.path)
    .filter((name) => name.startsWith(prefix))
    .sort();
}

describe("a file that is written series by series", () => {
  test.each(["csv", "json", "ndjson"])("as %s it is the one that is written as a whole", async (format) => {
    at.write("panel.csv", PANEL);
    for (const words of [
      "forecast panel.csv -m ses -m naive -n 3 -q",
      "simulate panel.csv -m ses -n 2 --paths 2 -q",
      "fit panel.csv -m ses -q",
      "anomalies panel.csv -m ses --level 80 -q",
    ]) {
      const whole = await yule(`${words} -f ${format}`);
      const code = (await yule(`${words} -f ${format} -o out.${format}`)).code;
      expect(code).toBe(0);
      expect(at.read(`out.${format}`)).toBe(whole.stdout);
      expect(inFolder(`out.${format}.`)).toEqual([]);
    }
  });

  test("counts of the first rows of a longer file are told as such", async () => {
    const marked = (n: number) => rowsOf("a b", n, (t) => (t % 5 === 2 ? "-" : String(t)));
    const ids = Array.from({ length: 60 }, (_, i) => `${"series ".repeat(12)}${i}`);
    const rows = ids.flatMap((id) => marked(300).map((row) => row.replace("a b", id)));
    at.write("marked.csv", [HEADER, ...rows].join("\n"));
    const long = await yule("forecast marked.csv -m naive -n 1 -o marked-out.csv");
    const told =
      /(\d+) cells of y with "-" were read as missing values\. Counted in the first (\d+) rows of the file\./;
    const [, cells, counted] = told.exec(long.stderr)!.map(Number) as [number, number, number];
    expect(Math.abs(cells - counted / 5)).toBeLessThan(2);
    expect(counted).toBeLessThan(rows.length);
    at.write("marked.csv", [HEADER, ...marked(300), ...rowsOf("c", 300)].join("\n"));
    const short = await yule("forecast marked.csv -m naive -n 1 -o marked-out.csv");
    expect(short.stderr).toContain('60 cells of y with "-" were read as missing values.');
    expect(short.stderr).not.toContain("Counted in");
  });

  test("rows in any order give the same, told apart by ids and lines of their own", async () => {
    at.write("panel.csv", PANEL);
    const whole = await yule("forecast panel.csv -m ses -n 3 -q");
    const rows = IDS.map((id) => rowsOf(id, 30));
    const mixed = Array.from({ length: 30 }, (_, t) => rows.map((own) => own[t]!)).flat();
    at.write("mixed.csv", [HEADER, ...mixed].join("\n"));
    await yule("forecast mixed.csv -m ses -n 3 -q -o mixed-out.csv");
    expect(at.read("mixed-out.csv")).toBe(whole.stdout);
    const refused = await yule("forecast mixed.csv -m ses -n 3 -q -o mixed-out.csv --no-sort");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /mixed.csv has the series b in more than one place; sort its rows by the id/,
    );
  });

  test("broken series among good ones are failures, each with its row, and the others are written", async () => {
    const text = ["text", "1", "2", "n/a?", "4", "5", "6"];
    const rows = [
      HEADER,
      ...rowsOf("good", 30),
      ...rowsOf("cell", 7, (t) => text[t]!),
      ...rowsOf("twice", 7).concat(rowsOf("twice", 7)),
      ...rowsOf("short", 1),
      ...rowsOf("empty", 7, () => ""),
      ...rowsOf("negative", 30, (t) => String(-t)),
      ...rowsOf("also good", 30),
    ];
    at.write("broken.csv", rows.join("\n"));
    const { code, stderr } = await yule(
      "forecast broken.csv -m log(ses) -n 1 -o ok.csv --failures bad.csv -q",
    );
    expect(code).toBe(4);
    const ids = at
      .read("ok.csv")
      .split("\n")
      .slice(1, -1)
      .map((line) => line.split(",")[0]);
    expect(ids).toEqual(expect.arrayContaining(["good", "also good"]));
    expect(ids).not.toContain("negative");
    const failures = at.read("bad.csv");
    expect(failures).toMatch(/^unique_id,model,code,message\n/);
    expect(failures).toMatch(/^cell,,text-in-value,.*row 32/m);
    expect(failures).toMatch(/^twice,,duplicate-times,/m);
    expect(failures).toMatch(/^negative,log\(ses\),/m);
    expect(stderr).toContain("bad.csv has the reason of each");
    const refused = await yule("forecast broken.csv -m log(ses) -n 1 -o ok2.csv -q");
    expect(refused.code).toBe(3);
    expect(inFolder("ok2")).toEqual([]);
  });

  test("where everything fails nothing is written", async () => {
    at.write(
      "negatives.csv",
      [HEADER, ...["a", "b"].flatMap((id) => rowsOf(id, 30, (t) => String(-t)))].join("\n"),
    );
    const { code, stderr } = await yule("forecast negatives.csv -m log(ses) -n 1 -o none.csv -q");
    expect(code).toBe(3);
    expect(stderr).toContain("All 2 series and models failed");
    expect(inFolder("none")).toEqual([]);
  });
});

describe("--resume", () => {
  async function wholeRun() {
    at.write("panel.csv", PANEL);
    await yule("forecast panel.csv -m ses -n 3 -q -o whole.csv");
    return at.read("whole.csv");
  }

  /** Goes on with a run as a kill after its first mark would leave it. */
  async function withJournal(change: (lines: string[]) => string[], partial = "") {
    const whole = await wholeRun();
    const { crc32 } = await import("node:zlib");
    const header = {
      yule: "journal",
      version: "0.1.0",
      command: "forecast",
      settings: { model: '["ses"]', horizon: "3" },
    };
    const input = { name: "panel.csv", bytes: Buffer.byteLength(PANEL), checksum: crc32(Buffer.from(PANEL)) };
    const first = whole.split("\n").slice(0, 4).join("\n").concat("\n");
    const mark = { series: 1, tried: 1, failed: 0, output: Buffer.byteLength(first), save: 0, failures: 0 };
    const lines = change([JSON.stringify({ ...header, input }), JSON.stringify(mark), '{"series":2,"tr']);
    at.write("out.csv.journal", lines.join("\n"));
    at.write("out.csv.partial", `${first}${partial}`);
    return { whole, ran: await yule("forecast panel.csv -m ses -n 3 -o out.csv --resume") };
  }

  test("goes on after the last whole mark, and drops what was written behind it", async () => {
    const { whole, ran } = await withJournal((lines) => lines, "a,2002-07-01,ses,1");
    expect(ran.stderr).toContain("Continuing after 1 finished series.");
    expect(ran.code).toBe(0);
    expect(at.read("out.csv")).toBe(whole);
    expect(inFolder("out.csv")).toEqual(["out.csv"]);
  });

  test("trusts no mark beyond what is on the disk", async () => {
    const { whole, ran } = await withJournal((lines) => [
      ...lines.slice(0, 2),
      '{"series":5,"tried":5,"failed":0,"output":90000,"save":0,"failures":0}',
      "",
    ]);
    expect(ran.stderr).toContain("Continuing after 1 finished series");
    expect(at.read("out.csv")).toBe(whole);
  });

  test.each([
    [
      "options-changed",
      2,
      /--horizon \(then 4, now 3\)/,
      (line: string) => line.replace('"horizon":"3"', '"horizon":"4"'),
    ],
    [
      "input-changed",
      3,
      /panel.csv was changed since the run/,
      (line: string) => line.replace(/"checksum":\d+/, '"checksum":1'),
    ],
    ["version-changed", 2, /yule 0.0.9/, (line: string) => line.replace("0.1.0", "0.0.9")],
    ["foreign-journal", 2, /is no journal/, () => "Dear diary,"],
  ] as const)("refuses with %s, and leaves what is there", async (_, code, words, change) => {
    const { ran } = await withJournal(([head, ...rest]) => [change(head!), ...rest]);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toMatch(words);
    expect(existsSync(join(at.path, "out.csv.partial"))).toBe(true);
  });

  test("begins at the first series where nothing was stopped", async () => {
    at.write("panel.csv", PANEL);
    const ran = await yule("forecast panel.csv -m ses -n 3 -o fresh.csv --resume");
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("There is no stopped run of fresh.csv; this run");
  });

  test("a second run on the same output is refused while the first lives", async () => {
    at.write("panel.csv", PANEL);
    writeFileSync(
      join(at.path, "busy.csv.lock"),
      JSON.stringify({ pid: process.pid, host: hostname(), started: null, token: "x" }),
    );
    const ran = await yule("forecast panel.csv -m ses -n 3 -o busy.csv -q");
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/busy.csv is being updated by process \d+/);
  });
});

test("a clock that jumps changes nothing", async () => {
  at.write("panel.csv", PANEL);
  await yule("forecast panel.csv -m ses -n 3 -q -o calm.csv");
  let now = 1e12;
  const clock = vi.spyOn(Date, "now").mockImplementation(() => {
    now += now % 2 === 0 ? 86_400_001 : -172_800_001;
    return now;
  });
  const ran = await yule("forecast panel.csv -m ses -n 3 -q -o jumping.csv");
  clock.mockRestore();
  expect(ran.code).toBe(0);
  expect(at.read("jumping.csv")).toBe(at.read("calm.csv"));
});

test.skipIf(!existsSync("/dev/full"))("a full disk is told, and the input stays", async () => {
  at.write("panel.csv", PANEL);
  const ran = await yule("forecast panel.csv -m ses -n 3 -q -o /dev/full");
  expect(ran).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/\/dev\/full cannot be written.*(space|full)/),
  });
  expect(at.read("panel.csv")).toBe(PANEL);
});

test("a long series among short ones is one of them", async () => {
  const long = Array.from({ length: 60_000 }, (_, t) => {
    const minute = new Date(Date.UTC(2024, 0, 1) + 60_000 * t).toISOString().slice(0, 16);
    return `long,${minute},${t % 60}`;
  });
  const short = (id: string) => long.slice(0, 200).map((row) => row.replace("long", id));
  at.write("uneven.csv", `${[HEADER, ...short("a"), ...long, ...short("z")].join("\n")}\n`);
  const ran = await yule("forecast uneven.csv -m snaive -n 2 -q -f csv -o uneven-out.csv");
  expect(ran.code).toBe(0);
  const ids = at
    .read("uneven-out.csv")
    .trim()
    .split("\n")
    .map((row) => row.split(",")[0]);
  expect(ids).toEqual(["unique_id", "a", "a", "long", "long", "z", "z"]);
});

test("standard input is worked on as a file is", async () => {
  at.write("panel.csv", PANEL);
  await yule("forecast panel.csv -m ses -n 3 -q -o file.csv");
  await yule("forecast - -m ses -n 3 -q -o piped.csv", { stdin: PANEL });
  expect(at.read("piped.csv")).toBe(at.read("file.csv"));
});

test("models are saved one a line, in the order of the input", async () => {
  at.write("panel.csv", PANEL);
  await yule("fit panel.csv -m ses -q -o fits.csv --save models.ndjson");
  const ids = at
    .read("models.ndjson")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).origin.id);
  expect(ids).toEqual(IDS);
});
