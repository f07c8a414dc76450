import type { BarChart } from "../pictures/bars.js";
import type { Figure } from "../pictures/figure.js";
import { inView, type Picture, recent } from "../pictures/picture.js";

type Values = readonly (number | null)[];

/** A picture as the script of a page reads it. */
export type FigureData = SeriesData | BarsData;

/** A chart of a series without its times, which stand among the axes. */
export type StoredFigure = (Omit<SeriesData, keyof AxisData> & { readonly axis: number }) | BarsData;

export interface SeriesData {
  readonly kind: "series";
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  readonly times: readonly string[];
  readonly instants: readonly number[] | null;
  readonly history: Values;
  /** The first place that is in view before anyone zooms. */
  readonly first: number;
  readonly lines: readonly {
    readonly name: string;
    readonly from: number;
    readonly values: Values;
    readonly bands: readonly { readonly level: number; readonly lower: Values; readonly upper: Values }[];
    readonly paths: readonly Values[];
  }[];
  readonly marks: readonly { readonly at: number; readonly value: number }[];
  readonly marksName: string;
}

export interface BarsData {
  readonly kind: "bars";
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  readonly x: readonly number[];
  /** What stands under the bars, where they are not at numbers; they then stand at 0, 1, 2, …. */
  readonly labels: readonly string[] | null;
  readonly values: Values;
  readonly band: number | null;
  readonly curve: { readonly name: string; readonly values: Values } | null;
}

/** A file that a page hands over. */
export interface PageFile {
  readonly name: string;
  readonly text: string;
}

/** The times of a chart, which many charts share. */
export interface AxisData {
  readonly times: readonly string[];
  readonly instants: readonly number[] | null;
}

export interface PageData {
  /** Charts of series name their axis by its place among `axes`. */
  readonly figures: readonly StoredFigure[];
  readonly axes: readonly AxisData[];
  readonly files: readonly PageFile[];
}

/** Digits of a number in a page: more than a screen shows, fewer than a double has. */
const DIGITS = 6;

/** The data of a page: figures, and each axis of times once. */
export function pageData(figures: readonly Figure[], files: readonly PageFile[]): PageData {
  const axes: AxisData[] = [];
  const places = new Map<string, number>();
  const stored = figures.map(figureData).map((figure): StoredFigure => {
    if (figure.kind === "bars") return figure;
    const { times, instants, ...rest } = figure;
    const key = JSON.stringify([
      times.length,
      times[0],
      times.at(-1),
      times,
      instants?.[0],
      instants?.at(-1),
    ]);
    const place = places.get(key) ?? axes.push({ times, instants }) - 1;
    places.set(key, place);
    return { ...rest, axis: place };
  });
  return { figures: stored, axes, files };
}

/** Observed values of a chart, at most: the last ones. */
const LONGEST = 20_000;

export function figureData(figure: Figure): FigureData {
  return "kind" in figure ? barsData(figure) : seriesData(figure);
}

function seriesData(whole: Picture): SeriesData {
  const picture = recent(whole, LONGEST);
  const { title, times, instants, history, curves, timeName, valueName, marks, marksName } = picture;
  return {
    kind: "series",
    title,
    xName: timeName ?? (instants === null ? "row" : "time"),
    yName: valueName ?? "value",
    times,
    instants,
    history: short(history),
    first: history.length - inView(picture).history.length,
    lines: curves.map(({ name, from, mean, bands, paths }) => ({
      name,
      from,
      values: short(mean),
      bands: bands.map(({ level, lower, upper }) => ({ level, lower: short(lower), upper: short(upper) })),
      paths: (paths ?? []).map(short),
    })),
    marks: marks ?? [],
    marksName: marksName ?? "",
  };
}

function barsData({ kind, title, xName, yName, x, labels, values, band, curve }: BarChart): BarsData {
  const line = curve === null ? null : { name: curve.name, values: short(curve.values) };
  return {
    kind,
    title,
    xName,
    yName,
    x: x.map((at) => Number(at.toPrecision(DIGITS))),
    labels: labels ?? null,
    values: short(values),
    band,
    curve: line,
  };
}

function short(values: ArrayLike<number>): Values {
  return Array.from(values, (value) => (Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null));
}

/** JSON that may stand in a script element: nothing in it can end the element. */
export function embedded(data: PageData): string {
  return JSON.stringify(data)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}
