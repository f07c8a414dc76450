import { closeSync, openSync, readSync, statSync } from "node:fs";
import { crc32 } from "node:zlib";
import { formatFrequency } from "../../../core/time/calendar.js";
import type { CsvOptions } from "../../../io/csv-options.js";
import { isGzip } from "../../../io/files.js";
import { load } from "../../../io/model-file.js";
import { isLinesName } from "../../../io/model-files.js";
import { type BatchSize, textOf } from "../../../io/stream/batches.js";
import { ModelIndex } from "../../../io/stream/model-index.js";
import { RowIndex } from "../../../io/stream/row-index.js";
import { loadFamilies } from "../../../select/catalogue.js";
import { type Context, pathIn } from "../../context.js";
import { givenInputs } from "../../future.js";
import { holdLock, type Lock } from "../../places/lock.js";
import { admitted } from "../../run/update/newcomers.js";
import { nothingNew } from "../../run/update/shape.js";
import { quietly } from "../growing.js";
import { type Source, sourceOf } from "../input/source.js";
import { mayStream, planFor } from "../plan.js";
import { write } from "../stream.js";
import { type NewRows, updateBatches } from "./batches.js";

/** Bytes of models that are worth working on one by one. */
const LARGE = 1 << 20;

/**
 * Takes new rows into the models of a file of one a line, series by series, so that neither all models nor all rows are in
 * memory.
 *
 * @returns the exit code; null where everything has to be read first: what was read of the input is given back.
 */
export async function streamUpdate(
  given: Context,
  name: string,
  file: string | undefined,
  target: string,
  lock: Lock,
): Promise<number | null> {
  const context = { ...given, settings: { ...given.settings, save: target } };
  const models = indexOf(context, name, target);
  if (models === null) return null;
  try {
    const first = models.textAt(0);
    await loadFamilies([first]);
    const { origin } = load(first, name);
    if (origin.inputRules !== undefined || (file === undefined && context.shell.stdin.isTTY === true))
      return null;
    const source = await sourceOf(context, file);
    try {
      const { time, period } = origin;
      const inputs = givenInputs([{ origin }]);
      const reading: CsvOptions = {
        period,
        ...(inputs.length === 0 ? {} : { inputs }),
        ...(time === null ? {} : { frequency: formatFrequency(time.frequency) }),
      };
      const code = await updateFrom(context, { name, models, reading }, source, file, lock);
      if (code === null) given.input = source.open();
      return code;
    } finally {
      source.end();
    }
  } finally {
    models.end();
  }
}

function indexOf(context: Context, name: string, target: string): ModelIndex | null {
  const { settings, shell } = context;
  if (!mayStream(context) || !isLinesName(name) || !isLinesName(target)) return null;
  const path = pathIn(shell, name);
  const models = quietly(() => (statSync(path).isFile() ? ModelIndex.of(path) : null));
  if (models === null) return null;
  const worthwhile = models.bytes > LARGE || settings.output !== undefined || settings.failures !== undefined;
  if (worthwhile && models.series > 1 && models.series === models.runs) return models;
  models.end();
  return null;
}

interface Updating {
  readonly name: string;
  readonly models: ModelIndex;
  readonly reading: CsvOptions;
}

async function updateFrom(
  context: Context,
  { name, models, reading }: Updating,
  source: Source,
  file: string | undefined,
  lock: Lock,
): Promise<number | null> {
  const at = readerOf(context, source, file);
  const streamed = at === null ? null : await planFor("update", context, source, { reading });
  if (at === null || streamed === null) return null;
  try {
    let [bytes, checksum] = [0, 0];
    const counted = async function* () {
      for await (const chunk of source.open()) {
        bytes += chunk.length;
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
    };
    const rows: NewRows = { index: await RowIndex.of(counted(), streamed.rows), read: at.read };
    const unknown = [...rows.index.ids]
      .map((raw) => ({ raw, id: textOf(raw) }))
      .filter(({ id }) => !models.has(id));
    const added = admitted(context, name, knownTo(models, unknown.length), unknown).map(({ raw }) => raw);
    if (added.length === 0 && unknown.length === rows.index.size) throw nothingNew(name);
    const series = models.runs + added.length;
    const notations = [models.notations.size === 1 ? [...models.notations][0]! : "auto"];
    const plan = { ...streamed.plan, notations };
    const loaded = { name, index: models, reading };
    const batches = (size: BatchSize, skip: number) => updateBatches(models, rows, added, size, skip);
    const tell = () =>
      context.decided(
        `Updating ${models.count} models of ${name} with the rows of ${source.name}, one by one.`,
      );
    const { output } = context.settings;
    const held = output === undefined ? null : await holdLock(context, output);
    try {
      lock.requireHeld();
      return await write(
        context,
        {
          plan,
          loaded,
          name: source.name,
          report: tell,
          ...(added.length > 0 ? {} : { nothingNew: nothingNew(name) }),
        },
        { series, bytes, checksum, batches },
      );
    } finally {
      held?.release();
    }
  } finally {
    at.end();
  }
}

/** Ids to guess from, where there is one that is not known. */
function knownTo(models: ModelIndex, unknown: number): string[] {
  return unknown === 0
    ? []
    : Array.from({ length: Math.min(10_000, models.runs) }, (_, run) => models.idOfRun(run));
}

/** Reads places of the input; null where it can be read only once, or is packed. */
function readerOf({ shell }: Context, { sample, whole }: Source, file: string | undefined) {
  if (whole)
    return {
      read: (offset: number, length: number) => sample.subarray(offset, offset + length),
      end: () => {},
    };
  if (file === undefined || file === "-") return null;
  const path = pathIn(shell, file);
  if (!statSync(path).isFile()) return null;
  const opened = openSync(path, "r");
  const read = (offset: number, length: number) => {
    const bytes = new Uint8Array(length);
    readSync(opened, bytes, 0, length, offset);
    return bytes;
  };
  const packed = isGzip(read(0, 2));
  if (packed) closeSync(opened);
  return packed ? null : { read, end: () => closeSync(opened) };
}
