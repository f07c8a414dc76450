import type { SchemaElement } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { plainCells, type TypedCell } from "../../../src/io/formats/typed-table.js";
import { readHybrid } from "../../../src/io/parquet/hybrid.js";
import { numberStore } from "../../../src/io/parquet/number-store.js";
import { openParquet } from "../../../src/io/parquet/read-parquet.js";
import { TextStore } from "../../../src/io/parquet/text-store.js";

const ROWS = 3000;
const rows = Array.from({ length: ROWS }, (_, row) => row);
/** Missing in runs and alone, and none in the first row group. */
const missing = (row: number) => row > 800 && (row % 7 === 3 || row % 500 < 40);

interface Case {
  readonly element: Omit<SchemaElement, "name">;
  readonly stored: (row: number) => unknown;
  readonly read: (row: number) => TypedCell;
}

const instant = (unit: "MILLIS" | "MICROS" | "NANOS") =>
  ({ type: "INT64", logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit } }) as const;
const START = Date.UTC(2019, 11, 31, 23, 59, 59, 123);
const HOUR = 3_600_000;

const cases: Record<string, Case> = {
  doubles: { element: { type: "DOUBLE" }, stored: (row) => row / 7 - 100, read: (row) => row / 7 - 100 },
  floats: { element: { type: "FLOAT" }, stored: (row) => row / 8, read: (row) => row / 8 },
  "whole numbers": { element: { type: "INT32" }, stored: (row) => row - 1500, read: (row) => row - 1500 },
  "64-bit numbers": {
    element: { type: "INT64" },
    stored: (row) => BigInt(row - 1500) * 3_000_000_000_001n,
    read: (row) => (row - 1500) * 3_000_000_000_001,
  },
  "64-bit numbers beyond doubles": {
    element: { type: "INT64" },
    stored: (row) => 9_007_199_254_740_993n + BigInt(row),
    read: (row) => 9_007_199_254_740_993n + BigInt(row),
  },
  days: {
    element: { type: "INT32", converted_type: "DATE" },
    stored: (row) => row - 1500,
    read: (row) => (row - 1500) * 24 * HOUR,
  },
  decimals: {
    element: { type: "INT64", converted_type: "DECIMAL", scale: 2, precision: 18 },
    stored: (row) => BigInt(7 * row - 9000),
    read: (row) => Number(((7 * row - 9000) / 100).toFixed(2)),
  },
  milliseconds: {
    element: instant("MILLIS"),
    stored: (row) => BigInt(START - row * HOUR),
    read: (row) => START - row * HOUR,
  },
  microseconds: {
    element: instant("MICROS"),
    stored: (row) => BigInt(START + row * HOUR) * 1000n + 7n,
    read: (row) => ((START + row * HOUR) * 1000 + 7) / 1000,
  },
  nanoseconds: {
    element: instant("NANOS"),
    stored: (row) => BigInt(START + row * HOUR) * 1_000_000n + 1999n,
    read: (row) => ((START + row * HOUR) * 1000 + 1) / 1000,
  },
  "nanoseconds before 1970": {
    element: instant("NANOS"),
    stored: (row) => BigInt(-(row + 1) * HOUR) * 1_000_000n - 1999n,
    read: (row) => (-(row + 1) * HOUR * 1000 - 1) / 1000,
  },
  "repeated texts": {
    element: { type: "BYTE_ARRAY", converted_type: "UTF8" },
    stored: (row) => `shop ${row % 13}`,
    read: (row) => `shop ${row % 13}`,
  },
  "distinct texts": {
    element: { type: "BYTE_ARRAY", converted_type: "UTF8" },
    stored: (row) => `né-${row}`,
    read: (row) => `né-${row}`,
  },
};

async function readBack(element: SchemaElement, data: unknown[], to = ROWS): Promise<TypedCell[]> {
  const schema = [{ name: "root", num_children: 1 }, element];
  const written = parquetWriteBuffer({
    columnData: [{ name: element.name, data }],
    schema,
    rowGroupSize: 700,
    pageSize: 1000,
  });
  const table = await openParquet(
    { byteLength: written.byteLength, slice: (a, b) => written.slice(a, b) },
    "a.parquet",
  );
  const cells: TypedCell[] = [];
  for await (const [column] of table.read([0], to)) cells.push(...Array.from(plainCells(column!)));
  return cells.map((cell) => (cell === undefined || Number.isNaN(cell) ? null : cell));
}

