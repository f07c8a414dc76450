import { following } from "../core/alignment.js";
import { dataError } from "../core/errors.js";
import type { Fitted, Origin } from "../core/model.js";
import type { Inputs, Series } from "../core/series.js";
import { formatFrequency } from "../core/time/calendar.js";
import type { FutureInputs } from "../engine/inputs.js";
import { withoutSheetOption } from "../io/csv/future.js";
import { chunksOf } from "../io/files.js";
import { readCsvChunks } from "../io/read-csv.js";
import { type Context, pathIn } from "./context.js";

/** Regressors by name. */
export function byName({ names, columns }: Inputs): FutureInputs {
  return Object.fromEntries(names.map((name, i) => [name, columns[i]!]));
}

/** The regressors of fitted models that files have to give: those that do not follow from the times. */
export function givenInputs(models: readonly Pick<Fitted, "origin">[]): string[] {
  return [...new Set(models.flatMap(({ origin }) => givenTo(origin)))];
}

function givenTo({ inputNames, inputRules }: Origin): string[] {
  return inputNames.filter((name) => inputRules?.[name] === undefined);
}

/**
 * The future regressors of models that go on without their data: the rows of --future after what each has seen.
 *
 * @throws YuleError `no-future-rows`, and as `readCsv` does.
 */
export async function futureAfter(
  context: Context,
  origins: readonly Origin[],
): Promise<(FutureInputs | null)[]> {
  const { shell, settings } = context;
  const name = settings.future;
  const names = [...new Set(origins.flatMap(givenTo))];
  if (name === undefined || names.length === 0) return origins.map(() => null);
  const [first, ...others] = names;
  const step = origins[0]!.time;
  const { panel } = await readCsvChunks(chunksOf(pathIn(shell, name)), {
    value: first!,
    inputs: others,
    name,
    ...(settings.time === undefined ? {} : { time: settings.time }),
    ...(settings.id === undefined ? {} : { id: settings.id }),
    ...(step === null ? {} : { frequency: formatFrequency(step.frequency) }),
  }).catch((error: unknown) => {
    throw withoutSheetOption(error, name);
  });
  return origins.map((origin) => {
    const rows = panel.length === 1 ? panel[0]! : panel.find(({ id }) => id === origin.id);
    if (rows === undefined) throw noRows(name, origin);
    return rowsAhead(name, origin, rows, first!);
  });
}

function rowsAhead(file: string, origin: Origin, rows: Series, first: string): FutureInputs {
  const { seen, gap } = following(origin, rows);
  if (gap > 0 || seen >= rows.y.length) throw noRows(file, origin);
  const all = { names: [first, ...rows.inputs.names], columns: [rows.y, ...rows.inputs.columns] };
  const own = all.names.flatMap((name, i) =>
    origin.inputNames.includes(name) ? [{ name, column: all.columns[i]! }] : [],
  );
  return Object.fromEntries(own.map(({ name, column }) => [name, column.subarray(seen)]));
}

function noRows(file: string, { id }: Origin): Error {
  return dataError(
    "no-future-rows",
    file,
    id,
    `${file} has no row for the step after the last row of the model of ${id}; add the rows to forecast.`,
  );
}
