import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { folder, run } from "./run.js";

const at = folder();
const world = { cwd: at.path };
const rng = random(9);
const day = (t: number) => new Date(Date.UTC(2021, 0, 1) + t * 86_400_000).toISOString().slice(0, 10);
const DAYS = 800;
const isPromo = (t: number) => t % 60 >= 20 && t % 60 < 23;
const rows = Array.from(
  { length: DAYS },
  (_, t) => `${day(t)},${(50 + (isPromo(t) ? 10 : 0) + rng.uniform()).toFixed(3)}`,
);
at.write("daily.csv", `date,sales\n${rows.join("\n")}\n`);
const promos = Array.from({ length: 20 }, (_, k) => `${day(60 * k + 20)};promo;${day(60 * k + 22)}`);
at.write("events.csv", `date;name;until\n${promos.join("\n")}\n2019-05-01;promo;\n2031-01-01;opening;\n`);

const MODEL = ["--model", "arima(0,0,0)"];
const csv = (stdout: string) => parse(stdout, { columns: true }) as Record<string, string>[];

describe("holidays, calendar and events", () => {
  test("are fitted with standard errors, forecast by themselves, and saved", async () => {
    const argv = ["--events", "events.csv", "--calendar", "weekday", "--holidays", "DE", ...MODEL];
    const fit = await run(["fit", "daily.csv", ...argv, "--save", "model.json"], world);
    expect(fit.code).toBe(0);
    const terms = new Map(
      csv(fit.stdout).map(({ term, estimate, std_error }) => [term, [estimate, std_error]]),
    );
    const [promo, error] = terms.get("promo")!.map(Number);
    expect(Math.abs(promo! - 10)).toBeLessThan(4 * error!);
    expect(terms.has("Easter Monday")).toBe(true);
    expect(fit.stderr).toContain("Regressors known in advance: New Year's Day, Good Friday");
    expect(fit.stderr).toMatch(/event opening never falls into daily \(2021-01-01 to 2023-03-11\)/);
    expect(fit.stderr).toMatch(/1 before 2021-01-01 \(not used\), 7 after 2023-03-11/);

    const horizon = ["-n", "70"];
    const fresh = await run(["forecast", "daily.csv", ...argv, ...horizon], world);
    const loaded = await run(["forecast", "--load", "model.json", ...horizon], world);
    expect(loaded.stdout).toBe(fresh.stdout);
    const promoted = csv(loaded.stdout).filter(({ mean }) => Number(mean) > 57);
    const expected = Array.from({ length: 70 }, (_, h) => DAYS + h).filter(isPromo);
    expect(promoted.map(({ ds }) => ds)).toEqual(expected.map(day));
  });

  test("go on in updates and on other data of a saved model", async () => {
    await run(
      ["fit", "daily.csv", "--events", "events.csv", ...MODEL, "--save", "short.json", "--to", "2023-03-01"],
      world,
    );
    const update = await run(["update", "short.json", "daily.csv"], world);
    expect(update.code).toBe(0);
    expect(csv(update.stdout)).toHaveLength(10);
    const other = await run(["forecast", "daily.csv", "--load", "short.json", "-n", "30"], world);
    const loaded = await run(["forecast", "--load", "short.json", "-n", "30"], world);
    expect(other.stdout).toBe(loaded.stdout);
  });

  test("are known in backtests", async () => {
    const argv = [
      "backtest",
      "daily.csv",
      "--events",
      "events.csv",
      ...MODEL,
      "-n",
      "60",
      "--format",
      "json",
    ];
    const { stdout } = await run(argv, world);
    const { scores } = JSON.parse(stdout) as { scores: { model: string; mae: number }[] };
    expect(scores[0]!.model).toBe("arima(0,0,0)");
    // Uniform noise of width 1 has a mean absolute error of 1/4; unknown promotions would add 1/2.
    expect(scores[0]!.mae).toBeLessThan(0.35);
  });

  test.each([
    [["--holidays", "DE-BYY"], /nearest is DE-BY \(Bayern\)/],
    [["--calendar", "wekday"], /did you mean weekday/],
    [["--holiday-window", "-1,1"], /needs --holidays/],
    [["--holidays", "DE", "--holiday-window", "1,2"], /days before and after, such as -1,1/],
    [["--events", "no.csv"], /There is no file .*no\.csv/],
  ])("%s is refused with the way out", async (argv, message) => {
    const { code, stdout, stderr } = await run(["forecast", "daily.csv", ...argv], world);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });

  test.each([
    ["date,name\n2024-13-01,promo\n", /row 2, column date: "2024-13-01" is no date/],
    ["date,name\n03/04/2024,promo\n", /can be read in one way only/],
    ["date,name\n2024-03-01,\n", /row 2, column name: the event has no name/],
    ["when,what\n2024-03-01,promo\n", /no column date among when, what/],
    ["date,name,until\n2024-03-05,promo,2024-03-01\n", /ends before it begins/],
  ])("an events file %j is refused, naming the place", async (text, message) => {
    at.write("wrong.csv", text);
    const { code, stderr } = await run(["forecast", "daily.csv", "--events", "wrong.csv"], world);
    expect([2, 3]).toContain(code);
    expect(stderr).toMatch(message);
  });

  test("an events file without a header is read in the order date, name, until", async () => {
    at.write("bare.csv", promos.join("\n").replaceAll(";", ","));
    const { stdout } = await run(["fit", "daily.csv", "--events", "bare.csv", ...MODEL], world);
    expect(csv(stdout).map(({ term }) => term)).toContain("promo");
  });
});
