import { readFile } from "node:fs/promises";
import { requireText } from "../core/arguments/numbers.js";
import { nearest, show } from "../core/checks.js";
import { usageError } from "../core/errors.js";
import type { CsvResult } from "./csv-options.js";
import { readCsvChunks } from "./read-csv.js";

const FOLDER = new URL("../../datasets/", import.meta.url);

/** One of the series that come with yule, as `datasets/SOURCES.md` describes it. */
export interface Dataset {
  readonly name: string;
  readonly rows: number;
  /** First and last time, as the file writes them. */
  readonly first: string;
  readonly last: string;
  readonly frequency: string;
  readonly period: number;
  /** What is measured, and in what. */
  readonly unit: string;
  readonly source: string;
  readonly licence: string;
}

/**
 * The series that come with yule, by name.
 *
 * @returns name, description and length of each.
 * @example for (const { name, unit } of await listDatasets()) console.log(name, unit);
 */
export async function listDatasets(): Promise<Dataset[]> {
  const sources = await readFile(new URL("SOURCES.md", FOLDER), "utf8");
  return sources
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => {
      const cells = line.split("|").map((cell) => cell.trim());
      const [, file, rows, first, last, frequency, period, unit, source, licence] = cells as [
        string,
        ...string[],
      ];
      return {
        name: file!.replace(/`|\.csv/g, ""),
        rows: Number(rows),
        first: first!,
        last: last!,
        frequency: frequency!,
        period: Number(period),
        unit: unit!,
        source: source!,
        licence: licence!,
      };
    });
}

/**
 * The CSV text of one of the series that come with yule.
 *
 * @param name name of a bundled dataset.
 * @returns the file as text.
 * @throws YuleError `unknown-dataset`, naming the nearest.
 */
export async function datasetText(name: string): Promise<string> {
  requireText("name", name, '"lynx"');
  const known = (await listDatasets()).map((dataset) => dataset.name);
  const wanted = name.toLowerCase();
  if (known.includes(wanted)) return readFile(new URL(`${wanted}.csv`, FOLDER), "utf8");
  throw usageError(
    "unknown-dataset",
    "name",
    name,
    `There is no dataset ${show(name)}; the nearest is ${nearest(name, known)}, and all are ${known.join(", ")}.`,
  );
}

/**
 * One of the series that come with yule, read.
 *
 * @param name name of a bundled dataset.
 * @returns the series, what was detected, and notes.
 * @throws YuleError `unknown-dataset`, naming the nearest.
 * @example const { panel: [lynx] } = await readDataset("lynx");
 */
export async function readDataset(name: string): Promise<CsvResult> {
  const text = await datasetText(name);
  return readCsvChunks([new TextEncoder().encode(text)], { name: `${name.toLowerCase()}.csv` });
}
