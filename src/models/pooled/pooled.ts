import { dataError, type YuleError } from "../../core/errors.js";
import type { FitOptions, Fitted, Model } from "../../core/model.js";
import type { Panel, Series } from "../../core/series.js";
import { meanSizeOf } from "../../diagnostics/summary.js";
import { square } from "../../math/power.js";
import { assembleFit } from "../contract/assemble.js";
import { type Definition, defineModel, makeModel } from "../contract/define.js";
import { list, orNull, whole } from "../contract/kinds.js";
import { type OptionsOf, option } from "../contract/schema.js";
import { observedCount } from "../guard.js";
import { calibrationOf, learnedScores, widthNote } from "../shared/held-out-widths.js";
import { areSeldomCounts } from "./estimation/counts.js";
import { type Estimates, estimate, RIDGE } from "./estimation/estimate.js";
import { layoutsOf } from "./estimation/layouts.js";
import { type Layout, prepared } from "./estimation/rows.js";
import { type Selected, selectLayout } from "./estimation/selection.js";
import { calendarColumns, type PooledParams, type PooledState, type Usual } from "./params.js";
import { pooledProcess } from "./process.js";

const MOST_STEPS = 10_000;

const POOLED_OPTIONS = {
  /** How many steps back it looks; default by frequency: the last seven, and each cycle's turns with their neighbours. */
  lags: option(
    orNull(
      list(
        whole(1, MOST_STEPS),
        `ascending whole numbers from 1 to ${MOST_STEPS}, such as 1+2+12`,
        (lags) => lags.length > 0 && lags.every((lag, i) => lag > (lags[i - 1] ?? 0)),
      ),
    ),
    { unset: "by frequency", summary: "lags that it uses, as in 1+2+12" },
  ),
};

type Schema = typeof POOLED_OPTIONS;

export interface PooledOptions extends OptionsOf<Schema> {}

export interface PooledDetails {
  readonly [name: string]: unknown;
  readonly lags: readonly number[];
  readonly logarithms: boolean;
  readonly usual: Usual | null;
  readonly series: number;
  readonly rows: number;
  readonly variance: number;
  readonly df: number;
  readonly strength: number;
  readonly steadiness: number;
  readonly ridge: number;
  /** α of negative binomial counts; absent where errors have Student's t distribution. */
  readonly dispersion?: number;
}

export type PooledFitted = Fitted<PooledParams, PooledState, PooledDetails>;

export type PooledDefinition = Definition<Schema, PooledFitted>;

/** `pooled`, `pooled(lags=1+2+12)`. */
export const pooledModel: PooledDefinition = defineModel({
  name: "pooled",
  summary: "one linear autoregression for a whole panel, by least squares on scaled lags",
  forms: ["pooled", "pooled(lags=1+2+12)"],
  options: POOLED_OPTIONS,
  inputs: "uses",
  processes: [pooledProcess],
  refusal,
  fit: (series, { choice, notation }) => fitAll([series], choice.lags, notation)[0]!,
  fitPanel: async (panel, { choice, notation, options }) => fitAll(panel, choice.lags, notation, options),
});

/**
 * One linear autoregression for all series of a panel, by least squares on lags in units of each series' scale, calendar and inputs.
 *
 * y_t/s_t = c + Σ_j φ_j y_{t−l_j}/s_t + β'x_t + ε_t. It trains in milliseconds; series that it never saw are forecast by the same
 * coefficients (`apply`). Missing values are left out.
 *
 * @param options see `PooledOptions` for ranges and defaults.
 * @returns a model; its `fitPanel(panel)` estimates it on all series together.
 * @throws YuleError `bad-lags`; when fitting `series-too-short`, `mismatched-frequency`.
 * @see P. Montero-Manso, R. J. Hyndman (2021), "Principles and algorithms for forecasting groups of time series: locality and globality",
 *   International Journal of Forecasting 37, 1632-1653.
 * @example
 * const learned = await pooled().fitPanel(panel);
 * learned.map((fitted) => forecast(fitted, { horizon: 24 }).mean);
 */
export function pooled(options: PooledOptions = {}): Required<Model<PooledFitted>> {
  return makeModel(pooledModel, options) as Required<Model<PooledFitted>>;
}

