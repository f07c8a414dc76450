import { largestOf } from "../../math/extremes.js";
import { balanced, type Curve, joinedTo, type Picture, valueRange } from "../pictures/picture.js";
import { axisLines } from "./axis.js";
import { Braille } from "./braille.js";
import type { Colors } from "./colors.js";
import { legendLines } from "./legend.js";
import { type Ink, inkOf, letterOf, MARK, type Scale, SHADES } from "./signs.js";
import { valueTicks } from "./ticks.js";

export interface PlotSize {
  /** Characters. */
  readonly width: number;
  /** Rows of the drawing itself, without the axis. */
  readonly height: number;
}

/** Columns between the letters that stand on a curve where there are several. */
const LETTERS = 9;

/** One curve on a canvas of its own, and the characters that stand on it. */
interface Layer {
  readonly canvas: Braille;
  readonly ink: Ink;
  readonly letters: ReadonlyMap<number, string>;
}

/**
 * A plot in text: observed values and forecasts as fine lines, prediction intervals as shades. Several curves carry letters, and
 * the forecast begins at a dotted rule, so that nothing rests on colours.
 */
export function terminalPlot(full: Picture, size: PlotSize, paint: Colors): string {
  const picture = balanced(full);
  const [low, high] = valueRange(picture);
  const ticks = valueTicks(low, high, Math.max(2, Math.floor(size.height / 3)));
  const margin = largestOf(ticks.map(({ label }) => label.length)) + 2;
  const width = Math.max(10, size.width - margin - 1);
  const last = picture.times.length - 1;
  const scale: Scale = {
    x: (index) => Math.round((index / Math.max(1, last)) * (2 * width - 1)),
    y: (value) => Math.round(((high - value) / (high - low)) * (4 * size.height - 1)),
  };
  const rows = drawing(picture, scale, width, size.height, paint);
  const labels = new Map(ticks.map(({ at, label }) => [scale.y(at) >> 2, label]));
  const body = rows.map((row, at) => {
    const label = labels.get(at);
    return `${paint.dim((label ?? "").padStart(margin - 1))}${paint.dim(label === undefined ? " │" : " ┤")}${row}`;
  });
  return [
    ...body,
    ...axisLines(picture, scale, width, margin, paint),
    ...legendLines(picture, size.width, margin, paint),
    "",
  ].join("\n");
}

/** The rows of the drawing, layer over layer: bands, the rule where forecasts begin, sampled paths, curves, history, marks. */
function drawing(picture: Picture, scale: Scale, width: number, height: number, paint: Colors): string[] {
  const layers = layersOf(picture, scale, width, height, paint);
  const bands = shades(picture.curves[0], scale, width, height);
  const now = beginning(picture, scale);
  return Array.from({ length: height }, (_, row) => {
    let text = "";
    for (let column = 0; column < width; column++) {
      const cell = row * width + column;
      const lettered = layers.findLast(({ letters }) => letters.has(cell));
      const top = layers.findLast(({ canvas }) => canvas.character(column, row) !== "");
      const shade = bands[cell] ?? "";
      if (lettered !== undefined) text += lettered.ink(lettered.letters.get(cell)!);
      else if (top !== undefined) text += top.ink(top.canvas.character(column, row));
      else if (shade !== "") text += paint.cyan(paint.dim(shade));
      else text += column === now ? paint.dim("┊") : " ";
    }
    return text.trimEnd();
  });
}

/** The column where forecasts begin, or -1 where there is no history before them. */
function beginning({ history, curves }: Picture, scale: Scale): number {
  const first = curves[0];
  if (first === undefined || history.length === 0 || first.from < history.length) return -1;
  return (scale.x(first.from - 1) + scale.x(first.from)) >> 2;
}

