import { YuleError } from "../../../core/errors.js";
import type { Series } from "../../../core/series.js";
import { batchesOf } from "../../../io/stream/batches.js";
import { type Parts, partsOf } from "../../../io/stream/parts.js";
import { runEach } from "../../../run/backtest/runs.js";
import type { Scheduled } from "../../../run/backtest/schedule.js";
import { learnsTogether } from "../../../run/fit-together.js";
import type { Context } from "../../context.js";
import { optionsOf } from "../../data.js";
import { modelsOf } from "../../families.js";
import { FIT_EACH, READ_EACH } from "../../options/groups.js";
import type { OptionName } from "../../options/options.js";
import { notationsOf } from "../../options/wrapping.js";
import { type GroupedRows, groupedRows, reportReading } from "../../stream/input/grouped-rows.js";
import { type ReadBatch, readBatch } from "../../stream/input/read-batch.js";
import { type Source, sourceOf } from "../../stream/input/source.js";
import { withProgress } from "../../training.js";
import { type Plan, rollingPlan, type Sketch } from "./plan.js";
import { type Rolled, reportPlan } from "./rolled.js";

/** Settings that hold for each series by itself; with any other one everything is read first. */
const EACH: readonly OptionName[] = [
  ...READ_EACH,
  ...FIT_EACH,
  ...(["folds", "step", "gap", "window", "refit-every", "refit", "inputs-unknown"] as const),
  ...(["jobs", "quiet", "verbose", "color"] as const),
];
/** Bytes of rows that are read at a time. */
const BYTES = 1 << 20;

/**
 * Backtests the series of a long table as they are read: once through for their lengths, by which the folds are planned, and
 * once to do the work. Memory holds the largest series and two numbers a forecast, not the file.
 *
 * @returns null where everything has to be read first: a small file, a plot, a model that learns from all series together;
 *   what was read of the input is given back.
 */
export async function backtestInParts(context: Context, file: string | undefined): Promise<Rolled | null> {
  const { settings, shell } = context;
  const terminal = (file === undefined || file === "-") && shell.stdin.isTTY === true;
  const names = Object.keys(settings) as OptionName[];
  if (terminal || settings.period === "auto" || !names.every((name) => EACH.includes(name))) return null;
  if ((await modelsOf(notationsOf(settings))).some(learnsTogether)) return null;
  const source = await sourceOf(context, file);
  try {
    const parts = source.whole ? null : await partsIn(context, source);
    if (parts === null) {
      context.input = source.open();
      return null;
    }
    await source.keep();
    const rows = await groupedRows(context, source, parts.rows);
    try {
      reportReading(context, source, parts, rows.series);
      return await rolled(context, parts, rows);
    } finally {
      rows.end();
    }
  } finally {
    source.end();
  }
}

async function partsIn(context: Context, { sample, whole, name }: Source): Promise<Parts | null> {
  const skipBadSeries = context.settings["skip-bad-series"] === true;
  const parts = await partsOf(sample, whole, { ...optionsOf(context), name, skipBadSeries });
  return parts === null || parts.decisions.values.length > 1 ? null : parts;
}

async function rolled(context: Context, parts: Parts, rows: GroupedRows): Promise<Rolled> {
  const { settings } = context;
  const { sketches, unreadable } = await sketched(parts, rows);
  const plan = await rollingPlan(context, sketches);
  reportPlan(context, plan);
  const notations = plan.models.map(({ notation }) => notation);
  const { seed = 1, paths = null, missing = "keep" } = settings;
  const runs = await withProgress(context, plan.scheduled.length * notations.length, (running) =>
    runEach(notations, { ...plan, seed, paths, missing }, scheduled(parts, rows, plan), running),
  );
  if (unreadable.length > 0) context.partial = true;
  context.skipped = unreadable;
  return { plan, runs, pictures: () => [] };
}

/** What the folds of every series depend on. */
async function sketched(parts: Parts, rows: GroupedRows) {
  const sketches: Sketch[] = [];
  const unreadable: { readonly id: string; readonly error: YuleError }[] = [];
  let first: Sketch["inputs"] | null = null;
  for await (const { panel, unreadable: bad } of readIn(parts, rows)) {
    for (const { id, period, y, inputs } of panel) {
      const { names } = inputs;
      first ??= inputs.rules === undefined ? { names } : { names, rules: inputs.rules };
      sketches.push({ id, period, y: { length: y.length }, inputs: first });
    }
    for (const { id, error } of bad) unreadable.push({ id, error: new YuleError(error) });
  }
  return { sketches, unreadable };
}

async function* readIn(parts: Parts, rows: GroupedRows): AsyncGenerator<ReadBatch> {
  for await (const batch of batchesOf(rows.runs(), { bytes: BYTES })) yield readBatch(parts, batch);
}

/** The series that have room for folds, each with its own. */
async function* scheduled(parts: Parts, rows: GroupedRows, plan: Plan): AsyncGenerator<Scheduled<Series>> {
  let next = 0;
  for await (const { panel } of readIn(parts, rows)) {
    for (const series of panel) {
      const one = plan.scheduled[next];
      if (one?.series.id !== series.id) continue;
      next++;
      yield { series, folds: one.folds };
    }
  }
}
