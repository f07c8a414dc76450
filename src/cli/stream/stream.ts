import type { YuleError } from "../../core/errors.js";
import { type Batch, type BatchSize, batchesOf } from "../../io/stream/batches.js";
import type { Run } from "../../io/stream/runs.js";
import { clusterOf, placeOfWork } from "../cluster/place-of-work.js";
import type { Context } from "../context.js";
import { EXIT } from "../failure.js";
import { ClosedPipe } from "../output/print.js";
import { holdLock } from "../places/lock.js";
import { requireSpace } from "../places/space.js";
import { groupedRows, reportReading } from "./input/grouped-rows.js";
import { type Source, sourceOf } from "./input/source.js";
import { fingerprintOf } from "./journal.js";
import { modelBatches, withModels } from "./loaded/batches.js";
import { type Loaded, loadedFrom } from "./loaded/plan.js";
import { frameOf, StreamOutput } from "./output.js";
import { mayStream, planAlone, planFor, type Streamed, type StreamPlan } from "./plan.js";
import { Pulse } from "./pulse.js";
import type { StreamKind } from "./shape.js";
import { StopSignals } from "./stop-signals.js";
import { Tally } from "./tally.js";

const NOT_RESUMABLE =
  "This run reads the whole file first and cannot be resumed; --resume needs -o FILE with csv, json, ndjson or parquet, ids, and a model fitted to each series alone.";
/** Bytes of models that are worth working on one by one. */
const LARGE = 1 << 20;
/** Bytes of rows in the first batch. */
const FIRST = 1 << 14;

/** The rows of all series, each in one piece. */
export interface Rows {
  readonly series: number;
  readonly bytes: number;
  readonly checksum: number;
  /** The series in batches, without the first `skip`. */
  readonly batches: (size: BatchSize, skip: number) => AsyncIterable<Batch>;
}

/** What is worked on: rows of data, saved models, or both. */
export interface Undertaking {
  readonly plan: StreamPlan;
  readonly loaded: Loaded | null;
  /** What to call the input in messages and in the journal. */
  readonly name: string;
  readonly report: (series: number) => void;
  /** What an update without a new row ends in. */
  readonly nothingNew?: YuleError;
}

/**
 * Works on a panel series by series, so that memory is bounded by the largest series and not by the file.
 *
 * @returns the exit code; null where the command has to read everything first (a small file to standard output, a plot, a
 *   model that learns from all series together): what was read of the input is given back.
 */
export async function stream(
  kind: StreamKind,
  context: Context,
  file: string | undefined,
): Promise<number | null> {
  const { settings, shell } = context;
  const cluster = await clusterOf(context);
  cluster?.requireRemote(context);
  const terminal = settings.load === undefined && file === undefined && shell.stdin.isTTY === true;
  if (!mayStream(context) || terminal) {
    await cluster?.refuse(context, file ?? "standard input");
    return null;
  }
  const loaded = await loadedFrom(context);
  if (settings.load !== undefined && loaded === null)
    return (await cluster?.refuse(context, settings.load)) ?? null;
  try {
    if (loaded === null || file !== undefined) return await streamRows(kind, context, file, loaded);
    const code = await streamModels(kind, context, loaded);
    if (code === null) await cluster?.refuse(context, loaded.name);
    return code;
  } finally {
    loaded?.index.end();
  }
}

/** Saved models that go on from where they stand. */
async function streamModels(kind: StreamKind, context: Context, loaded: Loaded): Promise<number | null> {
  const { name, index } = loaded;
  const { output, failures, redis } = context.settings;
  if (index.bytes <= LARGE && [output, failures, redis].every((setting) => setting === undefined))
    return null;
  if (kind === "anomalies" || kind === "fit") return null;
  const { runs: series, bytes, checksum } = index;
  const batches = (size: BatchSize, skip: number) => modelBatches(index, size, skip);
  const tell = () => context.decided(`Continuing from ${index.count} models of ${name}, one by one.`);
  const undertaking = { plan: planAlone(kind, context), loaded, name, report: tell };
  return locking(context, () => write(context, undertaking, { series, bytes, checksum, batches }));
}

async function streamRows(
  kind: StreamKind,
  context: Context,
  file: string | undefined,
  loaded: Loaded | null,
): Promise<number | null> {
  const { settings } = context;
  const source = await sourceOf(context, file);
  try {
    const cluster = await clusterOf(context);
    const small = source.whole && settings.output === undefined && settings.failures === undefined;
    const worthwhile = !small || cluster !== null;
    const streamed = worthwhile ? await planFor(kind, context, source, loaded) : null;
    if (streamed === null) {
      await cluster?.refuse(context, source.name);
      if (settings.resume === true) context.decided(NOT_RESUMABLE);
      context.input = source.open();
      return null;
    }
    await source.keep();
    return await locking(context, () => work(context, source, streamed, loaded));
  } finally {
    source.end();
  }
}

