import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import { parquetLines, parquetOfLines } from "../../src/cli/output/parquet-lines.js";
import { CellKinds, parquetBytes, parquetPieces } from "../../src/io/parquet/write-parquet.js";
import { folder, run } from "./run.js";

const at = folder();
const PANEL = `unique_id,ds,y\n${["b", "a", "c\u2028d"]
  .flatMap((id) => Array.from({ length: 30 }, (_, t) => `${id},${1990 + t},${20 + ((t * 31) % 7)}`))
  .join("\n")}\n`;
const yule = (words: string) => run(words.split(" "), { cwd: at.path });
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(at.path, name)));
const bufferOf = (bytes: Uint8Array) =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;

type Cell = string | number | boolean | null;

async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  return Uint8Array.from(Buffer.concat(parts));
}

describe("row groups one after the other", () => {
  const rows = Array.from({ length: 2500 }, (_, i): Cell[] => [
    `id ${i % 7}`,
    i % 11 === 0 ? Number.NaN : i / 3,
    i < 1500 ? null : i % 2 === 0,
    i === 2400 ? "text" : i,
  ]);
  const names = ["id", "number", "flag", "both"];

  test("are the bytes of the table that is written as a whole", async () => {
    const kinds = new CellKinds(4);
    for (const row of rows) kinds.add(row);
    expect(kinds.list).toEqual(["STRING", "DOUBLE", "BOOLEAN", "STRING"]);
    const stream = async function* () {
      yield* rows;
    };
    const pieces = await joined(parquetPieces(names, kinds.list, stream()));
    expect(pieces).toEqual(await parquetBytes(names, rows));
    expect(parquetMetadata(bufferOf(pieces)).row_groups.map(({ num_rows }) => num_rows)).toEqual([
      1000n,
      1500n,
    ]);
  });

  test("come back from lines to the bit", async () => {
    const odd = [0.1 + 0.2, -0, 5e-324, 1.7976931348623157e308, Number.POSITIVE_INFINITY, Number.NaN];
    const table = { columns: [{ name: "x" }], rows: odd.map((value) => [value]) };
    at.write("lines", `["x"]\n${[...parquetLines(table)].join("")}`);
    const bytes = await joined(parquetOfLines(join(at.path, "lines")));
    const read = await parquetReadObjects({ file: bufferOf(bytes) });
    expect(read.map(({ x }) => x as unknown)).toEqual([...odd.slice(0, 5), null]);
  });
});

test.each(["forecast panel.csv -m ses -m naive -n 3 -q", "simulate panel.csv -m ses -n 2 --paths 2 -q"])(
  "%s: Parquet by series has the numbers and texts of the CSV",
  async (words) => {
    at.write("panel.csv", PANEL);
    expect((await yule(`${words} -o out.csv`)).code).toBe(0);
    expect((await yule(`${words} -o out.parquet`)).code).toBe(0);
    const rows = await parquetReadObjects({ file: bufferOf(bytesOf("out.parquet")) });
    const [names, ...cells] = at
      .read("out.csv")
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
    expect(rows.map((row) => Object.values(row).map(String))).toEqual(cells);
    expect(Object.keys(rows[0]!)).toEqual(names);
    expect(readdirSync(at.path).filter((name) => name.startsWith("out.parquet."))).toEqual([]);
  },
);

test("a stopped run that writes Parquet goes on", async () => {
  at.write("panel.csv", PANEL);
  await yule("forecast panel.csv -m ses -n 3 -q -o whole.parquet");
  const rows = await parquetReadObjects({ file: bufferOf(bytesOf("whole.parquet")) });
  const lines = [Object.keys(rows[0]!), ...rows.slice(0, 3).map((row) => Object.values(row))];
  const done = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const header = {
    yule: "journal",
    version: "0.1.0",
    command: "forecast",
    settings: { model: '["ses"]', horizon: "3" },
    input: { name: "panel.csv", bytes: Buffer.byteLength(PANEL), checksum: crc32(Buffer.from(PANEL)) },
  };
  const mark = { series: 1, tried: 1, failed: 0, output: Buffer.byteLength(done), save: 0, failures: 0 };
  at.write("out.parquet.journal", `${JSON.stringify(header)}\n${JSON.stringify(mark)}\n`);
  at.write("out.parquet.partial", `${done}["cut sho`);
  const ran = await yule("forecast panel.csv -m ses -n 3 -o out.parquet --resume");
  expect(ran.stderr).toContain("Continuing after 1 finished series.");
  expect(ran.code).toBe(0);
  expect(bytesOf("out.parquet")).toEqual(bytesOf("whole.parquet"));
  expect(existsSync(join(at.path, "out.parquet.partial"))).toBe(false);
});
