import { parquetWriteBuffer } from "hyparquet-writer";
import { random } from "../../src/core/random.js";
import { dateOf } from "../../src/core/time/civil.js";
import { openable } from "../../src/io/files.js";
import { readCsvChunks } from "../../src/io/read-csv.js";
import type { Bench } from "./bench.js";

const IDS = 1000;
const TIMES = 1000;

interface Writing {
  readonly byTime?: boolean;
  readonly quoted?: boolean;
  readonly time: (t: number) => string;
}

function day(t: number): string {
  const { year, month, day: number } = dateOf(16_000 + t);
  return `${year}-${String(month).padStart(2, "0")}-${String(number).padStart(2, "0")}`;
}

function hour(t: number): string {
  return `${day(Math.floor(t / 24))}T${String(t % 24).padStart(2, "0")}:00:00`;
}

function slashes(t: number): string {
  return day(t).split("-").reverse().join("/");
}

/** A panel of a million rows, values of two to four decimals. */
function text({ byTime = false, quoted = false, time }: Writing): string {
  const rng = random(1);
  const rows = ["unique_id,ds,y"];
  for (let i = 0; i < IDS * TIMES; i++) {
    const [id, t] = byTime ? [i % IDS, Math.floor(i / IDS)] : [Math.floor(i / TIMES), i % TIMES];
    const name = `S${String(id).padStart(4, "0")}`;
    rows.push(`${quoted ? `"${name}"` : name},${time(t)},${(1000 * rng.uniform()).toFixed(2 + (i % 3))}`);
  }
  return `${rows.join("\n")}\n`;
}

/** Chunks as they come from a file. */
function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1 << 18) yield bytes.subarray(at, at + (1 << 18));
}

function bench(name: string, writing: Writing): Bench {
  const whole = text(writing);
  const bytes = new TextEncoder().encode(whole);
  const work = { lines: 0 };
  return {
    name: `1,000,000 rows of 3 columns into a panel, ${name}`,
    goal: "within 3 times of splitting the lines",
    ratio: 1 / 3,
    peer: {
      name: "text.split",
      milliseconds: 145,
      inProcess: () => {
        work.lines = whole.split("\n").length;
      },
    },
    run: async () => {
      await readCsvChunks(chunksOf(bytes));
    },
  };
}

/** The same panel as Parquet, read from memory, beside the CSV. */
function parquetBench(name: string, type: "STRING" | "TIMESTAMP"): Bench {
  const csv = new TextEncoder().encode(text({ time: day }));
  const parquet = parquetOf(type);
  async function* whole() {
    yield parquet;
  }
  return {
    name: `1,000,000 rows of Parquet into a panel, ${name}`,
    goal: "within 1.5 times of the same rows as CSV",
    ratio: 1 / 1.5,
    peer: {
      name: "CSV",
      milliseconds: 300,
      inProcess: async () => {
        await readCsvChunks(chunksOf(csv));
      },
    },
    run: async () => {
      await readCsvChunks(openable(whole()));
    },
  };
}

function parquetOf(type: "STRING" | "TIMESTAMP"): Uint8Array {
  const rows = text({ time: day }).trim().split("\n").slice(1);
  const cells = rows.map((row) => row.split(","));
  const times = cells.map(([, time]) => (type === "STRING" ? time! : new Date(time!)));
  const columnData = [
    { name: "unique_id", type: "STRING" as const, data: cells.map(([id]) => id!) },
    { name: "ds", type, data: times },
    { name: "y", type: "DOUBLE" as const, data: cells.map(([, , y]) => Number(y)) },
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

/** The speed goal of reading CSV, for several ways of writing the same panel. */
export const benches: readonly Bench[] = [
  bench("days, series after series", { time: day }),
  bench("days, all series a day", { time: day, byTime: true }),
  bench("hours, series after series", { time: hour }),
  bench("days, ids in quotes", { time: day, quoted: true }),
  bench("days as 31/12/2024", { time: slashes }),
  parquetBench("days as timestamps", "TIMESTAMP"),
  parquetBench("days as text", "STRING"),
];
