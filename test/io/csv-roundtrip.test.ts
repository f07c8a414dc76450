import fc from "fast-check";
import { expect, test } from "vitest";
import type { Series } from "../../src/core/series.js";
import { timeAxis, timeLabel } from "../../src/core/time/calendar.js";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { readCsvChunks } from "../../src/io/read-csv.js";

/** Starts and steps, and how a dialect writes their times. */
const CALENDARS = [
  ["1949-01", "M"],
  ["1960 Q1", "Q"],
  ["1821", "Y"],
  ["2023-12-31", "D"],
  ["2023-01-31", "M"],
  ["Jan 1960", "M"],
  ["2020-W50", "W"],
  ["2024-02-28T22:00", "H"],
  ["2024-02-28 22:00:00", "30min"],
  ["2024-02-28T22:00:00Z", "15min"],
  ["31 Dec 1999", "D"],
  ["Jan 31, 2023", "M"],
  ["7", "index"],
] as const;

const ids = fc.uniqueArray(fc.stringMatching(/^[A-Za-zäß "',;|\u00e9-]{0,6}[A-Za-zäß]$/), {
  minLength: 1,
  maxLength: 5,
});

const panels = fc
  .record({
    ids,
    calendar: fc.constantFrom(...CALENDARS),
    lengths: fc.array(fc.integer({ min: 6, max: 30 }), { minLength: 5, maxLength: 5 }),
    delays: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 5, maxLength: 5 }),
    values: fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()), {
      minLength: 31,
      maxLength: 31,
    }),
    missing: fc.array(fc.nat(9), { minLength: 37, maxLength: 37 }),
  })
  .map(({ ids: names, calendar: [start, frequency], lengths, delays, values, missing }) => {
    const axis = timeAxis(start, frequency);
    return names.map((name, i) => {
      const id = name.trim();
      const times = Array.from({ length: lengths[i]! }, (_, t) => timeLabel(axis, delays[i]! + t));
      const y = Float64Array.from(times, (_, t) =>
        t > 0 && missing[(t + 11 * i) % 37] === 0 ? Number.NaN : values[(t + 7 * i) % 31]!,
      );
      return { id, times, y };
    });
  })
  .filter((panel) => new Set(panel.map(({ id }) => id)).size === panel.length);

const dialects = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
  decimal: fc.constantFrom(".", ","),
  quoteAll: fc.boolean(),
  mark: fc.boolean(),
  lastLineEnd: fc.boolean(),
  blanks: fc.boolean(),
  missing: fc.constantFrom("", "NA", "null", "?", "-"),
  encoding: fc.constantFrom("utf-8", "utf-16le", "utf-16be", "windows-1252"),
  order: fc.constantFrom("series", "time", "shuffled"),
  columns: fc.shuffledSubarray(["unique_id", "ds", "y"], { minLength: 3 }),
  seed: fc.integer({ min: 1, max: 1e9 }),
});

function text(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

type Dialect = typeof dialects extends fc.Arbitrary<infer T> ? T : never;
type Rows = readonly { readonly id: string; readonly times: readonly string[]; readonly y: Float64Array }[];

function write(panel: Rows, dialect: Dialect): Uint8Array {
  const { delimiter, decimal, quoteAll, missing } = dialect;
  const cell = (raw: string) =>
    quoteAll || /[",;|\t\r\n]/.test(raw) ? `"${raw.replaceAll('"', '""')}"` : raw;
  const number = (value: number) => (Number.isNaN(value) ? missing : text(value).replace(".", decimal));
  const rows = panel.flatMap(({ id, times, y }) =>
    times.map((ds, t) => ({ t, cells: { unique_id: id, ds, y: number(y[t]!) } as Record<string, string> })),
  );
  if (dialect.order === "time") rows.sort((a, b) => a.t - b.t);
  if (dialect.order === "shuffled")
    rows.sort((a, b) => shuffle(a.cells, dialect.seed) - shuffle(b.cells, dialect.seed));
  const lines = [
    dialect.columns,
    ...rows.map(({ cells }) => dialect.columns.map((name) => cells[name]!)),
  ].map((row) => row.map(cell).join(dialect.blanks ? ` ${delimiter} ` : delimiter));
  const whole = lines.join(dialect.lineEnd) + (dialect.lastLineEnd ? dialect.lineEnd : "");
  return encode(whole, dialect.encoding, dialect.mark);
}

/** A fixed jumble of rows. */
function shuffle(cells: Record<string, string>, seed: number): number {
  let h = seed;
  for (const c of `${cells.ds}${cells.unique_id}`) h = (Math.imul(h, 31) + c.charCodeAt(0)) | 0;
  return Math.imul(h, 0x9e3779b1) >>> 0;
}

function encode(text: string, encoding: string, mark: boolean): Uint8Array {
  if (encoding === "windows-1252") return Uint8Array.from(text, (c) => c.charCodeAt(0));
  const full = mark ? `\ufeff${text}` : text;
  if (encoding === "utf-8") return new TextEncoder().encode(full);
  const view = new DataView(new ArrayBuffer(2 * full.length));
  for (let i = 0; i < full.length; i++) view.setUint16(2 * i, full.charCodeAt(i), encoding === "utf-16le");
  return new Uint8Array(view.buffer);
}

const ROLES = { time: "ds", value: "y", id: "unique_id" } as const;

function expectSame(panel: readonly Series[], rows: Rows): void {
  const byId = new Map(panel.map((series) => [series.id, series]));
  expect(byId.size).toBe(rows.length);
  for (const { id, times, y } of rows) {
    const series = byId.get(id)!;
    expect([...series.y]).toEqual([...y]);
    expect(times.map((_, t) => timeLabel(series.time!, t))).toEqual(times);
  }
}

test("a panel written in any dialect is read back equal", async () => {
  await fc.assert(
    fc.asyncProperty(panels, dialects, async (rows, dialect) => {
      const { panel } = await parseCsv(write(rows, dialect), {
        ...ROLES,
        decimal: dialect.decimal as "." | ",",
        delimiter: dialect.delimiter as ",",
      });
      expectSame(panel, rows);
    }),
    { seed: 20, numRuns: 150 },
  );
});

test("written panels read back with the delimiter and the decimal mark detected", async () => {
  await fc.assert(
    fc.asyncProperty(panels, dialects, async (rows, dialect) => {
      const exact = rows.map(({ y, ...rest }) => ({
        ...rest,
        y: y.map((value) => Math.round(value % 1e6) + 0.25),
      }));
      const { panel } = await parseCsv(write(exact, { ...dialect, missing: "" }), ROLES);
      expectSame(panel, exact);
    }),
    { seed: 21, numRuns: 150 },
  );
});

test("however the bytes are cut into chunks", async () => {
  await fc.assert(
    fc.asyncProperty(
      panels,
      dialects,
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      async (rows, dialect, sizes) => {
        const bytes = write(rows, dialect);
        const chunks: Uint8Array[] = [];
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const end = Math.min(bytes.length, at + sizes[i % sizes.length]!);
          chunks.push(bytes.subarray(at, end));
          at = end;
        }
        const options = { ...ROLES, decimal: dialect.decimal as ".", delimiter: dialect.delimiter as "," };
        expect(await readCsvChunks(chunks, options)).toEqual(await parseCsv(bytes, options));
      },
    ),
    { seed: 22, numRuns: 100 },
  );
});
