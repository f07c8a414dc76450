import type { Picture } from "../pictures/picture.js";
import type { Colors } from "./colors.js";
import type { Scale } from "./signs.js";
import { spanOf, type Tick, timeTicks } from "./ticks.js";
import { wrapped } from "./wrap.js";

/** Time ticks, at most. */
const MOST = 12;

/** The time axis: a rule with ticks, their labels under it, and below them what these leave out, the year. */
export function axisLines(
  picture: Picture,
  scale: Scale,
  width: number,
  margin: number,
  paint: Colors,
): string[] {
  const { times, instants } = picture;
  const room = (found: readonly Tick[]) => placed(found, scale, width).length === found.length;
  const ticks = timeTicks(times, instants, 3, (found) => found.length <= MOST && room(found));
  const rule = new Array<string>(width).fill("─");
  let labels = "";
  for (const { column, start, label } of placed(ticks, scale, width)) {
    rule[column] = "┴";
    labels = labels.padEnd(start) + label;
  }
  const indent = " ".repeat(margin);
  const named = [picture.timeName, spanOf(times, instants, ticks)].filter((part) => part);
  const below = named.length === 0 ? [] : wrapped(named.join(", "), width - 1).split("\n");
  return [
    paint.dim(`${indent}└${rule.join("")}`),
    paint.dim(`${indent} ${labels}`.trimEnd()),
    ...below.map((line) => paint.dim(`${indent} ${line}`)),
  ];
}

/** The ticks whose labels have room beside those before them. */
function placed(ticks: readonly Tick[], scale: Scale, width: number) {
  let end = -1;
  return ticks.flatMap(({ at, label }) => {
    const column = scale.x(at) >> 1;
    const start = Math.max(0, Math.min(column - (label.length >> 1), width - label.length));
    if (end >= 0 && start < end + 1) return [];
    end = start + label.length;
    return [{ column, start, label }];
  });
}
