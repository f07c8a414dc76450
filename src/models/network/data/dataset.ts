import type { Panel, Series } from "../../../core/series.js";
import { meanSizeOf } from "../../../diagnostics/summary.js";
import { powerOf } from "../../../math/power.js";
import { codeOf, columnsOf, type NetworkConfig } from "./config.js";
import { featureWriter } from "./features.js";
import { logScaleFeature, NO_SCALE, scaleAfter, scaleOf } from "./scale.js";

/** Where a series lies in the flat arrays, and what of it is for what. */
export interface SampleWindow {
  /** Index of row 0; the rows before it, as many as the longest lag, hold the first value. */
  readonly offset: number;
  readonly length: number;
  /** First row that can be predicted: the one after the first observed value. */
  readonly first: number;
  /** Rows from here on are for validation; `length` where nothing is held back. */
  readonly held: number;
  /** How often windows are drawn from it. */
  readonly weight: number;
}

/** A panel as flat arrays that threads can share: everything a window is filled from, computed once. */
export interface Dataset {
  readonly stretches: readonly SampleWindow[];
  /** Values as they are, missing ones filled in. */
  readonly values: Float32Array;
  /** 1 where observed and predictable, else 0. */
  readonly targets: Float32Array;
  readonly scale: Float32Array;
  readonly perScale: Float32Array;
  readonly logScale: Float32Array;
  /** rows × shared features. */
  readonly features: Float32Array;
  /** A code a series for each category. */
  readonly codes: readonly Int32Array[];
  /** Where values are missing, after the first observed one. */
  readonly gaps: readonly Span[];
}

/** Rows `from` to `to` (exclusive) of a series. */
export interface Span {
  readonly series: number;
  readonly from: number;
  readonly to: number;
}

/** How many bytes the arrays of a dataset take. */
export function datasetBytes(config: NetworkConfig, panel: Panel): number {
  const lead = config.lags.at(-1)!;
  const rows = panel.reduce((sum, { y }) => sum + y.length + lead, 0);
  return 4 * rows * (5 + columnsOf(config).sharedCount);
}

export interface DatasetOptions {
  /** Rows at the end of each series that are held back for validation, where enough are left. */
  readonly held: number;
  /** Rows that must be left for training before any are held back. */
  readonly needed: number;
  /** Windows are drawn in proportion to scale^power. */
  readonly power: number;
}

/** @param panel series with at least two observed values each. */
export function dataset(config: NetworkConfig, panel: Panel, options: DatasetOptions): Dataset {
  const lead = config.lags.at(-1)!;
  const width = columnsOf(config).sharedCount;
  const rows = panel.reduce((sum, { y }) => sum + y.length + lead, 0);
  const floats = (count: number) => shareable(4 * count, (buffer) => new Float32Array(buffer));
  const data: Dataset = {
    stretches: stretchesOf(panel, lead, options),
    values: floats(rows),
    targets: floats(rows),
    scale: floats(rows),
    perScale: floats(rows),
    logScale: floats(rows),
    features: floats(rows * width),
    codes: config.categories.map(({ source }, c) =>
      Int32Array.from(panel, (series) => codeOf(config.categories[c]!, categoryValue(series, source))),
    ),
    gaps: panel.flatMap(gapsOf),
  };
  panel.forEach((series, i) => {
    writeValues(config, data, series, data.stretches[i]!, lead);
    writeFeatures(config, data, series, data.stretches[i]!, width);
  });
  return data;
}

/** A category's value for a series: its id, or the first number in the column. */
export function categoryValue({ id, inputs }: Series, source: string): string | number {
  if (source === "id") return id;
  return inputs.columns[inputs.names.indexOf(source)]?.[0] ?? Number.NaN;
}

function gapsOf({ y }: Series, series: number): Span[] {
  const gaps: Span[] = [];
  const first = y.findIndex((value) => !Number.isNaN(value));
  for (let t = first; t < y.length; t++) {
    if (!Number.isNaN(y[t]!)) continue;
    const from = t;
    while (t < y.length && Number.isNaN(y[t]!)) t++;
    gaps.push({ series, from, to: t });
  }
  return gaps;
}

function stretchesOf(panel: Panel, lead: number, { held, needed, power }: DatasetOptions): SampleWindow[] {
  let end = 0;
  return panel.map(({ y }) => {
    const offset = end + lead;
    end = offset + y.length;
    const first = y.findIndex((value) => !Number.isNaN(value)) + 1;
    const split = y.length - held;
    const holds = split - first >= needed && anyObserved(y, first, split) && anyObserved(y, split, y.length);
    const kept = holds ? y.length - held : y.length;
    return {
      offset,
      length: y.length,
      first,
      held: kept,
      weight: powerOf(meanSizeOf(y.subarray(0, kept)) || 1, power),
    };
  });
}

function anyObserved(y: Float64Array, from: number, to: number): boolean {
  return y.subarray(from, to).some((value) => !Number.isNaN(value));
}

/** Values, what is missing filled with the value a period before, and the scale as it was before each row. */
function writeValues(
  config: NetworkConfig,
  data: Dataset,
  { y, period }: Series,
  at: SampleWindow,
  lead: number,
): void {
  const { offset, first } = at;
  data.values.fill(y[first - 1]!, offset - lead, offset + first);
  let scale = NO_SCALE;
  for (let t = 0; t < y.length; t++) {
    const i = offset + t;
    const s = scaleOf(scale);
    data.scale[i] = s;
    data.perScale[i] = 1 / s;
    data.logScale[i] = logScaleFeature(s, config.logScale);
    const value = y[t]!;
    const missing = Number.isNaN(value);
    data.targets[i] = t < first || missing || scale.total === 0 ? 0 : 1;
    if (t >= first) data.values[i] = missing ? data.values[t - period >= first ? i - period : i - 1]! : value;
    scale = scaleAfter(scale, value, config.fade);
  }
}

function writeFeatures(
  config: NetworkConfig,
  data: Dataset,
  series: Series,
  at: SampleWindow,
  width: number,
): void {
  const write = featureWriter(config);
  const row = new Float64Array(series.inputs.columns.length);
  for (let t = 0; t < series.y.length; t++) {
    series.inputs.columns.forEach((column, j) => {
      row[j] = column[t]!;
    });
    const lastObserved = t > 0 && !Number.isNaN(series.y[t - 1]!);
    write(series.time, t, lastObserved, row, data.features, (at.offset + t) * width);
  }
}

/** An array that threads can share where this environment allows it. */
function shareable<T>(bytes: number, view: (buffer: ArrayBufferLike) => T): T {
  return view(
    typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes),
  );
}
