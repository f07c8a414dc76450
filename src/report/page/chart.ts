/**
 * How charts are drawn in the browser of whoever reads a page. The page holds the source text of these functions, so they may use each
 * other, the browser and uPlot, and nothing else of this module or of others.
 */
import type { FigureData } from "./data.js";
import type { Chart, ChartMaker } from "./uplot.js";

declare const uPlot: ChartMaker;

/** One line of a chart as uPlot takes it, and how it is told in words. */
interface Column {
  readonly values: (number | null)[];
  readonly look: object;
  readonly name: string;
}

/** Draws a chart into its place; the result takes it away again. */
export function drawChart(place: HTMLElement, figure: FigureData): () => void {
  const box = place.querySelector<HTMLElement>(".plot")!;
  const told = place.querySelector<HTMLElement>("output")!;
  // Said once on a page: under every chart it would be noise.
  const first = (place.closest("[data-page]") ?? document).querySelector("[data-figure]");
  if (first === null || place === first)
    told.textContent = "Hover or tap to read values, drag to zoom, double-click to see all.";
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const columns = figure.kind === "bars" ? barColumns(figure, color) : seriesColumns(figure, color);
  const x = figure.kind === "bars" || figure.instants === null ? countedX(figure) : datedX(figure.instants);
  const data = [x, ...columns.map(({ values }) => values)];
  const height = () => Number(place.dataset.height ?? 320);
  const bands: { series: [number, number]; fill: string }[] = [];
  for (const [at, { look }] of columns.entries()) {
    const fill = (look as { bandFill?: string }).bandFill;
    if (fill !== undefined) bands.push({ series: [at + 1, at + 2], fill });
  }
  /** What stands below the places 0, 1, 2, … where they are no times. */
  const names = figure.kind === "bars" ? figure.labels : figure.instants === null ? figure.times : null;
  const axis = { stroke: color("soft"), grid: { stroke: color("line"), width: 1 }, ticks: { show: false } };
  const chart = new uPlot(
    {
      width: box.clientWidth,
      height: height(),
      tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      legend: { show: false },
      cursor: { drag: { x: true, y: false, dist: 6 }, points: { size: 6 } },
      scales: figure.kind === "bars" ? barScales(x) : { x: { time: figure.instants !== null } },
      series: [{}, ...columns.map(({ look }) => look)],
      bands,
      axes: [
        {
          ...axis,
          label: figure.xName,
          // Two lines: the month, and the year below it.
          size: 38,
          labelGap: 0,
          labelSize: 22,
          labelFont: "12px system-ui, sans-serif",
          font: "12px system-ui, sans-serif",
          ...(figure.kind === "series" && figure.instants !== null ? { values: dateForms() } : {}),
          ...(names === null
            ? {}
            : {
                values: (_: unknown, at: number[]) => at.map((index) => names[index] ?? ""),
                incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000],
              }),
        },
        {
          ...axis,
          label: figure.yName,
          labelSize: 22,
          labelFont: "12px system-ui, sans-serif",
          font: "12px system-ui, sans-serif",
          // As wide as its longest number: 7 pixels a digit.
          size: (_: unknown, labels: string[] | null) =>
            16 + 7 * (labels ?? []).reduce((most, { length }) => Math.max(most, length), 1),
          values: (_: unknown, at: number[]) => at.map((value) => shortNumber(value)),
        },
      ],
      hooks: {
        setCursor: [
          ({ cursor }: Chart) => {
            if (cursor.idx !== null && cursor.idx !== undefined)
              told.textContent = sentenceAt(figure, columns, cursor.idx);
          },
        ],
      },
    },
    data,
    box,
  );
  const resized = new ResizeObserver(() => chart.setSize({ width: box.clientWidth, height: height() }));
  resized.observe(box);
  const whole = [x[0]!, x.at(-1)!] as const;
  if (figure.kind === "series" && figure.first > 0)
    chart.setScale("x", { min: x[figure.first]!, max: whole[1] });
  const keys = (event: KeyboardEvent) => pressKey(chart, event, whole);
  box.addEventListener("keydown", keys);
  return () => {
    box.removeEventListener("keydown", keys);
    resized.disconnect();
    chart.destroy();
  };
}

