import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const BIN = resolve(import.meta.dirname, "../../bin/yule.js");
const FIRST = Date.UTC(2020, 0, 1);
const DAY = 86_400_000;
const HISTORY = 10;

/** What came of two programs that updated one file of models at the same time, again and again. */
export interface Written {
  readonly rounds: number;
  /** Rows that a program said it had taken in and the file does not have. */
  readonly lost: number;
}

/** Two updates of one file of two models at once, each with the next row of its own series. */
export async function twoWriters({ rounds, folder }: { rounds: number; folder: string }): Promise<Written> {
  const model = join(folder, "two-writers.json");
  const history = ["a", "b"].flatMap((id) => Array.from({ length: HISTORY }, (_, t) => row(id, t)));
  await yule(["fit", rows(folder, "history", history), "-m", "naive", "--save", model]);
  let lost = 0;
  for (let round = 0; round < rounds; round++) {
    const codes = await Promise.all(
      ["a", "b"].map((id) =>
        yule(["update", model, rows(folder, id, [row(id, HISTORY + round)]), "--frequency", "D"]),
      ),
    );
    const file = JSON.parse(readFileSync(model, "utf8")) as {
      models: { origin: { id: string; length: number } }[];
    };
    ["a", "b"].forEach((id, at) => {
      const length = file.models.find(({ origin }) => origin.id === id)?.origin.length ?? 0;
      if (codes[at] !== 0 || length !== HISTORY + round + 1) lost++;
    });
  }
  return { rounds, lost };
}

function row(id: string, t: number): string {
  return `${id},${new Date(FIRST + t * DAY).toISOString().slice(0, 10)},${10 + ((t * 7) % 5)}`;
}

function rows(folder: string, name: string, lines: readonly string[]): string {
  const path = join(folder, `writer-${name}.csv`);
  writeFileSync(path, `unique_id,ds,y\n${lines.join("\n")}\n`);
  return path;
}

function yule(argv: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [BIN, ...argv, "-q"], { stdio: "ignore" });
  return new Promise((done) => child.on("close", done));
}
