import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { largestOf } from "../../math/extremes.js";
import { escapeMarkup } from "./markup.js";
import { type Curve, joinedTo, labelOf, type Picture, recent, valueRange } from "./picture.js";

/** One hue a curve; the first is the one bands are drawn in. */
const HUES = ["#2563eb", "#db2777", "#d97706", "#059669", "#7c3aed", "#0891b2"] as const;
const INK = "#1f2937";
const FONT = "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

const SINGLE = { width: 960, height: 460 };
const SMALL = { width: 470, height: 250 };
const HEAD = 54;
/** Fewer values than this are marked one by one. */
const FEW = 30;
const GAP = 20;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Pictures as one SVG text: one of them large, several as small multiples with an axis each.
 *
 * Bands are shaded around the forecast, the narrowest darkest; sampled paths are fine lines.
 */
export function svgText(pictures: readonly Picture[]): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const alone = pictures.length === 1;
  const columns = alone ? 1 : 2;
  const size = alone ? SINGLE : SMALL;
  const cell = { width: size.width + GAP, height: size.height + HEAD + (alone ? 0 : GAP / 2) };
  const rows = Math.ceil(pictures.length / columns);
  const [width, height] = [columns * cell.width, rows * cell.height + GAP / 2];
  const parts = pictures.map((picture, at) => {
    const [x, y] = [(at % columns) * cell.width + GAP / 2, Math.floor(at / columns) * cell.height];
    return `<g transform="translate(${x},${y})">${heading(picture, size)}<g transform="translate(0,${HEAD})">${chart(picture, size, document)}</g></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}" role="img">
<title>${escapeMarkup(pictures.map(({ title }) => title).join(", "))}</title>
<rect width="100%" height="100%" fill="white"/>
${parts.join("\n")}
</svg>
`;
}

/** Title and legend over a chart. */
function heading(picture: Picture, size: Size): string {
  const title = `<text x="8" y="26" font-size="17" font-weight="600" fill="${INK}">${escapeMarkup(shortened(picture.title, size.width / 10))}</text>`;
  let x = 8;
  const keys = legend(picture).map(({ mark, label }) => {
    const key = `<g transform="translate(${x},46)">${mark}<text x="22" font-size="12" fill="#4b5563">${escapeMarkup(label)}</text></g>`;
    x += 22 + 6.6 * label.length + 18;
    return key;
  });
  return title + keys.join("");
}

function legend(picture: Picture): { mark: string; label: string }[] {
  const line = (stroke: string) => `<path d="M0,-4h16" stroke="${stroke}" stroke-width="2.2"/>`;
  const observed = picture.history.length === 0 ? [] : [{ mark: line(INK), label: "observed" }];
  const curves = picture.curves.map((curve, at) => ({ mark: line(hue(at)), label: labelOf(curve) }));
  const bands = (picture.curves[0]?.bands ?? []).map(({ level }, at, all) => ({
    mark: `<rect y="-11" width="16" height="13" rx="2" fill="${hue(0)}" fill-opacity="${opacity(at, all.length)}"/>`,
    label: `${level} %`,
  }));
  return [...observed, ...curves, ...bands];
}

function hue(at: number): string {
  return HUES[at % HUES.length]!;
}

/** The narrowest band is the darkest. */
function opacity(at: number, count: number): number {
  return count === 1 ? 0.2 : 0.34 - (0.22 * at) / (count - 1);
}

function chart(full: Picture, size: Size, document: Document): string {
  const ahead = largestOf(
    full.curves.map(({ mean }) => mean.length),
    0,
  );
  const picture = ahead === 0 ? full : recent(full, Math.max(8 * ahead, 120));
  const where = positions(picture);
  const plot = Plot.plot({
    document,
    width: size.width,
    height: size.height,
    marginLeft: 56,
    marginRight: 18,
    marginTop: 10,
    style: { fontFamily: "inherit", fontSize: "12px", background: "none", color: "#4b5563" },
    x: { label: null, type: picture.instants === null ? "linear" : "utc" },
    y: {
      label: null,
      grid: true,
      nice: true,
      ticks: size.height / 65,
      tickSize: 0,
      domain: [...valueRange(picture)],
      tickFormat: tickFormat(picture),
    },
    marks: [
      ...picture.curves.flatMap((curve, at) => curveMarks(picture, curve, at, where)),
      historyMark(picture, where),
    ],
  });
  const svg = plot.tagName.toLowerCase() === "svg" ? plot : plot.querySelector("svg");
  return stripped(svg!.outerHTML);
}

type Place = (index: number) => number | Date;

/** Where on the x axis each time of a picture lies: its date, or the number the data gave it. */
function positions(picture: Picture): Place {
  const { instants, times } = picture;
  if (instants !== null) return (index) => new Date(instants[index]!);
  const first = Number(times[0]);
  return (index) => (Number.isFinite(first) ? first + index : index + 1);
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

/** Bands from wide to narrow, then paths, then the line itself; lines start at the last observed value. */
function curveMarks(picture: Picture, curve: Curve, at: number, where: Place): Plot.Markish[] {
  const stroke = hue(at);
  const steps = Array.from(curve.mean, (_, h) => ({ x: where(curve.from + h), h }));
  const bands =
    at > 0 ? [] : curve.bands.map((band, k) => ({ band, fillOpacity: opacity(k, curve.bands.length) }));
  const [from, joined] = joinedTo(picture, curve);
  const line = (values: ArrayLike<number>, look: Plot.LineYOptions) => {
    const points = [...joined, ...Array.from(values)].map((y, h) => ({ x: where(from + h), y }));
    return Plot.lineY(points, { x: "x", y: "y", stroke, clip: true, ...look });
  };
  return [
    ...bands.reverse().map(({ band, fillOpacity }) =>
      Plot.areaY(steps, {
        x: "x",
        y1: ({ h }: { h: number }) => band.lower[h],
        y2: ({ h }: { h: number }) => band.upper[h],
        fill: stroke,
        fillOpacity,
        clip: true,
      }),
    ),
    ...(curve.paths ?? []).map((path) => line(path, { strokeOpacity: 0.25, strokeWidth: 1 })),
    line(curve.mean, { strokeWidth: 2 }),
  ];
}

/** Thousands as they are written in running text; millions and more short. */
function tickFormat(picture: Picture): string {
  const [low, high] = valueRange(picture);
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
