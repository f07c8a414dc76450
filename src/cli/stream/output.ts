import { rmSync } from "node:fs";
import { csvLines } from "../../report/text/csv.js";
import type { Context } from "../context.js";
import { failuresHeader, failuresText } from "../output/failures.js";
import { namesLine, parquetOfLines } from "../output/parquet-lines.js";
import { print } from "../output/print.js";
import type { BatchResult } from "./batch.js";
import { Growing, quietly } from "./growing.js";
import { type Fingerprint, Journal, type Mark, marksOf, NOTHING } from "./journal.js";
import type { StreamPlan } from "./plan.js";
import { shapeOf } from "./shapes.js";

/** What a format writes before, between and after the results. */
export interface Frame {
  readonly before: string;
  readonly between: string;
  readonly after: string;
  /** Makes the file that is wanted of what was written, for a format that cannot grow by results. */
  readonly whole?: (path: string) => AsyncIterable<Uint8Array>;
}

/** What surrounds the results in a format. */
export async function frameOf(plan: StreamPlan): Promise<Frame> {
  const shape = await shapeOf(plan.kind);
  switch (plan.format) {
    case "csv": {
      const settings = shape.settled(plan.settings);
      const [header] = csvLines(shape.table([], settings), settings["safe-csv"] === true);
      return { before: header!, between: "", after: "" };
    }
    case "parquet":
      return {
        before: namesLine(shape.table([], shape.settled(plan.settings))),
        between: "",
        after: "",
        whole: parquetOfLines,
      };
    case "ndjson":
      return { before: "", between: "", after: "" };
    case "json":
      return { before: `{\n  "${shape.list}": [\n`, between: ",\n", after: "\n  ]\n}\n" };
  }
}

/** Time between two notes in the journal, in milliseconds: each waits for the disk. */
const BETWEEN = 250;

const FILES = ["output", "save", "failures"] as const;

/**
 * Where the results of a stream go: standard output, or a file that grows beside its place. With a file there is a journal,
 * `NAME.journal`, of what is complete, by which a stopped run goes on.
 */
export class StreamOutput {
  private readonly files: { readonly [F in (typeof FILES)[number]]: Growing | null };
  private readonly journal: Journal | null;
  private readonly journalPath: string | null;
  private mark: Mark;
  /** The mark that the journal holds, and when it was noted. */
  private noted: Mark;
  private notedAt = performance.now();
  /** Bytes of results so far. */
  private sent: number;

  /** @throws YuleError of `marksOf` where a stopped run cannot be gone on with, `unwritable`. */
  constructor(
    private readonly context: Context,
    private readonly frame: Frame,
    fingerprint: Fingerprint,
  ) {
    const { settings, shell } = context;
    const growing = (option: (typeof FILES)[number]) => {
      const name = settings[option];
      return name === undefined ? null : new Growing(option, name, shell.cwd);
    };
    this.files = { output: growing("output"), save: growing("save"), failures: growing("failures") };
    const { output } = this.files;
    this.journalPath = output === null || output.isDirect ? null : `${output.place}.journal`;
    this.mark = this.stopped(fingerprint) ?? NOTHING;
    this.noted = this.mark;
    this.sent = this.mark.output;
    for (const option of FILES) this.files[option]?.open(this.mark[option]);
    try {
      this.journal = this.journalPath === null ? null : this.journalFor(this.journalPath, fingerprint);
    } catch (error) {
      if (this.mark.series === 0) for (const option of FILES) this.files[option]?.remove();
      throw error;
    }
  }

  private journalFor(path: string, fingerprint: Fingerprint): Journal {
    return this.mark.series > 0 ? Journal.goOn(path, this.mark) : Journal.begin(path, fingerprint);
  }

  /** How far the results have come, those of a stopped run included. */
  get done(): Mark {
    return this.mark;
  }

  /** Writes what belongs before the first result. */
  async begin(): Promise<void> {
    if (this.mark.series > 0) return;
    await this.send(encoded(this.frame.before));
    const { failures } = this.files;
    if (failures !== null) failures.write(encoded(failuresHeader(this.context.settings.failures!)));
  }

  async take(results: readonly BatchResult[]): Promise<void> {
    let { series, tried, failed } = this.mark;
    for (const result of results) {
      if (result.text.length > 0 && this.sent > this.frame.before.length)
        await this.send(encoded(this.frame.between));
      await this.send(result.text);
      this.files.save?.write(result.models);
      const { failures } = result;
      if (failures.length > 0)
        this.files.failures?.write(encoded(failuresText(this.context.settings.failures!, failures)));
      series += result.series;
      tried += result.tried;
      failed += failures.length;
    }
    const lengths = FILES.map((option) => [option, this.files[option]?.length ?? 0]);
    this.mark = { series, tried, failed, ...(Object.fromEntries(lengths) as Pick<Mark, "output">) } as Mark;
    if (performance.now() - this.notedAt >= BETWEEN) this.note();
  }

  /** Notes in the journal how far the results have come, once they are on the disk. */
  private note(): void {
    if (this.journal === null || this.mark === this.noted) return;
    for (const option of FILES) this.files[option]?.sync();
    this.journal.mark(this.mark);
    this.noted = this.mark;
    this.notedAt = performance.now();
  }

  /** Puts the files in their places. */
  async finish(): Promise<void> {
    await this.send(encoded(this.frame.after));
    const { whole } = this.frame;
    if (whole !== undefined) await this.files.output?.commitAs(whole);
    for (const option of FILES) if (option !== "output" || whole === undefined) this.files[option]?.commit();
    this.endJournal();
  }

  /**
   * Leaves what was written to be gone on with; without a journal, or without a result, nothing is left.
   *
   * @returns whether a run with --resume goes on from here.
   */
  leave(): boolean {
    if (quietly(() => this.note() ?? true) === null) this.mark = this.noted;
    if (this.journal === null || this.mark.series === 0) {
      this.discard();
      return false;
    }
    for (const option of FILES) this.files[option]?.close();
    this.journal.close();
    return true;
  }

  /** Removes everything that was written. */
  discard(): void {
    for (const option of FILES) this.files[option]?.remove();
    this.endJournal();
  }

  /** Where a stopped run is gone on with: the last mark that the files on the disk reach. */
  private stopped(fingerprint: Fingerprint): Mark | null {
    const { context, journalPath } = this;
    const asked = context.settings.resume === true;
    if (journalPath === null) return null;
    if (!asked) {
      if ((this.files.output?.left ?? 0) > 0)
        context.decided(
          `The results of a stopped run of ${context.settings.output} are replaced; --resume would continue it.`,
        );
      return null;
    }
    const marks = marksOf(journalPath, fingerprint);
    const mark = marks?.findLast((one) =>
      FILES.every((option) => (this.files[option]?.left ?? 0) >= one[option]),
    );
    if (mark === undefined || mark.series === 0) {
      context.decided(
        `There is no stopped run of ${context.settings.output}; this run starts with the first series.`,
      );
      return null;
    }
    context.decided(`Continuing after ${mark.series} finished series.`);
    return mark;
  }

  private async send(content: Uint8Array): Promise<void> {
    if (content.length === 0) return;
    const { output } = this.files;
    if (output === null) await print(this.context.shell.stdout, content);
    else output.write(content);
    this.sent += content.length;
  }

  private endJournal(): void {
    if (this.journal === null) return;
    this.journal.close();
    rmSync(this.journalPath!, { force: true });
  }
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