/**
 * How times are written below a chart, as uPlot takes it: where they are at least so many seconds apart, like this, and below it what
 * changed, by year, month, day, hour, minute and second. The day stands before the name of its month: 2/1 could be read in two ways.
 */
export function dateForms(): (number | string | null)[][] {
  const finer = [null, null, null, 1];
  const form = (seconds: number, text: string, year: string | null, day: string | null) => [
    ...[seconds, text, year, null, day],
    ...finer,
  ];
  const date = "\n{D} {MMM}";
  return [
    form(31_536_000, "{YYYY}", null, null),
    form(2_419_200, "{MMM}", "\n{YYYY}", null),
    form(86_400, "{D} {MMM}", "\n{YYYY}", null),
    form(60, "{HH}:{mm}", `${date} {YYYY}`, date),
    form(0.001, "{HH}:{mm}:{ss}", `${date} {YYYY}`, date),
  ];
}

/** Arrow keys go from value to value, + and - zoom, 0 shows all. */
export function pressKey(chart: Chart, event: KeyboardEvent, whole: readonly [number, number]): void {
  const x = chart.data[0] as readonly number[];
  const { min, max } = chart.scales.x;
  const last = x.length - 1;
  const first = x.findIndex((value) => value >= min);
  const shown = x.findLastIndex((value) => value <= max);
  const at = chart.cursor.idx ?? last;
  const go = (index: number) => {
    const to = Math.min(shown, Math.max(first, index));
    chart.setCursor({ left: chart.valToPos(x[to]!, "x"), top: 0 });
  };
  const zoom = (factor: number) => {
    const half = ((max - min) * factor) / 2;
    const middle = x[at]!;
    chart.setScale("x", { min: Math.max(whole[0], middle - half), max: Math.min(whole[1], middle + half) });
  };
  const actions: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => go(at - 1),
    ArrowRight: () => go(at + 1),
    Home: () => go(0),
    End: () => go(last),
    "+": () => zoom(0.5),
    "-": () => zoom(2),
    "0": () => chart.setScale("x", { min: whole[0], max: whole[1] }),
  };
  const action = actions[event.key];
  if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action();
}

/** What a chart says at one place, in words. */
export function sentenceAt(figure: FigureData, columns: readonly Column[], at: number): string {
  const said = columns.flatMap(({ name, values }) => {
    const value = values[at];
    return name === "" || value === null || value === undefined ? [] : [`${name} ${exactNumber(value)}`];
  });
  const bands =
    figure.kind === "bars"
      ? []
      : figure.lines.flatMap(({ name, from, bands }) =>
          bands.flatMap(({ level, lower, upper }) => {
            const [low, high] = [lower[at - from], upper[at - from]];
            if (low === null || high === null || low === undefined || high === undefined) return [];
            const whose = figure.lines.length > 1 ? `${name} ` : "";
            return [`${whose}${level} %: ${exactNumber(low)} to ${exactNumber(high)}`];
          }),
        );
  const place =
    figure.kind === "bars"
      ? (figure.labels?.[at] ?? `${figure.xName} ${exactNumber(figure.x[at]!)}`)
      : figure.times[at];
  return `${place}: ${[...said, ...bands].join("; ")}`;
}

export function exactNumber(value: number): string {
  return Number(value.toPrecision(6)).toLocaleString("en", { maximumSignificantDigits: 6 });
}

export function shortNumber(value: number): string {
  return Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-4)
    ? value.toLocaleString("en", { notation: "compact", maximumSignificantDigits: 3 })
    : value.toLocaleString("en", { maximumSignificantDigits: 6 });
}

