import * as v from "valibot";
import type { Batch } from "../../io/stream/batches.js";
import type { BatchResult } from "../stream/batch.js";
import type { StreamPlan } from "../stream/plan.js";
import { packed, unpacked } from "./packed.js";

/** What a job holds: what is to be done, and then what came of it in its place. */
export interface BatchJob {
  readonly work?: string;
  readonly done?: string;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Work = v.object({
  plan: v.looseObject({
    kind: v.picklist(["forecast", "fit", "simulate", "anomalies"]),
    format: v.picklist(["csv", "json", "ndjson"]),
    notations: v.array(v.string()),
    settings: v.record(v.string(), v.unknown()),
    options: v.record(v.string(), v.unknown()),
    header: v.string(),
  }),
  starts: v.array(v.object({ byte: count, line: count, id: v.string() })),
  lines: v.array(v.object({ at: count, line: count })),
});
const Models = v.array(v.string());
const error = v.looseObject({ code: v.string(), category: v.string(), message: v.string() });
const Done = v.object({
  milliseconds: v.number(),
  /** An error of the data that ends the run. */
  error: v.nullable(error),
  results: v.array(
    v.object({
      series: count,
      tried: count,
      failures: v.array(
        v.looseObject({ status: v.literal("failed"), id: v.string(), model: v.string(), error }),
      ),
      news: v.boolean(),
      notes: v.array(v.looseObject({ first: v.string(), count })),
    }),
  ),
});

/** What came of a batch, and what it took. */
export interface BatchDone {
  readonly milliseconds: number;
  readonly error: v.InferOutput<typeof error> | null;
  readonly results: readonly BatchResult[];
}

export function workText(plan: StreamPlan, { bytes, starts, lines, models }: Batch): Promise<string> {
  const saved = models === undefined ? [] : [Buffer.from(JSON.stringify(models))];
  return packed({ plan, starts, lines }, [bytes, ...saved]);
}

/** @throws where a job was not made by a yule of this version. */
export async function workOf(text: string): Promise<{ readonly plan: StreamPlan; readonly batch: Batch }> {
  const { head, parts } = await unpacked(text);
  const { plan, starts, lines } = v.parse(Work, head);
  const [bytes, saved] = parts;
  const models =
    saved === undefined ? {} : { models: v.parse(Models, JSON.parse(Buffer.from(saved).toString())) };
  return {
    plan: plan as unknown as StreamPlan,
    batch: { bytes: bytes!, series: starts.length, starts, lines, ...models },
  };
}

export function doneText({ results, ...head }: BatchDone): Promise<string> {
  return packed(
    { ...head, results: results.map(({ text: _, models: __, ...rest }) => rest) },
    results.flatMap(({ text, models }) => [text, models]),
  );
}

/** @throws where a result was not written by a yule of this version. */
export async function doneOf(text: string): Promise<BatchDone> {
  const { head, parts } = await unpacked(text);
  const { results, ...rest } = v.parse(Done, head);
  return {
    ...rest,
    results: results.map((result, at) => {
      const whole = { ...result, text: parts[2 * at]!, models: parts[2 * at + 1]! };
      return whole as unknown as BatchResult;
    }),
  };
}
