import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { YuleError } from "../../../src/core/errors.js";
import { parseCsv } from "../../../src/index.js";
import { openable } from "../../../src/io/files.js";
import { readCsvChunks } from "../../../src/io/read-csv.js";
import { readCsv } from "../../../src/node.js";

const FIXTURES = join(import.meta.dirname, "fixtures");
const fixture = (name: string) => join(FIXTURES, name);

async function refusal(work: Promise<unknown>): Promise<YuleError> {
  return work.then(
    () => expect.unreachable("it was read"),
    (error: unknown) => {
      expect(error).toBeInstanceOf(YuleError);
      return error as YuleError;
    },
  );
}

const SALES = { value: "sales", inputs: ["visits", "price"] };

describe("times as text in Parquet", () => {
  const written: Record<string, readonly string[]> = {
    "ISO days": ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"],
    "a clock from the second run on": ["2024-01-01", "2024-01-02", "2024-01-03 00:00", "2024-01-04 00:00"],
    instants: ["2024-01-01T00:00Z", "2024-01-02T00:00Z", "2024-01-03T00:00Z", "2024-01-04T00:00Z"],
    "days first, then ISO": ["01/01/2024", "02/01/2024", "03/01/2024", "13/01/2024"],
  };

  test.each(Object.entries(written))("%s: as of a CSV, to the bit", async (_, days) => {
    const ds = ["A", "B"].flatMap(() => days);
    const unique_id = ["A", "B"].flatMap((id) => days.map(() => id));
    const y = ds.map((_day, row) => row + 0.25);
    const columnData = [
      { name: "unique_id", type: "STRING" as const, data: unique_id },
      { name: "ds", type: "STRING" as const, data: ds },
      { name: "y", type: "DOUBLE" as const, data: y },
    ];
    const bytes = new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 2 }));
    const csv = ds.map((day, row) => `${unique_id[row]},${day},${y[row]}`).join("\n");
    const parquet = await readCsvChunks(openable(iterate([bytes])));
    const text = await parseCsv(`unique_id,ds,y\n${csv}\n`);
    expect(parquet.panel).toEqual(text.panel);
    expect(parquet.decisions.style).toEqual(text.decisions.style);
  });
});

describe("one table, as pyarrow, pandas, DuckDB and openpyxl write it (fixtures/make.py)", () => {
  const written = [
    ...["none", "snappy", "gzip", "zstd", "lz4", "brotli", "version1", "pandas", "duckdb"].map(
      (n) => `${n}.parquet`,
    ),
    ...["uncompressed", "lz4", "zstd", "dictionary"].map((name) => `${name}.feather`),
    "stream.arrows",
  ];

  test.each(written)("%s gives the panel of the CSV, to the bit", async (name) => {
    const read = await readCsv(fixture(name), SALES);
    const csv = await readCsv(fixture("sales.csv"), SALES);
    expect(read.panel).toEqual(csv.panel);
    expect(read.decisions.flags).toBe(csv.decisions.flags);
    expect(read.decisions.rows).toBe(80);
  });

  test("an Excel workbook too, whose table begins below a title", async () => {
    const read = await readCsv(fixture("one-sheet.xlsx"), { value: "sales", inputs: ["visits"] });
    const csv = await readCsv(fixture("sales.csv"), { value: "sales", inputs: ["visits"] });
    expect(read.panel).toEqual(csv.panel);
    expect(read.decisions.skip).toBe(2);
  });

  test("what comes by a pipe or is packed is known by its first bytes", async () => {
    const bytes = readFileSync(fixture("snappy.parquet"));
    const csv = await readCsv(fixture("sales.csv"), SALES);
    const pieces = [bytes.subarray(0, 700), bytes.subarray(700)];
    const piped = await readCsvChunks(openable(iterate(pieces)), SALES);
    expect(piped.panel).toEqual(csv.panel);
  });

  test("times with a zone are instants, times without one are local", async () => {
    const { panel: utc } = await readCsv(fixture("hours-utc.parquet"));
    expect(utc[0]!.time).toMatchObject({ start: "2024-03-29T23:00:00", zone: "UTC" });
    const { panel: local } = await readCsv(fixture("hours-local.parquet"));
    expect(local[0]!.time).toMatchObject({ start: "2024-03-30T00:00:00", zone: null });
    expect(Array.from(local[0]!.y)).toEqual(Array.from({ length: 26 }, (_, hour) => hour));
  });
});