/** Half a step beside the first and the last bar, so that they are as wide as the others, and heights from 0. */
export function barScales(x: readonly number[]): object {
  const half = x.length > 1 ? (x[1]! - x[0]!) / 2 : 0.5;
  const edge = { pad: 0.1, soft: 0, mode: 1 };
  return {
    x: { time: false, range: (_: unknown, from: number, to: number) => [from - half, to + half] },
    y: { range: { min: edge, max: edge } },
  };
}

export function datedX(instants: readonly number[]): number[] {
  return instants.map((instant) => instant / 1000);
}

export function countedX(figure: FigureData): number[] {
  return figure.kind === "bars" ? [...figure.x] : figure.times.map((_, index) => index);
}

/** The lines of a chart of a series: what was observed, then each forecast with its bands, then values that are marked. */
export function seriesColumns(
  figure: Extract<FigureData, { kind: "series" }>,
  color: (name: string) => string,
): Column[] {
  const { times, history, lines, marks, marksName } = figure;
  const at = (from: number, values: readonly (number | null)[]) =>
    times.map((_, index) => values[index - from] ?? null);
  const columns: Column[] = lines.flatMap((line, index) => {
    const stroke = color(`line-${index % 6}`);
    const bands = [...line.bands].reverse().flatMap(({ lower, upper }): Column[] => [
      {
        values: at(line.from, upper),
        look: { width: 0, points: { show: false }, bandFill: `${stroke}2e` },
        name: "",
      },
      { values: at(line.from, lower), look: { width: 0, points: { show: false } }, name: "" },
    ]);
    const paths = line.paths.map(
      (path): Column => ({
        values: at(line.from, path),
        look: { stroke: `${stroke}40`, width: 1, points: { show: false } },
        name: "",
      }),
    );
    const before = line.from > 0 ? (history[line.from - 1] ?? null) : null;
    const mean = at(line.from, line.values);
    if (before !== null && line.from === history.length) mean[line.from - 1] = before;
    const dashes = ["8 4", "3 3", "10 3 3 3"];
    const dash = index === 0 ? [] : dashes[(index - 1 + Math.floor(index / 6)) % 3]!.split(" ").map(Number);
    return [...bands, ...paths, { values: mean, look: { stroke, width: 2, dash }, name: line.name }];
  });
  const observed = at(0, history);
  const known = observed.some((value) => value !== null);
  if (known) columns.push({ values: observed, look: { stroke: color("ink"), width: 1.5 }, name: "observed" });
  if (marks.length > 0) {
    const values: (number | null)[] = times.map(() => null);
    for (const mark of marks) values[mark.at] = mark.value;
    const points = { show: true, size: 9, fill: color("alarm"), stroke: color("alarm") };
    columns.push({
      values,
      look: { stroke: color("alarm"), width: 0, paths: () => null, points },
      name: marksName,
    });
  }
  return columns;
}

/** The bars of a chart, its curve, and the two edges of the band that means nothing. */
export function barColumns(
  { values, curve, band, yName }: Extract<FigureData, { kind: "bars" }>,
  color: (name: string) => string,
): Column[] {
  const stroke = color("line-0");
  const bars = {
    values: [...values],
    look: {
      stroke,
      fill: `${stroke}99`,
      width: 1,
      paths: uPlot.paths.bars({ size: [0.7, 40] }),
      points: { show: false },
    },
    name: yName,
  };
  const edge = (value: number): Column => ({
    values: values.map(() => value),
    look: { stroke: color("alarm"), width: 1, dash: [4, 4], points: { show: false } },
    name: "",
  });
  const line = { stroke: color("line-1"), width: 2, points: { show: false } };
  return [
    bars,
    ...(curve === null ? [] : [{ values: [...curve.values], look: line, name: curve.name }]),
    ...(band === null ? [] : [edge(band), edge(-band)]),
  ];
}

/** Every function that draws charts, in any order: a page holds their texts. */
export const CHART: readonly { toString(): string }[] = [
  drawChart,
  dateForms,
  pressKey,
  sentenceAt,
  exactNumber,
  shortNumber,
  barScales,
  datedX,
  countedX,
  seriesColumns,
  barColumns,
];
