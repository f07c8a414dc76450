import { requirePanel } from "../core/arguments/objects.js";
import { show } from "../core/checks.js";
import { dataError, usageError, YuleError } from "../core/errors.js";
import type { Model, Note } from "../core/model.js";
import { NO_INPUTS, requireSeries, type Series } from "../core/series.js";
import { changed } from "./partly-fitted.js";
import { withNotes } from "./report.js";

/** What a model does with the inputs of a series: uses them, is fitted without them and says so, or refuses the series. */
export type InputUse = "uses" | "ignores" | "refuses";

/** What values a model can be fitted to. */
export interface ValueRules {
  /** Observed values that it needs at least. */
  readonly observed?: number;
  /** Whether values below 0 are refused: those of demand cannot be. */
  readonly demand?: boolean;
  /** Whether values other than 0 below 1e-150 are refused, since their squares vanish. */
  readonly squared?: boolean;
}

/** What a series is checked against before it is fitted. */
export interface FitRules {
  readonly inputs: InputUse;
  readonly values?: ValueRules;
  /** What the sentence that refuses inputs adds: which model takes them. */
  readonly insteadOfInputs?: string;
}

/** Beyond these sizes squares of values overflow or vanish. */
const LARGEST = 1e150;
const SMALLEST = 1e-150;

const GUARDED = new WeakSet<Model>();

/** A model that uses inputs, or refuses them itself. @throws YuleError `not-a-series`, `too-large` when fitting. */
export function inputModel<M extends Model>(model: M): M {
  return guarded(model, { inputs: "uses" });
}

/**
 * A model without use for inputs: it is fitted without them, and a warning says so.
 *
 * @throws YuleError `too-large` when fitting, naming the row.
 */
export function plainModel<M extends Model>(model: M): M {
  return guarded(model, { inputs: "ignores" });
}

/** A model whose series are checked before every fit, one or a panel; the same one where it already is. */
export function guarded<M extends Model>(model: M, rules: FitRules): M {
  if (GUARDED.has(model)) return model;
  const safe = beforeFits(model, (series) => suited(series, model.notation, rules));
  GUARDED.add(safe);
  return safe;
}

/** A series as a fit is to see it, and what the result is to say of that. */
export interface Treated {
  readonly series: Series;
  readonly notes: readonly Note[];
}

/** A model whose series are treated before every fit: by `fit` and `fitPanel` alike, and before `refusal` judges them. */
export function beforeFits<M extends Model>(model: M, treat: (series: Series) => Treated): M {
  const { fitPanel, refusal } = model;
  return {
    ...model,
    fit(series, options = {}) {
      const treated = treatedOne(model, series, treat);
      requireFitOptions(options);
      return withNotes(model.fit(treated.series, options), treated.notes);
    },
    ...(fitPanel === undefined
      ? {}
      : {
          async fitPanel(panel, options = {}) {
            requirePanel(panel, `The model ${model.notation} is fitted to`);
            requireFitOptions(options);
            const all = panel.map((series) => treatedOne(model, series, treat));
            const fits = fitPanel(
              all.map(({ series }) => series),
              options,
            );
            return changed(fits, (fitted, at) => withNotes(fitted, all[at]!.notes));
          },
        }),
    ...(refusal === undefined ? {} : { refusal: (series) => refusalOf(model, series, treat) }),
  } satisfies Model as M;
}

function treatedOne(model: Model, series: Series, treat: (series: Series) => Treated): Treated {
  return treat(requireSeries(series, `The model ${model.notation} is fitted to`));
}

function refusalOf(model: Model, series: Series, treat: (series: Series) => Treated): YuleError | null {
  try {
    return model.refusal!(treatedOne(model, series, treat).series);
  } catch (error) {
    if (error instanceof YuleError) return error;
    throw error;
  }
}

function requireFitOptions(options: unknown): void {
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return;
  const message = `The options of fit must be an object such as { rng: random(3) }, not ${show(options)}.`;
  throw usageError("bad-options", "options", options, message);
}

/** @throws YuleError `too-large`, `value-range`, `negative-demand`, `series-too-short`, `no-inputs`. */
function suited(series: Series, notation: string, rules: FitRules): Treated {
  requireValues(series, notation, rules.values ?? {});
  const { names } = series.inputs;
  if (rules.inputs === "uses" || names.length === 0) return { series, notes: [] };
  if (rules.inputs === "refuses") throw inputsRefused(series, notation, rules.insteadOfInputs);
  const note: Note = {
    code: "inputs-ignored",
    severity: "warning",
    message: `${notation} does not use inputs: ${names.join(", ")} were left out (arima takes them).`,
    details: { inputs: names },
  };
  return { series: { ...series, inputs: NO_INPUTS }, notes: [note] };
}

function inputsRefused({ inputs, id }: Series, notation: string, instead = "arima takes them"): YuleError {
  const [name] = inputs.names;
  return dataError(
    "no-inputs",
    name!,
    id,
    `The model ${notation} takes no inputs such as ${name}; ${instead}.`,
  );
}

function requireValues(series: Series, notation: string, { observed, demand, squared }: ValueRules): void {
  const { id, y } = series;
  const large = y.findIndex((value) => Math.abs(value) > LARGEST);
  if (large >= 0) {
    const todo = "where squares overflow; correct it or divide the column";
    throw badRow("too-large", series, large, `is ${y[large]}, beyond ${LARGEST}, ${todo}`);
  }
  if (squared) {
    const tiny = y.findIndex((value) => value !== 0 && Math.abs(value) < SMALLEST);
    const why = "beyond what can be squared; express the values in another unit";
    if (tiny >= 0) throw badRow("value-range", series, tiny, `is ${y[tiny]}, ${why}`);
  }
  const negative = demand ? y.findIndex((value) => value < 0) : -1;
  if (negative >= 0) {
    throw dataError(
      "negative-demand",
      id,
      y[negative],
      `The model ${notation} is for demand, which cannot be negative, but row ${negative + 1} of ${id} is ${y[negative]}.`,
    );
  }
  const count = observed === undefined ? 0 : observedCount(y);
  if (observed !== undefined && count < observed) {
    const need = `at least ${observed} observed values`;
    throw dataError(
      "series-too-short",
      id,
      count,
      `The model ${notation} needs ${need}, ${id} has ${count}.`,
    );
  }
}

function badRow(code: string, { id, y }: Series, at: number, what: string): YuleError {
  return dataError(code, id, y[at], `Row ${at + 1} of ${id} ${what}.`);
}

/** How many values are not missing. */
export function observedCount(y: Float64Array): number {
  let count = 0;
  for (let t = 0; t < y.length; t++) if (!Number.isNaN(y[t]!)) count++;
  return count;
}