describe("what cannot be read is refused with a way out", () => {
  test("nested columns are named", async () => {
    const error = await refusal(readCsv(fixture("nested.parquet")));
    expect(error).toMatchObject({ code: "nested-column", argument: "tags" });
    expect(error.message).toContain("EXCLUDE (tags)");
  });

  test("no rows", async () => {
    expect((await refusal(readCsv(fixture("empty.parquet")))).code).toBe("no-rows");
  });

  test.each([
    ["snappy.parquet", "bad-parquet"],
    ["lz4.feather", "bad-arrow"],
    ["one-sheet.xlsx", "bad-xlsx"],
  ])("%s cut short", async (name, code) => {
    const bytes = readFileSync(fixture(name));
    const half = openable(iterate([bytes.subarray(0, bytes.length >> 1)]));
    expect((await refusal(readCsvChunks(half, { name }))).code).toBe(code);
  });

  test("a workbook of two sheets needs --sheet, a name or a number", async () => {
    const error = await refusal(readCsv(fixture("two-sheets.xlsx")));
    expect(error).toMatchObject({ code: "ambiguous-sheet", category: "usage" });
    expect(error.message).toContain('--sheet "Sales 2024"');
    for (const sheet of ["Sales 2024", "1"]) {
      const { panel } = await readCsv(fixture("two-sheets.xlsx"), { sheet, value: "sales" });
      expect(panel).toHaveLength(2);
    }
    const future = { ...SALES, future: fixture("two-sheets.xlsx") };
    const ahead = await refusal(readCsv(fixture("sales.csv"), future));
    expect(ahead).toMatchObject({ code: "ambiguous-sheet", argument: "future" });
    const unknown = await refusal(readCsv(fixture("two-sheets.xlsx"), { sheet: "Sales" }));
    expect(unknown.code).toBe("unknown-sheet");
    expect((await refusal(readCsv(fixture("sales.csv"), { sheet: "1" }))).code).toBe("no-workbook");
  });

  test("an address is left to curl", async () => {
    const error = await refusal((async () => readCsv("https://example.com/sales.csv"))());
    expect(error.message).toContain('curl -sSL "https://example.com/sales.csv" | yule forecast -');
  });

  test("the browser's part reads text and says so", async () => {
    const bytes = new Uint8Array(readFileSync(fixture("snappy.parquet")));
    expect((await refusal(parseCsv(bytes))).code).toBe("binary-file");
  });
});

describe("long JSON", () => {
  const record = (i: number) => ({
    ds: new Date(Date.UTC(1900, 0, 1 + i)).toISOString().slice(0, 10),
    y: i + 0.25,
    note: `text, \\ {${"x".repeat(400)}`,
    at: { store: "A" },
  });
  const LENGTH = 25_000;
  const records = Array.from({ length: LENGTH }, (_, i) => record(i));

  test.each([
    ["one record a line", records.map((item) => JSON.stringify(item)).join("\n")],
    ["an array on one line", JSON.stringify(records)],
    ["an array over many lines", JSON.stringify(records, null, 1)],
  ])("%s is read as a short one is", async (_, text) => {
    expect(text.length).toBeGreaterThan(1 << 23);
    const { panel, notes } = await parseCsv(text, { id: "at.store" });
    expect(panel).toHaveLength(1);
    expect(panel[0]).toMatchObject({ id: "A", time: { start: "1900-01-01" } });
    expect(Array.from(panel[0]!.y)).toEqual(records.map(({ y }) => y));
    expect(notes.filter(({ severity }) => severity === "warning")).toEqual([]);
  });

  test("errors name the line far down, and columns that come late are told", async () => {
    const lines = records.map((item) => JSON.stringify(item));
    const broken = lines.with(24_000, '{"ds": "1965-09-17", "y": ');
    const error = await refusal(parseCsv(broken.join("\n")));
    expect(error).toMatchObject({ code: "bad-json", value: 24_001 });
    const wrong = lines.with(24_000, JSON.stringify({ ...record(24_000), y: "abc" }));
    expect((await refusal(parseCsv(wrong.join("\n")))).details).toMatchObject({ row: 24_001, column: "y" });
    const late = lines.with(24_000, JSON.stringify({ ...record(24_000), promo: 1 }));
    const text = new TextEncoder().encode(late.join("\n"));
    const { notes } = await readCsvChunks([text.slice(0, 9_000_000), text.slice(9_000_000)]);
    expect(notes.find(({ code }) => code === "late-columns")?.details).toEqual({ names: ["promo"] });
    const open = await refusal(parseCsv(JSON.stringify(records).slice(0, -1)));
    expect(open.code).toBe("bad-json");
  });
});

async function* iterate(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