describe("columns of Parquet over several row groups and pages give back the written values", () => {
  test.each(Object.entries(cases))("%s, with missing ones", async (_, { element, stored, read }) => {
    const data = rows.map((row) => (missing(row) ? null : stored(row)));
    const cells = await readBack({ name: "x", repetition_type: "OPTIONAL", ...element }, data);
    expect(cells).toEqual(rows.map((row) => (missing(row) ? null : read(row))));
  });

  test.each(Object.entries(cases))("%s, none missing", async (_, { element, stored, read }) => {
    const cells = await readBack({ name: "x", repetition_type: "REQUIRED", ...element }, rows.map(stored));
    expect(cells).toEqual(rows.map(read));
  });

  test("only the first rows", async () => {
    const { element, stored, read } = cases.doubles!;
    const cells = await readBack(
      { name: "x", repetition_type: "OPTIONAL", ...element },
      rows.map(stored),
      911,
    );
    expect(cells).toEqual(rows.slice(0, 911).map(read));
  });
});

describe("pages of a dictionary, then plain ones, as writers do when a dictionary grows too long", () => {
  const texts = (...values: string[]) => {
    const parts = values.map((text) => [text.length, 0, 0, 0, ...new TextEncoder().encode(text)]);
    return { bytes: Uint8Array.from(parts.flat()), at: 0 };
  };

  test("texts, some missing in both", () => {
    const store = new TextStore(7);
    store.takeDictionary(texts("a", "b"), 2);
    store.begin(Uint8Array.of(1, 0, 1, 1), 4);
    store.takeCodes(Int32Array.of(1, 0, 1));
    store.begin(Uint8Array.of(0, 1, 1), 3);
    store.takePlain(texts("c", "c"), 2);
    expect(Array.from(plainCells(store.cells(7)))).toEqual(["b", undefined, "a", "b", undefined, "c", "c"]);
  });

  test("numbers, some missing in both", () => {
    const store = numberStore({ name: "x", type: "DOUBLE" }, 6)!;
    const page = (...values: number[]) => ({
      bytes: new Uint8Array(Float64Array.from(values).buffer),
      at: 0,
    });
    store.takeDictionary(page(1.5, -2), 2);
    store.begin(Uint8Array.of(0, 1, 1), 3);
    store.takeCodes(Int32Array.of(1, 0));
    store.begin(Uint8Array.of(1, 0, 1), 3);
    store.takePlain(page(7, 8), 2);
    expect(store.cells(6)).toEqual(Float64Array.of(Number.NaN, -2, 1.5, 7, Number.NaN, 8));
  });

  test("a code beyond the dictionary is an error", () => {
    const store = new TextStore(1);
    store.takeDictionary(texts("a"), 1);
    store.begin(null, 1);
    expect(() => store.takeCodes(Int32Array.of(1))).toThrow("no text 1");
  });
});

describe("codes in runs and packed bits", () => {
  test.each([1, 2, 3, 7, 8, 11, 17, 24])("of %i bits", (width) => {
    const codes = rows.slice(0, 40).map((row) => (row * 2654435761) % 2 ** width);
    const packed = new Uint8Array(5 * width);
    codes.forEach((code, i) => {
      for (let bit = 0; bit < width; bit++) {
        const at = i * width + bit;
        if ((code >> bit) & 1) packed[at >> 3]! |= 1 << (at & 7);
      }
    });
    const last = 2 ** width - 1;
    const run = [200, 1, ...[0, 8, 16].slice(0, Math.ceil(width / 8)).map((shift) => (last >> shift) & 255)];
    const page = { bytes: Uint8Array.from([11, ...packed, ...run]), at: 0 };
    const read = new Int32Array(140);
    readHybrid(page, width, read);
    expect([...read]).toEqual([...codes, ...Array.from({ length: 100 }, () => last)]);
    expect(page.at).toBe(page.bytes.length);
  });

  test("that end too early are an error", () => {
    expect(() => readHybrid({ bytes: Uint8Array.of(3, 255), at: 0 }, 4, new Int32Array(8))).toThrow(
      "too early",
    );
    expect(() => readHybrid({ bytes: Uint8Array.of(4, 1), at: 0 }, 4, new Int32Array(8))).toThrow(
      "too early",
    );
  });
});
