import * as Plot from "@observablehq/plot";
import { type Curve, joinedTo, type Picture } from "./picture.js";
import { dashOf, hue, INK } from "./strokes.js";

/** Fewer values than this are marked one by one. */
const FEW = 30;

/** The narrowest band is the darkest; bands of several curves are paler, since they lie over each other. */
export function opacity(at: number, count: number, several: boolean): number {
  const [dark, spread] = several ? [0.24, 0.14] : [0.34, 0.22];
  return count === 1 ? dark - 0.1 : dark - (spread * at) / (count - 1);
}

type Place = (index: number) => number | Date;

/** Where on the x axis each time of a picture lies: its date, or the number the data gave it. */
export function placesOf(picture: Picture): Place {
  const { instants, times } = picture;
  if (instants !== null) return (index) => new Date(instants[index]!);
  const first = Number(times[0]);
  return (index) => (Number.isFinite(first) ? first + index : index + 1);
}

/** Bands and lines of every forecast, the history, and the values that are marked. */
export function seriesMarks(picture: Picture, where: Place): Plot.Markish[] {
  const several = picture.curves.length > 1;
  const marks = (picture.marks ?? []).map(({ at, value }) => ({ x: where(at), y: value }));
  return [
    ...picture.curves.map((curve, at) => bandMarks(curve, at, where, several)),
    ...picture.curves.map((curve, at) => lineMarks(picture, curve, at, where)),
    historyMark(picture, where),
    Plot.dot(marks, { x: "x", y: "y", fill: "#b91c1c", r: 4 }),
  ];
}

/** A line through what was observed, with dots where values are few or stand alone between missing ones. */
function historyMark(picture: Picture, where: Place): Plot.Markish {
  const y = picture.history;
  const points = Array.from(y, (value, index) => ({ x: where(index), y: value, index }));
  const known = (index: number) => Number.isFinite(y[index] ?? Number.NaN);
  const alone = points.filter(({ index }) => known(index) && !known(index - 1) && !known(index + 1));
  return [
    Plot.lineY(points, { x: "x", y: "y", stroke: INK, strokeWidth: 1.5 }),
    Plot.dot(points.length < FEW ? points : alone, { x: "x", y: "y", fill: INK, r: 2.2 }),
  ];
}

/** Bands from wide to narrow. */
function bandMarks(curve: Curve, at: number, where: Place, several: boolean): Plot.Markish[] {
  const steps = Array.from(curve.mean, (_, h) => ({ x: where(curve.from + h), h }));
  const bands = curve.bands.map((band, k) => ({
    band,
    fillOpacity: opacity(k, curve.bands.length, several),
  }));
  return bands.reverse().map(({ band, fillOpacity }) => {
    const span = {
      x: "x",
      y1: ({ h }: { h: number }) => band.lower[h],
      y2: ({ h }: { h: number }) => band.upper[h],
      clip: true,
    } as const;
    // An area over one time has no width.
    return steps.length === 1
      ? Plot.ruleX(steps, { ...span, stroke: hue(at), strokeOpacity: fillOpacity, strokeWidth: 10 })
      : Plot.areaY(steps, { ...span, fill: hue(at), fillOpacity });
  });
}

/** Sampled paths, then the line itself; lines start at the last observed value. */
function lineMarks(picture: Picture, curve: Curve, at: number, where: Place): Plot.Markish[] {
  const [from, joined] = joinedTo(picture, curve);
  const line = (values: ArrayLike<number>, look: Plot.LineYOptions) => {
    const points = [...joined, ...Array.from(values)].map((y, h) => ({ x: where(from + h), y }));
    return Plot.lineY(points, { x: "x", y: "y", stroke: hue(at), clip: true, ...look });
  };
  const dash = dashOf(at);
  const own = dash === "" ? {} : { strokeDasharray: dash };
  return [
    ...(curve.paths ?? []).map((path) => line(path, { strokeOpacity: 0.25, strokeWidth: 1 })),
    line(curve.mean, { strokeWidth: 2, ...own }),
    ...(curve.mean.length + joined.length === 1
      ? [Plot.dot([{ x: where(from), y: curve.mean[0] }], { x: "x", y: "y", fill: hue(at), r: 4 })]
      : []),
  ];
}
