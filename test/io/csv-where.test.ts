import { describe, expect, test } from "vitest";
import { parseCsv } from "../../src/index.js";
import { run } from "../cli/run.js";

const days = (count: number) =>
  Array.from({ length: count }, (_, t) =>
    new Date(Date.UTC(2024, 0, 1) + t * 86_400_000).toISOString().slice(0, 10),
  );
/** Four stores in two regions; the price is a whole number or, in the south, has a decimal. */
const records = days(40).flatMap((date, t) =>
  ["North", "South"].flatMap((region) =>
    [1, 2].map((store) => ({
      date,
      region,
      store,
      price: t % 5,
      units: 100 * store + t + (region === "North" ? 0.5 : 0),
    })),
  ),
);
type Row = (typeof records)[number];
const csvOf = (rows: readonly Row[]) =>
  `date,region,store,price,units\n${rows.map((row) => Object.values(row).join(",")).join("\n")}\n`;
const options = { value: "units", id: ["region", "store"], time: "date" } as const;
const shape = (panel: Awaited<ReturnType<typeof parseCsv>>["panel"]) =>
  panel.map(({ id, y, time }) => ({ id, y: [...y], time }));

describe("where", () => {
  test.each<[string[], (row: Row) => boolean]>([
    [["region=North"], ({ region }) => region === "North"],
    [["region != North", "store==2"], ({ region, store }) => region !== "North" && store === 2],
    [["date<2024-01-20"], ({ date }) => date < "2024-01-20"],
    [["date>=2024-01-10", "date<=2024-01-30"], ({ date }) => date >= "2024-01-10" && date <= "2024-01-30"],
    [["store>1.5"], ({ store }) => store > 1.5],
    [["store<1e1", 'region="South"'], ({ region }) => region === "South"],
    [["units>=200"], ({ units }) => units >= 200],
  ])("%j leaves what a file with those rows alone has", async (where, meets) => {
    const chosen = await parseCsv(csvOf(records), { ...options, where });
    const alone = await parseCsv(csvOf(records.filter(meets)), options);
    expect(shape(chosen.panel)).toEqual(shape(alone.panel));
    expect(chosen.notes.find(({ code }) => code === "rows-selected")?.details).toEqual({
      rows: records.length,
      used: records.filter(meets).length,
    });
  });

  test("reads quoted cells, semicolons with decimal commas, JSON and files of one cell a time", async () => {
    const quoted = csvOf(records).replaceAll("North", '"North, ""old"""').replaceAll("South", '"South"');
    const old = await parseCsv(quoted, { ...options, where: ['region=North, "old"'] });
    expect(old.panel.map(({ id }) => id)).toEqual(['North, "old"/1', 'North, "old"/2']);
    const comma = "date;price;units\n2024-01-01;1,5;3\n2024-01-02;2,5;4\n2024-01-03;3,5;5\n";
    const dear = await parseCsv(comma, { value: "units", where: ["price>2"] });
    expect([...dear.panel[0]!.y]).toEqual([4, 5]);
    const json = await parseCsv(JSON.stringify(records), { ...options, where: ["region=South"] });
    expect(json.panel.map(({ id }) => id)).toEqual(["South/1", "South/2"]);
  });

  test("the line of a wrong cell is that of the file, and a wrong cell of a row not used is nothing", async () => {
    const rows = csvOf(records.slice(0, 8)).replace("101.5", "broken");
    expect((await parseCsv(rows, { ...options, where: ["region=South"] })).panel).toHaveLength(2);
    const last = csvOf(records.slice(0, 8)).replace(/201,?$/m, "broken");
    await expect(parseCsv(last, { ...options, where: ["region=South"] })).rejects.toThrow(/row 9/);
  });

  test.each([
    ["reion=North", "unknown-column", /nearest is "region"/],
    ["region=Nort", "no-rows", /nearest value is "North"; the values of region are North, South/],
    ["region", "bad-where", /name a column, a comparison and a value/],
    ["price>=lots", "bad-where", /compares numbers and dates/],
    ["region>2024-01-01", "bad-where", /row 2, column region: "North" is not a date/],
  ])("%s is refused", async (condition, code, message) => {
    const refused = parseCsv(csvOf(records), { ...options, where: [condition] });
    await expect(refused).rejects.toThrow(expect.objectContaining({ code }));
    await expect(refused).rejects.toThrow(message);
  });

  test("on the command line conditions are repeated or stand with commas between", async () => {
    const stdin = csvOf(records);
    const argv = ["forecast", "-", "--value", "units", "-m", "naive", "-n", "1", "--format", "json"];
    const one = await run([...argv, "--where", "region=North", "--where", "store=1"], { stdin });
    const other = await run([...argv, "--where", "region=North,store=1"], { stdin });
    expect([one.code, other.stdout]).toEqual([0, one.stdout]);
    expect(one.stderr).toContain("Of 160 rows 40 have region=North and store=1 and are used.");
  });
});
