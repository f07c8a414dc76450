import { largestOf } from "../../math/extremes.js";

/** A prediction interval at every step of a curve. */
export interface Band {
  /** Percent. */
  readonly level: number;
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
}

/** A forecast as it is drawn: a line, its bands, and perhaps sampled paths. */
export interface Curve {
  readonly name: string;
  /** Where on the axis of the picture its first value stands. */
  readonly from: number;
  readonly mean: ArrayLike<number>;
  /** Narrowest first. */
  readonly bands: readonly Band[];
  readonly paths?: readonly ArrayLike<number>[];
}

/** What a plot shows, in any medium: observed values and the curves that continue them, over one axis of times. */
export interface Picture {
  readonly title: string;
  /** Labels of all times, of the history first. */
  readonly times: readonly string[];
  /** The same times as milliseconds since 1970 in local time; null where they are mere numbers. */
  readonly instants: readonly number[] | null;
  readonly history: ArrayLike<number>;
  readonly curves: readonly Curve[];
  /** What the values are, for the axis: the name of their column. */
  readonly valueName?: string;
  /** What the times are, for the axis. */
  readonly timeName?: string;
  /** Values that are pointed out, and what they are. */
  readonly marks?: readonly Mark[];
  readonly marksName?: string;
}

/** A value that is pointed out, by its place on the axis of the picture. */
export interface Mark {
  readonly at: number;
  readonly value: number;
}

/** The picture with only its last `keep` observed values. */
export function recent(picture: Picture, keep: number): Picture {
  const drop = Math.max(0, picture.history.length - keep);
  if (drop === 0) return picture;
  return {
    ...picture,
    times: picture.times.slice(drop),
    instants: picture.instants?.slice(drop) ?? null,
    history: Array.from(picture.history).slice(drop),
    curves: picture.curves.map((curve) => ({ ...curve, from: curve.from - drop })),
    ...(picture.marks === undefined ? {} : { marks: movedBack(picture.marks, drop) }),
  };
}

function movedBack(marks: readonly Mark[], drop: number): Mark[] {
  return marks.filter(({ at }) => at >= drop).map((mark) => ({ ...mark, at: mark.at - drop }));
}

/** Where the lines of a curve begin, and with which value: the last observed one where there is one before it. */
export function joinedTo({ history }: Picture, { from }: Curve): readonly [number, readonly number[]] {
  const before = history[from - 1];
  return before === undefined || Number.isNaN(before) ? [from, []] : [from - 1, [before]];
}

/** So much history that the forecast takes a visible share of the width. */
export function balanced(picture: Picture): Picture {
  const ahead = largestOf(
    picture.curves.map(({ mean }) => mean.length),
    0,
  );
  return ahead === 0 ? picture : recent(picture, Math.max(4 * ahead, 60));
}

/** So much of the history that the forecast takes a visible share of the width: less where it lies over the history, as past forecasts do. */
export function inView(full: Picture): Picture {
  const ahead = largestOf(
    full.curves.map(({ mean }) => mean.length),
    0,
  );
  if (ahead === 0) return full;
  const past = full.curves.every(({ from, mean }) => from + mean.length <= full.history.length);
  return recent(full, past ? Math.max(3 * ahead, 60) : Math.max(8 * ahead, 120));
}

/**
 * The least and the greatest value to be drawn; what explodes is cut off at some ranges from the rest.
 *
 * @param all whether the bands of every curve are drawn, or those of the first only.
 */
export function valueRange(picture: Picture, all = false): readonly [number, number] {
  const core = [
    picture.history,
    (picture.marks ?? []).map(({ value }) => value),
    ...picture.curves.map(({ mean }) => mean),
  ].flatMap((values) => Array.from(values));
  const [low, high] = extent(core);
  const reach = 2 * (high - low || Math.abs(high) || 1);
  const edges = picture.curves.flatMap(({ bands, paths }, at) => [
    ...(all || at === 0 ? bands : []).flatMap(({ lower, upper }) => [
      ...Array.from(lower),
      ...Array.from(upper),
    ]),
    ...(paths ?? []).flatMap((path) => Array.from(path)),
  ]);
  const [least, most] = extent([low, high, ...edges]);
  const [from, to] = [Math.max(least, low - reach), Math.min(most, high + reach)];
  return from < to ? [from, to] : [from - Math.abs(from || 1) / 2, to + Math.abs(to || 1) / 2];
}

function extent(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 0];
}

/** A longer name is cut in a legend: that of a pool of models would run off the picture. */
const LONGEST_LABEL = 48;

/** A curve's name as a legend has room for it. */
export function labelOf({ name }: Pick<Curve, "name">): string {
  return name.length <= LONGEST_LABEL ? name : `${name.slice(0, LONGEST_LABEL - 1)}…`;
}

/** The label of a curve that is the median of sampled paths says so, and how many of them are drawn. */
export function pathsNamed(label: string, { paths = [] }: { readonly paths?: Curve["paths"] }): string {
  return paths.length === 0 ? label : `${label}: median, ${paths.length} sampled paths`;
}
