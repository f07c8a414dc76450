import { YuleError } from "../../../core/errors.js";
import type { Panel } from "../../../core/series.js";
import { type PartReader, partReader } from "../../../io/read-csv.js";
import { type Batch, lineOf, linesOf } from "../../../io/stream/batches.js";
import { headOf, type PartsPlan } from "../../../io/stream/parts.js";
import { fieldsOf } from "../../../run/outcome.js";
import type { Failed } from "../../../run/tasks/task.js";

/** What a batch without rows holds. */
export const NO_ROWS = { panel: [], unreadable: [] } satisfies ReadBatch;

/** The series of a batch. */
export interface ReadBatch {
  readonly panel: Panel;
  /** Series with something wrong in their rows, where those are left out. */
  readonly unreadable: readonly Failed[];
}

/**
 * The series of a batch. Where bad series are left out, one that takes the others down with it is found by reading each by
 * itself.
 *
 * @throws YuleError naming the row of the file where bad series are not left out.
 */
export async function readBatch(plan: PartsPlan, batch: Batch): Promise<ReadBatch> {
  try {
    const read = await readerOf(plan);
    const { panel, skipped } = await read({ bytes: batch.bytes, lines: linesOf(batch) });
    return { panel, unreadable: skipped.map(({ id, error }) => failedAs(id, error)) };
  } catch (error) {
    if (plan.options.skipBadSeries !== true || !(error instanceof YuleError)) throw error;
    if (batch.series === 1) return { panel: [], unreadable: [failedAs(batch.starts[0]!.id, error)] };
    const parts: ReadBatch[] = [];
    for (const single of partsOf(batch, 1)) parts.push(await readBatch(plan, single));
    return {
      panel: parts.flatMap(({ panel }) => panel),
      unreadable: parts.flatMap(({ unreadable }) => unreadable),
    };
  }
}

/** The reader of the latest plan: a thread works on one file at a time, whose plan is sent to it with every batch. */
let latest: { readonly key: string; readonly read: Promise<PartReader> } | null = null;

function readerOf(plan: PartsPlan): Promise<PartReader> {
  const { header, sample, options } = plan;
  const key = JSON.stringify([options, header, sample]);
  if (latest?.key !== key) latest = { key, read: partReader(headOf(plan), options) };
  return latest.read;
}

function failedAs(id: string, error: unknown): Failed {
  return { status: "failed", id, model: "", error: fieldsOf(error, id) };
}

/** A batch as batches of so many series. */
export function partsOf(batch: Batch, size: number): Batch[] {
  const { starts, bytes, models } = batch;
  const parts: Batch[] = [];
  for (let from = 0; from < starts.length; from += size) {
    const own = starts.slice(from, from + size);
    const [{ byte, line }] = own as [Batch["starts"][number]];
    const end = starts[from + size]?.byte ?? bytes.length;
    parts.push({
      ...(models === undefined ? {} : { models: models.slice(from, from + size) }),
      bytes: bytes.slice(byte, end),
      series: own.length,
      starts: own.map((start) => ({ ...start, byte: start.byte - byte, line: start.line - line })),
      lines: own.map((start) => ({ at: start.line - line, line: lineOf(batch, start.line + 1) })),
    });
  }
  return parts;
}