/** Does a work while no other run may write to the same output. */
async function locking(context: Context, work: () => Promise<number>): Promise<number> {
  const { output } = context.settings;
  const lock = output === undefined ? null : await holdLock(context, output);
  try {
    return await work();
  } finally {
    lock?.release();
  }
}

async function work(
  context: Context,
  source: Source,
  streamed: Streamed,
  loaded: Loaded | null,
): Promise<number> {
  const { plan, rows } = streamed;
  const tell = (series: number) => reportReading(context, source, streamed, series);
  const undertaking = { plan, loaded, name: source.name, report: tell };
  const inBatches = (runs: () => AsyncIterable<readonly Run[]>) => (size: BatchSize, skip: number) => {
    const batches = batchesOf(runs(), size, skip);
    return loaded === null ? batches : withModels(batches, loaded.index);
  };
  const grouped = await groupedRows(context, source, rows);
  try {
    return await write(context, undertaking, { ...grouped, batches: inBatches(grouped.runs) });
  } finally {
    grouped.end();
  }
}

/** Works through the series and writes what comes of them; the exit code. */
export async function write(context: Context, undertaking: Undertaking, rows: Rows): Promise<number> {
  const { plan, loaded } = undertaking;
  const { settings } = context;
  undertaking.report(rows.series);
  requireSpace(context, {
    fits: rows.series * (loaded === null ? plan.notations.length : 1),
    horizon: plan.kind === "update" ? 1 : (settings.horizon ?? 10),
    levels: settings.level?.length ?? 2,
  });
  const input = { name: undertaking.name, bytes: rows.bytes, checksum: rows.checksum };
  const fingerprint = fingerprintOf(context.settings, plan.kind, loaded, input);
  const output = new StreamOutput(context, await frameOf(plan), fingerprint);
  const place = await placeOfWork(context);
  const tally = new Tally();
  // What a stopped run has done already had its reasons.
  tally.news = output.done.series > 0;
  const pulse = await Pulse.start(context, rows.series, output.done.series);
  const stop = new StopSignals(() =>
    context.decided("Stopping after the current series; press Ctrl-C again to stop at once."),
  );
  try {
    await output.begin();
    const size: BatchSize = { bytes: FIRST };
    await place.through({
      plan,
      batches: rows.batches(size, output.done.series),
      size,
      jobs: settings.jobs,
      bytes: rows.bytes,
      isStopped: () => stop.code !== 0,
      report: (who) => pulse.tell(who, output.done),
      async take(results) {
        for (const result of results) tally.take(result);
        await output.take(results);
        pulse.show(output.done);
      },
    });
    pulse.stop();
    if (stop.code !== 0 && output.done.series < rows.series) {
      tellStop(context, output, rows.series);
      return stop.code;
    }
    return await finish(context, output, tally, undertaking.nothingNew);
  } catch (error) {
    pulse.stop();
    if (error instanceof ClosedPipe || !output.leave()) output.discard();
    else context.warn(continuation(context, output.done.series, rows.series));
    throw error;
  } finally {
    stop.end();
    await place.end();
  }
}

async function finish(
  context: Context,
  output: StreamOutput,
  tally: Tally,
  nothingNew: YuleError | undefined,
): Promise<number> {
  const { tried, failed } = output.done;
  if (tried > 0 && failed === tried) {
    output.discard();
    throw tally.allFailed(tried);
  }
  if (nothingNew !== undefined && !tally.news) {
    output.discard();
    tally.tell(context);
    throw nothingNew;
  }
  await output.finish();
  tally.tell(context);
  const { save } = context.settings;
  if (save !== undefined) context.decided(`Saved ${tried - failed} fitted models to ${save}.`);
  return failed > 0 ? EXIT.partial : EXIT.success;
}

function tellStop(context: Context, output: StreamOutput, series: number): void {
  if (output.leave()) context.warn(continuation(context, output.done.series, series));
  else
    context.warn(
      `Stopped after ${output.done.series} of ${series} series; without -o FILE it cannot be resumed.`,
    );
}

function continuation({ settings }: Context, done: number, series: number): string {
  return `Stopped after ${done} of ${series} series; ${settings.output}.partial has them: the same command with --resume continues from there.`;
}
