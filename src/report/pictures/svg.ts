import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { largestOf } from "../../math/extremes.js";
import { barMarks } from "./bar-marks.js";
import type { Figure } from "./figure.js";
import { escapeMarkup, plainText } from "./markup.js";
import { inView, labelOf, type Picture, pathsNamed, valueRange } from "./picture.js";
import { opacity, placesOf, seriesMarks } from "./series-marks.js";
import { dashOf, hue, INK } from "./strokes.js";
import { wholeTicks } from "./whole-ticks.js";

const SOFT = "#4b5563";
const FONT =
  "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', 'Open Sans', Arial, sans-serif";

const SINGLE = { width: 960, height: 460 };
const SMALL = { width: 470, height: 270 };
/** Height of the title, and of a line of the legend. */
const TITLE = 36;
const LINE = 18;
const GAP = 20;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Figures as one SVG text: one of them large, several as small multiples with axes each.
 *
 * Bands are shaded around each forecast, the narrowest darkest; sampled paths are fine lines. The legend says whose bands they are.
 */
export function svgText(figures: readonly Figure[]): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const alone = figures.length === 1;
  const columns = alone ? 1 : 2;
  const size = alone ? SINGLE : SMALL;
  const legends = figures.map((figure) => legendLines(figure, size.width));
  const rows = rowsOf(legends, columns, size.height + (alone ? 0 : GAP / 2));
  const last = rows.at(-1) ?? { top: 0, height: 0, head: 0 };
  const [width, height] = [columns * (size.width + GAP), last.top + last.height + GAP / 2];
  const parts = figures.map((figure, at) => {
    const { top: y, head } = rows[Math.floor(at / columns)]!;
    const x = (at % columns) * (size.width + GAP) + GAP / 2;
    return `<g transform="translate(${x},${y})">${heading(figure, legends[at]!, size)}<g transform="translate(0,${head})">${chart(figure, size, document)}</g></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}" role="img">
<title>${escapeMarkup(figures.map(({ title }) => title).join(", "))}</title>
<rect width="100%" height="100%" fill="white"/>
${parts.join("\n")}
</svg>
`;
}

/** Where each row of figures stands, and how high the title and the longest legend in it are. */
function rowsOf(legends: readonly (readonly unknown[])[], columns: number, chart: number) {
  const rows: { top: number; height: number; head: number }[] = [];
  for (let from = 0; from < legends.length; from += columns) {
    const lines = largestOf(
      legends.slice(from, from + columns).map(({ length }) => length),
      1,
    );
    const before = rows.at(-1);
    const head = TITLE + LINE * lines;
    rows.push({ top: before === undefined ? 0 : before.top + before.height, height: chart + head, head });
  }
  return rows;
}

interface Key {
  readonly mark: string;
  readonly label: string;
  readonly wide: number;
}

/** Title and legend over a chart. */
function heading(figure: Figure, lines: readonly (readonly Key[])[], size: Size): string {
  const title = `<text x="8" y="24" font-size="${titleSize(figure.title, size)}" font-weight="600" fill="${INK}">${escapeMarkup(shortened(figure.title, size.width / 7))}</text>`;
  const keys = lines.flatMap((line, row) => {
    let x = 8;
    return line.map(({ mark, label, wide }) => {
      const key = `<g transform="translate(${x},${TITLE + LINE * row + 10})">${mark}<text x="32" font-size="12" fill="${SOFT}">${escapeMarkup(label)}</text></g>`;
      x += wide;
      return key;
    });
  });
  return title + keys.join("");
}

/** A long title is written smaller before it is cut. */
function titleSize({ length }: string, { width }: Size): number {
  return Math.round(Math.min(17, Math.max(12, (1.75 * width) / length)));
}

function legendLines(figure: Figure, width: number): Key[][] {
  const lines: Key[][] = [];
  let used = 0;
  for (const { mark, label } of "kind" in figure
    ? barLegend(figure.curve?.name, figure.band)
    : legend(figure)) {
    const wide = 32 + 6.8 * label.length + 18;
    const last = lines.at(-1);
    if (last === undefined || used + wide > width) lines.push([{ mark, label, wide }]);
    else last.push({ mark, label, wide });
    used = last === undefined || used + wide > width ? wide : used + wide;
  }
  return lines;
}

const line = (stroke: string, dash = "") =>
  `<path d="M0,-4h26" stroke="${stroke}" stroke-width="2.2"${dash === "" ? "" : ` stroke-dasharray="${dash}"`}/>`;

/** Every line, and after it the shades of its own bands. */
function legend({ history, curves, marks, marksName }: Picture): { mark: string; label: string }[] {
  if (curves.length === 0 && (marks ?? []).length === 0) return [];
  const several = curves.length > 1;
  const ofSeveral = curves.filter(({ bands }) => bands.length > 0).length > 1;
  const observed = history.length === 0 ? [] : [{ mark: line(INK), label: "observed" }];
  const keys = curves.flatMap((curve, at) => [
    { mark: line(hue(at), dashOf(at)), label: pathsNamed(labelOf(curve), curve) },
    ...curve.bands.map(({ level }, k, all) => ({
      mark: `<rect y="-11" width="26" height="13" rx="2" fill="${hue(at)}" fill-opacity="${opacity(k, all.length, several)}"/>`,
      label: ofSeveral ? `${level} % of ${shortened(curve.name, 24)}` : `${level} %`,
    })),
  ]);
  const dots = `<circle cx="13" cy="-4" r="4" fill="#b91c1c"/>`;
  const marked = (marks ?? []).length === 0 ? [] : [{ mark: dots, label: marksName ?? "marked" }];
  return [...observed, ...keys, ...marked];
}

function barLegend(curve: string | undefined, band: number | null): { mark: string; label: string }[] {
  return [
    ...(curve === undefined ? [] : [{ mark: line(hue(1)), label: curve }]),
    ...(band === null ? [] : [{ mark: line("#b91c1c", "4 3"), label: "95 % of an independent series" }]),
  ];
}

function chart(figure: Figure, size: Size, document: Document): string {
  const bars = "kind" in figure;
  const picture = bars ? null : inView(figure);
  const options: Plot.PlotOptions = {
    document,
    width: size.width,
    height: size.height,
    marginRight: 18,
    marginTop: 12,
    marginBottom: 42,
    style: { fontFamily: "inherit", fontSize: "12px", background: "none", color: SOFT },
  };
  const axes =
    picture === null ? barAxes(figure as Extract<Figure, { kind: "bars" }>, size) : seriesAxes(picture, size);
  const drawn = (marginLeft: number) => {
    const plot = Plot.plot({ ...options, marginLeft, ...axes });
    return (plot.tagName.toLowerCase() === "svg" ? plot : plot.querySelector("svg"))!;
  };
  const svg = drawn(MARGIN);
  const wanted = NAME + DIGIT * longestNumber(svg);
  return stripped((wanted > MARGIN ? drawn(wanted) : svg).outerHTML);
}

/** Left of a chart: the name of its axis, and the numbers beside it, in pixels. */
const MARGIN = 64;
const NAME = 30;
const DIGIT = 7;

/** Letters of the longest number beside the axis of the values, which Plot chooses. */
function longestNumber(svg: Element): number {
  const labels = svg.querySelectorAll('[aria-label="y-axis tick label"] text');
  return largestOf(
    [...labels].map(({ textContent }) => textContent?.length ?? 0),
    0,
  );
}

/** Names of axes stand beside their middle, without the arrows that Plot gives them. */
function named(label: string) {
  return { label: plainText(shortened(label, 40)), labelAnchor: "center", labelArrow: "none" } as const;
}

function seriesAxes(picture: Picture, size: Size): Plot.PlotOptions {
  const { instants, timeName, valueName } = picture;
  return {
    x: {
      ...named(timeName ?? (instants === null ? "row" : "time")),
      ...(instants === null ? countedX(picture, size) : { type: "utc" }),
    },
    y: {
      ...named(valueName ?? "value"),
      grid: true,
      nice: true,
      ticks: size.height / 65,
      tickSize: 0,
      domain: [...valueRange(picture, true)],
      tickFormat: tickFormat(picture),
    },
    marks: seriesMarks(picture, placesOf(picture)),
  };
}

/** Places that are counted have the names of their times. */
function countedX({ times }: Picture, { width }: Size): Plot.ScaleOptions {
  const first = Number(times[0]);
  const numbered = Number.isFinite(first);
  const from = numbered ? first : 1;
  const last = times.length - 1;
  return {
    type: "linear",
    // Numbers are round; names are counted from the first.
    ticks: numbered
      ? wholeTicks(from, from + last, width / 45)
      : wholeTicks(0, last, width / 60).map((at) => from + at),
    tickFormat: (at: number) => times[at - from] ?? "",
  };
}

function barAxes(chart: Extract<Figure, { kind: "bars" }>, size: Size): Plot.PlotOptions {
  return {
    x: {
      ...named(chart.xName),
      ...(chart.labels === undefined
        ? barTicks(chart.x, size.width / 45)
        : {
            ticks: [...chart.x],
            tickFormat: (at: number) => chart.labels![at] ?? "",
            tickSize: 0,
            // One or two bars are no wider than those of three.
            domain: [-PAD - few(chart.x.length), chart.x.length - 1 + PAD + few(chart.x.length)],
          }),
    },
    y: { ...named(chart.yName), grid: true, nice: true, ticks: size.height / 65, tickSize: 0 },
    marks: barMarks(chart),
  };
}

/** Half a bar and the space beside it. */
const PAD = 0.5;
const few = (bars: number) => Math.max(0, 3 - bars) / 2;

/** Lags are whole numbers, and so is what stands below them. */
function barTicks(x: readonly number[], count: number): Plot.ScaleOptions {
  if (x.length === 0 || !x.every(Number.isInteger)) return { ticks: count };
  return { ticks: wholeTicks(x[0]!, x.at(-1)!, count), tickFormat: String };
}

/** Thousands as they are written in running text; millions and more short. */
function tickFormat(picture: Picture): string {
  const [low, high] = valueRange(picture, true);
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size >= 1e6) return "~s";
  return size < 0.01 ? "~g" : ",~f";
}

/** Plot names its classes by its own release; what is left is plain SVG. */
function stripped(markup: string): string {
  return markup.replace(/ class="[^"]*"/g, "").replace(/<style>[\s\S]*?<\/style>/g, "");
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, Math.floor(most) - 1)}…` : text;
}
