import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { run } from "./run.js";

const rowsOf = (text: string) => parse(text, { columns: true }) as Record<string, string>[];
const forecast = (stdin: string, ...argv: string[]) =>
  run(["forecast", "-", "-m", "naive", "-n", "1", ...argv], { stdin });

/** Two or three sales a day at odd times, from 1 January to 20 March 2024, none on 10 February. */
const EVENTS = `when,shop,amount\n${Array.from({ length: 80 }, (_, day) => day)
  .filter((day) => day !== 40)
  .flatMap((day) =>
    [9, 11, 17].slice(0, 2 + (day % 2)).map((hour, at) => {
      const date = new Date(Date.UTC(2024, 0, 1 + day, hour, (7 * day) % 60)).toISOString().slice(0, 16);
      return `${date.replace("T", " ")},${at === 0 ? "north" : "south"},${at + 1}`;
    }),
  )
  .join("\n")}\n`;

describe("events", () => {
  test("become sums of months; the last one, covered in part, is left out and told", async () => {
    const { code, stdout, stderr } = await forecast(
      EVENTS,
      "--id",
      "none",
      "--value",
      "amount",
      "--aggregate",
      "sum",
      "--frequency",
      "M",
    );
    expect(code).toBe(0);
    const [row] = rowsOf(stdout);
    expect(row!.ds).toBe("2024-03");
    // February: 28 days with sales, 14 of them with a third one.
    const days = Array.from({ length: 29 }, (_, i) => 31 + i).filter((day) => day !== 40);
    expect(Number(row!.mean)).toBe(days.reduce((sum, day) => sum + (day % 2 === 0 ? 3 : 6), 0));
    expect(stderr).toContain("read as events: sum by M");
    expect(stderr).toContain("left out (--partial keep keeps them)");
  });

  test("a day without rows is 0 in a sum and missing in a mean", async () => {
    const upTo = ["--to", "2024-02-10", "--id", "none", "--value", "amount", "--frequency", "D"];
    const sum = rowsOf((await forecast(EVENTS, "--aggregate", "sum", ...upTo)).stdout)[0]!;
    expect([sum.ds, Number(sum.mean)]).toEqual(["2024-02-11", 0]);
    const mean = rowsOf((await forecast(EVENTS, "--aggregate", "mean", ...upTo)).stdout)[0]!;
    expect([mean.ds, Number(mean.mean)]).toEqual(["2024-02-11", 2]);
  });

  test("each shop is a series, and their total too", async () => {
    const { stdout } = await forecast(
      EVENTS,
      "--id",
      "shop",
      "--aggregate",
      "count",
      "--frequency",
      "W",
      "--total",
    );
    expect(rowsOf(stdout).map(({ unique_id }) => unique_id)).toEqual(["north", "south", "total"]);
    const values = rowsOf(stdout).map(({ mean }) => Number(mean));
    expect(values[2]).toBe(values[0]! + values[1]!);
  });

  test("with --skip-bad-series too, equal times are events and no fault of their series", async () => {
    const { code, stdout } = await forecast(
      `${EVENTS}2024-03-20 09:00,north,1\n2024-03-20 09:00,north,2\n`,
      ...["--id", "shop", "--aggregate", "count", "--frequency", "W", "--skip-bad-series"],
    );
    expect(code).toBe(0);
    expect(rowsOf(stdout).map(({ unique_id }) => unique_id)).toEqual(["north", "south"]);
  });

  test("without --aggregate the refusal names it", async () => {
    const { code, stderr } = await forecast(EVENTS, "--id", "none", "--value", "amount");
    expect(code).toBe(3);
    expect(stderr).toContain("--aggregate sum --frequency D");
  });
});

describe("what of a file is used", () => {
  const MONTHS = `month,north,south\n${Array.from({ length: 48 }, (_, t) => `${2020 + Math.floor(t / 12)}-${String(1 + (t % 12)).padStart(2, "0")},${t},${100 + t}`).join("\n")}\n`;
  const wide = (...argv: string[]) => forecast(MONTHS, "--value", "north,south", ...argv);

  test.each([
    [["--to", "2022-06"], "2022-07", 29],
    [["--only", "south"], "2024-01", 147],
    [["--aggregate", "sum", "--frequency", "Y", "--only", "north"], "2024", 498],
    [["--exclude", "2023-12", "--fill", "last", "--only", "north"], "2024-01", 46],
  ])("%j", async (argv, ds, value) => {
    const { code, stdout } = await wide(...argv);
    expect(code).toBe(0);
    const [row] = rowsOf(stdout);
    expect([row!.ds, Number(row!.mean)]).toEqual([ds, value]);
  });

  test.each([
    [["--aggregate", "sum"], 2, "add --frequency"],
    [["--partial", "keep"], 2, "--partial needs --aggregate"],
    [["--from", "2030"], 3, "goes from 2020-01 to 2023-12"],
    [["--only", "nroth"], 2, 'the nearest is "north"'],
    [["--aggregate", "sum", "--frequency", "D"], 2, "to a longer one, such as Q"],
    [["--aggregate", "total", "--frequency", "Y"], 2, "--aggregate"],
  ])("%j is refused", async (argv, exit, sentence) => {
    const { code, stdout, stderr } = await wide(...argv);
    expect([code, stdout]).toEqual([exit, ""]);
    expect(stderr).toContain(sentence);
  });
});

test.each([
  ["seconds", 1000],
  ["milliseconds, in no order", 1],
])("events by %s are summed as a walk through the rows sums them", async (_, unit) => {
  const start = Date.UTC(2024, 0, 1);
  const rows = Array.from({ length: 4000 }, (_, i) => {
    const place = unit === 1 ? (i * 2741) % 4000 : i;
    return { time: start + Math.floor((place * 1_234_567 * 7) / unit) * unit, amount: (i % 17) + 0.25 };
  });
  const text = rows.map(({ time, amount }) => `${new Date(time).toISOString().slice(0, -1)},${amount}`);
  const stdin = `time,amount\n${text.join("\n")}\n`;
  const argv = [
    "forecast",
    "-",
    "--aggregate",
    "sum",
    "--frequency",
    "D",
    "--partial",
    "keep",
    "-m",
    "naive",
    "-n",
    "1",
  ];
  const { stdout, stderr } = await run(argv, { stdin });
  const last = Math.max(...rows.map(({ time }) => time));
  const onLast = rows.filter(({ time }) => Math.floor(time / 86_400_000) === Math.floor(last / 86_400_000));
  expect(stderr).toContain(`Using ${Math.floor((last - start) / 86_400_000) + 1} values, sum by D.`);
  expect(Number(stdout.split("\n")[1]!.split(",")[2])).toBe(
    onLast.reduce((sum, { amount }) => sum + amount, 0),
  );
});

test("what reading left out is told in one line", async () => {
  const rows = Array.from(
    { length: 24 },
    (_, t) =>
      `${["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][t % 12]}-${22 + Math.floor(t / 12)},${10 + t}`,
  );
  const stdin = ["Sales report,", ",", "Month,Units", ...rows, "Total,516", ""].join("\n");
  const { stderr } = await run(["forecast", "-", "-m", "naive", "-n", "1"], { stdin });
  expect(stderr).toMatch(
    /begins at row 3; .* left out\. Row 28 \("Total"\) .* left out\. Two-digit years are read as 2022 to 2023\.\n/,
  );
});
