import { statfsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { YuleError } from "../../core/errors.js";
import type { Context } from "../context.js";
import { formatOf } from "../output/format.js";

/** Bytes of a number in full, of the rest of a row, and of a saved model without its memory. */
const NUMBER = 19;
const ROW = 30;
const MODEL = 700;
/** JSON writes names with every value. */
const NAMED = 2.5;

/** What a run will write, as far as it is known before the fits. */
export interface Extent {
  /** Series times models. */
  readonly fits: number;
  readonly horizon: number;
  readonly levels: number;
}

/**
 * Refuses a panel whose results will not fit on the disk, before any fit: a careful estimate, so that what passes may still
 * fail where others fill the disk meanwhile.
 *
 * @throws YuleError `no-space` naming the option, what is needed and what is free.
 */
export function requireSpace(context: Context, extent: Extent, free = freeBytes): void {
  const { settings, shell } = context;
  const json = ["json", "ndjson"].includes(formatOf(context));
  const needs = {
    output: extent.fits * extent.horizon * (ROW + NUMBER * (1 + 2 * extent.levels)) * (json ? NAMED : 1),
    save: extent.fits * MODEL,
  };
  for (const option of ["output", "save"] as const) {
    const name = settings[option];
    if (name === undefined) continue;
    const left = free(dirname(resolve(shell.cwd, name)));
    if (needs[option] <= left) continue;
    throw new YuleError({
      code: "no-space",
      category: "failure",
      argument: option,
      value: name,
      message: `${name} will take about ${megabytes(needs[option])} MB and ${megabytes(left)} MB are free; give --${option} a place with more room.`,
    });
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
