import { largestOf } from "../../math/extremes.js";
import { balanced, type Curve, joinedTo, labelOf, type Picture, valueRange } from "../pictures/picture.js";
import { Braille } from "./braille.js";
import type { Colors } from "./colors.js";
import { timeTicks, valueTicks } from "./ticks.js";

export interface PlotSize {
  /** Characters. */
  readonly width: number;
  /** Rows of the drawing itself, without the axis. */
  readonly height: number;
}

/** Shades of bands, the narrowest first. */
const SHADES = ["▒", "░", "·"] as const;

/** Where the values of a picture fall on a canvas of dots. */
interface Scale {
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
}

/** A plot in text: observed values and forecasts as fine lines, prediction intervals as shades. */
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
  return [...body, ...axis(picture, scale, width, margin, paint), legend(picture, margin, paint), ""].join(
    "\n",
  );
}

type Ink = (text: string) => string;

function inks(paint: Colors): readonly Ink[] {
  return [paint.cyan, paint.magenta, paint.yellow, paint.green];
}

/** The rows of the drawing, layer over layer: bands, sampled paths, curves, history. */
function drawing(picture: Picture, scale: Scale, width: number, height: number, paint: Colors): string[] {
  const layers: { canvas: Braille; ink: Ink }[] = [];
  const add = (ink: Ink, from: number, values: ArrayLike<number>) => {
    const canvas = new Braille(width, height);
    trace(canvas, scale, from, values);
    layers.push({ canvas, ink });
  };
  picture.curves.forEach((curve, at) => {
    const ink = inks(paint)[at % 4]!;
    const [from, joined] = joinedTo(picture, curve);
    for (const path of curve.paths ?? [])
      add((text) => paint.dim(ink(text)), from, [...joined, ...Array.from(path)]);
    add(ink, from, [...joined, ...Array.from(curve.mean)]);
  });
  add((text) => text, 0, picture.history);
  const bands = shades(picture.curves[0], scale, width, height);
  return Array.from({ length: height }, (_, row) => {
    let text = "";
    for (let column = 0; column < width; column++) {
      const top = layers.findLast(({ canvas }) => canvas.character(column, row) !== "");
      const shade = bands[row * width + column] ?? "";
      text +=
        top === undefined
          ? shade === ""
            ? " "
            : paint.cyan(paint.dim(shade))
          : top.ink(top.canvas.character(column, row));
    }
    return text.trimEnd();
  });
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

/** The time axis: a rule with ticks, and as many labels under it as have room. */
function axis(picture: Picture, scale: Scale, width: number, margin: number, paint: Colors): string[] {
  const rule = new Array<string>(width).fill("─");
  let labels = "";
  for (const { at, label } of timeTicks(picture.times, picture.instants)) {
    const column = scale.x(at) >> 1;
    const start = Math.max(0, Math.min(column - (label.length >> 1), width - label.length));
    if (labels !== "" && start < labels.length + 2) continue;
    rule[column] = "┴";
    labels = labels.padEnd(start) + label;
  }
  const indent = " ".repeat(margin);
  return [paint.dim(`${indent}└${rule.join("")}`), paint.dim(`${indent} ${labels}`)];
}

function legend(picture: Picture, margin: number, paint: Colors): string {
  const bands = (picture.curves[0]?.bands ?? []).map(
    ({ level }, at) =>
      `${paint.cyan(paint.dim(SHADES[Math.min(at, SHADES.length - 1)]!.repeat(2)))} ${level} %`,
  );
  const curves = picture.curves.map((curve, at) => `${inks(paint)[at % 4]!("━━")} ${labelOf(curve)}`);
  const observed = picture.history.length === 0 ? [] : ["━━ observed"];
  return `${" ".repeat(margin + 1)}${[...observed, ...curves, ...bands].join("   ")}`;
}
