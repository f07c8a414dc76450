import { expect, test } from "vitest";
import { folder, run } from "./run.js";

const at = folder();
const yule = (words: string) => run(words.split(" "), { cwd: at.path });

function rows(ids: readonly string[], from: number, to: number): string {
  const lines = ids.flatMap((id, i) =>
    Array.from({ length: to - from }, (_, k) => {
      const t = from + k;
      const month = `${2000 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, "0")}-01`;
      return `${id},${month},${20 + i + 3 * Math.sin(t / 2) + ((t * 31) % 7)}`;
    }),
  );
  return `unique_id,ds,y\n${lines.join("\n")}\n`;
}

test("models one a line are loaded and moved on as those of a list are, new ids among them", async () => {
  at.write("panel.csv", rows(["a", "b", "c"], 0, 30));
  at.write("new.csv", rows(["a", "c", "d"], 30, 36));
  for (const name of ["m.json", "m.ndjson"]) {
    expect((await yule(`fit panel.csv -m ses -q -o fits.csv --save ${name}`)).code).toBe(0);
    expect((await yule(`update ${name} new.csv --new fit -q -o ${name}-updates.csv -f csv`)).code).toBe(0);
    expect((await yule(`forecast --load ${name} -n 3 -q -f csv -o ${name}-out.csv`)).code).toBe(0);
  }
  expect(at.read("m.ndjson-updates.csv")).toBe(at.read("m.json-updates.csv"));
  expect(at.read("m.ndjson-out.csv")).toBe(at.read("m.json-out.csv"));
  const ids = at
    .read("m.ndjson")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).origin.id);
  expect(ids).toEqual(["a", "b", "c", "d"]);
});

test("a line that was changed is refused by its number", async () => {
  at.write("panel.csv", rows(["a", "b"], 0, 30));
  await yule("fit panel.csv -m ses -q -o fits.csv --save m.ndjson");
  const [first, second] = at.read("m.ndjson").trimEnd().split("\n");
  at.write("edited.ndjson", `${first}\n${second!.replace('"ses"', '"drift"').replace("ets", "ETS")}\n`);
  const { code, stderr } = await yule("forecast --load edited.ndjson -n 1 -q");
  expect(code).toBe(3);
  expect(stderr).toMatch(/edited.ndjson, model 2 /);
});
