import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { readCsv } from "../../src/node.js";
import { errorOf, lines, noteOf } from "./csv-cases.js";

const folder = mkdtempSync(join(tmpdir(), "yule-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const TEXT = lines("ds,y", "2024-01,1", "2024-02,2", "2024-03,3");

describe("files", () => {
  test("are read, and name their series", async () => {
    const { panel, decisions } = await readCsv(file("sales.csv", TEXT));
    expect(panel.map(({ id, y }) => [id, ...y])).toEqual([["sales", 1, 2, 3]]);
    expect(decisions.file).toBe(join(folder, "sales.csv"));
  });

  test("are unpacked where they are gzip, whatever their name", async () => {
    for (const name of ["sales.csv.gz", "packed.csv"]) {
      const { panel } = await readCsv(file(name, gzipSync(TEXT)));
      expect([...panel[0]!.y]).toEqual([1, 2, 3]);
    }
    const large = lines("t,y", ...Array.from({ length: 200_000 }, (_, i) => `${i + 1},${i * 7}`));
    const { panel } = await readCsv(file("large.csv.gz", gzipSync(large)));
    expect(panel[0]!.y).toHaveLength(200_000);
    expect(panel[0]!.y[199_999]).toBe(199_999 * 7);
  });

  test("larger than a chunk are read whole", async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => `S${i % 10},${Math.floor(i / 10) + 1},${i / 8}`);
    const { panel } = await readCsv(file("large.csv", lines("id,t,y", ...rows)));
    expect(panel).toHaveLength(10);
    panel.forEach(({ y }, s) => {
      expect([...y]).toEqual(Array.from({ length: 10_000 }, (_, t) => (10 * t + s) / 8));
    });
  });

  test("with future values of regressors", async () => {
    const path = file("history.csv", lines("ds,y,x", "2024-01,1,5", "2024-02,2,6"));
    const future = file("future.csv", lines("ds,x", "2024-02,6", "2024-03,7"));
    const result = await readCsv(path, { inputs: ["x"], future });
    expect([...result.future![0]!.columns[0]!]).toEqual([7]);
    expect(noteOf(result, "past-rows-ignored")).toContain(future);
  });
});

describe("files that cannot be read are named", () => {
  test("missing", async () => {
    const path = join(folder, "none.csv");
    expect(await errorOf(readCsv(path))).toMatchObject({
      code: "missing-file",
      category: "usage",
      message: `There is no file ${path}; check the path.`,
    });
    expect((await errorOf(readCsv(join(file("a.csv", TEXT), "b.csv")))).code).toBe("missing-file");
    const history = file("history2.csv", lines("ds,y,x", "2024-01,1,5", "2024-02,2,6"));
    expect((await errorOf(readCsv(history, { inputs: ["x"], future: path }))).argument).toBe(path);
  });

  test("a directory", async () => {
    expect(await errorOf(readCsv(folder))).toMatchObject({ code: "is-directory", category: "usage" });
  });

  test.skipIf(process.getuid?.() === 0)("without permission", async () => {
    const path = file("secret.csv", TEXT);
    chmodSync(path, 0);
    expect((await errorOf(readCsv(path))).code).toBe("unreadable-file");
  });

  test("gzip cut short or damaged", async () => {
    const packed = gzipSync(
      lines("t,y", ...Array.from({ length: 5000 }, (_, i) => `${i + 1},${Math.sin(i)}`)),
    );
    const short = await errorOf(readCsv(file("short.csv.gz", packed.subarray(0, packed.length / 2))));
    expect(short).toMatchObject({ code: "bad-gzip", category: "data" });
    const damaged = packed.slice();
    damaged.fill(0, 1000, 2000);
    expect((await errorOf(readCsv(file("damaged.csv.gz", damaged)))).code).toBe("bad-gzip");
  });

  test("a picture and a workbook", async () => {
    const png = await errorOf(
      readCsv(file("plot.csv", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0))),
    );
    expect(png.code).toBe("binary-file");
    const workbook = await errorOf(readCsv(file("data.xlsx", Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 6, 0))));
    expect(workbook.message).toContain("save the sheet as CSV");
  });
});