function layersOf(picture: Picture, scale: Scale, width: number, height: number, paint: Colors): Layer[] {
  const layers: Layer[] = [];
  const taken = new Set<number>();
  const add = (ink: Ink, from: number, values: ArrayLike<number>, letters: Layer["letters"] = new Map()) => {
    const canvas = new Braille(width, height);
    trace(canvas, scale, from, values);
    layers.push({ canvas, ink, letters });
  };
  picture.curves.forEach((curve, at) => {
    const ink = inkOf(at, paint);
    const [from, joined] = joinedTo(picture, curve);
    for (const path of curve.paths ?? [])
      add((text) => paint.dim(ink(text)), from, [...joined, ...Array.from(path)]);
    // Not on the last observed value, where all forecasts begin.
    const letters = lettersOn(letterOf(at, picture), at, curve, scale, width, taken);
    add(ink, from, [...joined, ...Array.from(curve.mean)], letters);
  });
  add((text) => text, 0, picture.history);
  const marked = new Map<number, string>();
  for (const { at, value } of picture.marks ?? []) marked.set(cellOf(at, value, scale, width), MARK);
  layers.push({
    canvas: new Braille(width, height),
    ink: (text) => paint.bold(paint.red(text)),
    letters: marked,
  });
  return layers;
}

function cellOf(index: number, value: number, scale: Scale, width: number): number {
  return (scale.y(value) >> 2) * width + (scale.x(index) >> 1);
}

/** Where the letters of a curve stand: at its end, and every few columns before, each curve's beside those of the others. */
function lettersOn(
  letter: string,
  offset: number,
  { from, mean: values }: Curve,
  scale: Scale,
  width: number,
  taken: Set<number>,
): Map<number, string> {
  const found = new Map<number, string>();
  if (letter === "") return found;
  let next = Number.POSITIVE_INFINITY;
  for (let t = values.length - 1; t >= 0; t--) {
    if (!Number.isFinite(values[t]!)) continue;
    const column = scale.x(from + t) >> 1;
    const cell = cellOf(from + t, values[t]!, scale, width);
    const wanted = next === Number.POSITIVE_INFINITY ? column - 2 * offset : next;
    next = wanted;
    if (column > wanted || taken.has(cell)) continue;
    found.set(cell, letter);
    taken.add(cell);
    next = column - LETTERS;
  }
  return found;
}

function trace(canvas: Braille, scale: Scale, from: number, values: ArrayLike<number>): void {
  for (let t = 0; t < values.length; t++) {
    if (!Number.isFinite(values[t]!)) continue;
    const [x, y] = [scale.x(from + t), scale.y(values[t]!)];
    canvas.dot(x, y);
    if (t > 0 && Number.isFinite(values[t - 1]!))
      canvas.line(scale.x(from + t - 1), scale.y(values[t - 1]!), x, y);
  }
}

/** The shade of each cell: that of the narrowest band its middle lies in. */
function shades(curve: Curve | undefined, scale: Scale, width: number, height: number): string[] {
  const cells: string[] = new Array(width * height).fill("");
  if (curve === undefined || curve.mean.length === 0) return cells;
  const [left, right] = [scale.x(curve.from), scale.x(curve.from + curve.mean.length - 1)];
  for (let column = left >> 1; column <= right >> 1; column++) {
    const share = right === left ? 0 : (2 * column + 0.5 - left) / (right - left);
    const place = Math.min(1, Math.max(0, share)) * (curve.mean.length - 1);
    for (let row = 0; row < height; row++) {
      const inside = curve.bands.findIndex(({ lower, upper }) => {
        const middle = 4 * row + 1.5;
        return scale.y(between(upper, place)) <= middle + 1 && middle - 1 <= scale.y(between(lower, place));
      });
      if (inside >= 0) cells[row * width + column] = SHADES[Math.min(inside, SHADES.length - 1)]!;
    }
  }
  return cells;
}

/** The value at a place between two steps. */
function between(values: ArrayLike<number>, place: number): number {
  const before = Math.floor(place);
  const after = Math.min(before + 1, values.length - 1);
  return values[before]! + (place - before) * (values[after]! - values[before]!);
}
