import * as Plot from "@observablehq/plot";
import type { BarChart } from "./bars.js";
import { hue } from "./strokes.js";

/** Bars from 0, the edges of the band that means nothing, and the line over the bars. */
export function barMarks({ x, values, band, curve }: BarChart): Plot.Markish[] {
  const half = x.length < 2 ? 0.4 : 0.38 * (x[1]! - x[0]!);
  const bars = x.map((at, index) => ({ from: at - half, to: at + half, value: values[index]! }));
  return [
    Plot.rectY(bars, { x1: "from", x2: "to", y: "value", fill: hue(0), fillOpacity: 0.75 }),
    Plot.ruleY([0], { stroke: "#6b7280" }),
    ...(band === null
      ? []
      : [Plot.ruleY([-band, band], { stroke: "#b91c1c", strokeDasharray: "4 3", strokeWidth: 1.2 })]),
    ...(curve === null
      ? []
      : [
          Plot.lineY(
            x.map((at, index) => ({ at, value: curve.values[index] })),
            { x: "at", y: "value", stroke: hue(1), strokeWidth: 2, curve: "natural" },
          ),
        ]),
  ];
}