function refusal(series: Series): YuleError | null {
  if (observedCount(series.y) >= 2) return null;
  return dataError(
    "series-too-short",
    series.id,
    observedCount(series.y),
    `${series.id} has ${observedCount(series.y)} observed values; pooled needs 2 of every series.`,
  );
}

function fitAll(
  panel: Panel,
  lags: readonly number[] | null,
  notation: string,
  { signal, horizon }: FitOptions = {},
): PooledFitted[] {
  const learned = panel.filter((series) => refusal(series) === null);
  if (learned.length === 0) throw refusal(panel[0]!)!;
  const layouts = layoutsOf(learned, lags);
  signal?.throwIfAborted();
  const { period, time } = panel[0]!;
  const bounded = learned.every(({ y }) => y.every((value) => !(value < 0)));
  const counts = areSeldomCounts(learned);
  const shared = {
    frequency: time?.frequency ?? null,
    low: bounded ? 0 : null,
    ...(counts ? { dispersion: 1 } : {}),
  };
  const selected = selectLayout(layouts, learned, horizon ?? (period > 1 ? 2 * period : 10), shared);
  const { layout, steadiness } = selected;
  signal?.throwIfAborted();
  const found = estimate(layout, prepared(layout, learned), steadiness, counts);
  if (found === null) throw tooShort(learned, layout);
  const { coefficients, noise } = found;
  const params: PooledParams = { ...layout, ...shared, ...noise, coefficients };
  const findings = findingsOf(layout, found, { series: learned.length, steadiness, notation });
  const widths = widthsOf(selected);
  // Errors have a size of their own in every series: what all share is their variance in units of the scale.
  return panel.map((series) => ({
    ...assembleFit(pooledProcess, params, series, {
      ...findings,
      notes: widths.notes,
      sigma2: found.variance * (layout.log === null ? square(meanSizeOf(series.y)) : 1),
    }),
    ...widths.calibrated,
  }));
}

/** Widths of intervals as forecasts of held-out rows need them. */
function widthsOf({ heldOutScores, forecasts }: Selected) {
  if (forecasts === 0) return { notes: [], calibrated: {} };
  const scores = learnedScores(
    heldOutScores,
    heldOutScores.reduce((most, { step }) => Math.max(most, step), 1),
    forecasts,
  );
  return { notes: [widthNote(scores, forecasts)], calibrated: { calibration: calibrationOf(scores) } };
}

interface Told {
  readonly series: number;
  readonly steadiness: number;
  readonly notation: string;
}

function findingsOf(layout: Layout, found: Estimates, { series, steadiness, notation }: Told) {
  const names = columnNames(layout);
  // Deviations have no constant.
  const named = (values: Float64Array) =>
    Object.fromEntries(
      names.flatMap((name, j) => (j === 0 && layout.usual !== null ? [] : [[name, values[j]!]])),
    );
  const { rows, variance, noise } = found;
  return {
    notation,
    coefficients: named(found.coefficients),
    stdErrors: named(found.stdErrors),
    details: {
      lags: layout.lags,
      logarithms: layout.log !== null,
      usual: layout.usual,
      series,
      rows,
      variance,
      df: noise.df,
      strength: noise.strength,
      steadiness,
      ridge: RIDGE,
      ...(noise.dispersion === undefined ? {} : { dispersion: noise.dispersion }),
    },
  };
}

function columnNames(layout: Layout): string[] {
  const { lags, cycles, inputs } = layout;
  const places = calendarColumns(layout) / 3;
  const parts = Array.from({ length: places }, (_, i) => cycles[i] ?? "season");
  return [
    "intercept",
    ...lags.map((lag) => `ar${lag}`),
    ...parts.flatMap((part) => [`${part}-turn`, `${part}-cos`, `${part}-sin`]),
    ...inputs.map(({ name }) => name),
  ];
}

function tooShort(panel: Panel, { lags }: Layout): YuleError {
  const rows = panel.reduce((sum, { y }) => sum + Math.max(0, observedCount(y) - lags.at(-1)!), 0);
  const what = panel.length === 1 ? panel[0]!.id : "the panel";
  return dataError(
    "series-too-short",
    panel[0]!.id,
    rows,
    `${what} has about ${rows} rows whose ${lags.length} lags, back to ${lags.at(-1)}, were observed: too few for their coefficients; give fewer lags, as in pooled(lags=1+2), or more data.`,
  );
}
