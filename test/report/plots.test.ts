import { describe, expect, test } from "vitest";
import { normalQuantile } from "../../src/math/special-functions/normal.js";
import { barScales, dateForms } from "../../src/report/page/chart.js";
import { htmlText } from "../../src/report/page/html.js";
import { histogramChart } from "../../src/report/pictures/bars.js";
import { balanced, inView, type Picture, valueRange } from "../../src/report/pictures/picture.js";
import { pngBytes } from "../../src/report/pictures/png.js";
import { dashOf, hue } from "../../src/report/pictures/strokes.js";
import { svgText } from "../../src/report/pictures/svg.js";
import { wholeTicks } from "../../src/report/pictures/whole-ticks.js";
import { colors } from "../../src/report/terminal/colors.js";
import { terminalPlot } from "../../src/report/terminal/plot.js";
import { timeTicks, valueTicks } from "../../src/report/terminal/ticks.js";
import { wrapped } from "../../src/report/terminal/wrap.js";

function monthly(
  history: readonly number[],
  mean: readonly number[],
  spread: number,
  title = "sales",
): Picture {
  const instants = Array.from({ length: history.length + mean.length }, (_, i) => Date.UTC(2020, i, 1));
  return {
    title,
    times: instants.map((instant) => new Date(instant).toISOString().slice(0, 10)),
    instants,
    history,
    curves: [
      {
        name: "naive",
        from: history.length,
        mean,
        bands: [
          { level: 80, lower: mean.map((m) => m - spread), upper: mean.map((m) => m + spread) },
          { level: 95, lower: mean.map((m) => m - 2 * spread), upper: mean.map((m) => m + 2 * spread) },
        ],
      },
    ],
  };
}

const RISING = monthly(
  Array.from({ length: 36 }, (_, t) => t),
  Array.from({ length: 12 }, (_, h) => 36 + h),
  3,
);
const plain = colors(false);

describe("the plot in a terminal", () => {
  test("fits the width and height it is given, with axis and legend", () => {
    const lines = terminalPlot(RISING, { width: 80, height: 15 }, plain).trimEnd().split("\n");
    expect(lines).toHaveLength(18);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines[15]).toMatch(/└[─┴]+$/);
    expect(lines[16]).toContain("2022");
    expect(lines[17]).toMatch(/observed +━━ naive +▒▒ 80 % +░░ 95 %/);
  });

  test("bands that are not drawn, those of a second curve, take no room", () => {
    const [first] = RISING.curves;
    const wide = first!.bands.map((band) => ({ ...band, upper: Array.from(first!.mean, () => 1e4) }));
    const two = { ...RISING, curves: [first!, { ...first!, name: "wide", bands: wide }] };
    expect(valueRange(two)).toEqual(valueRange(RISING));
  });

  test("the name of a pool of models is folded in the legend, and cut in SVG", async () => {
    const long = "ensemble(arima(0,1,1)(0,1,1)[12],ets(M,Ad,M)[12],theta(method=dynamic))";
    const pooled = { ...RISING, curves: RISING.curves.map((curve) => ({ ...curve, name: long })) };
    const cut = "ensemble(arima(0,1,1)(0,1,1)[12],ets(M,Ad,M)[12…";
    expect(cut.length).toBeLessThanOrEqual(48);
    for (const width of [40, 80]) {
      const lines = terminalPlot(pooled, { width, height: 15 }, plain).split("\n");
      expect(lines.slice(17).join("").replace(/\s/g, "")).toContain(long);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    }
    expect(await svgText([pooled])).toContain(`>${cut}<`);
  });

  test("a rising line climbs from the bottom left to the top right", () => {
    const rows = terminalPlot(RISING, { width: 60, height: 12 }, plain).split("\n").slice(0, 12);
    const dots = rows.flatMap((row, at) =>
      [...row].flatMap((cell, x) => (/[⠁-⣿]/.test(cell) ? [{ at, x }] : [])),
    );
    const left = dots.filter(({ x }) => x < 15).map(({ at }) => at);
    const right = dots.filter(({ x }) => x > 50).map(({ at }) => at);
    expect(Math.min(...left)).toBeGreaterThan(Math.max(...right));
  });

  test("bands stand in the forecast only, the narrow one inside the wide one", () => {
    const rows = terminalPlot(RISING, { width: 60, height: 20 }, plain).split("\n").slice(0, 20);
    const first = Math.min(...rows.map((row) => row.search(/[▒░]/)).filter((at) => at >= 0));
    expect(first).toBeGreaterThan(40);
    expect(rows.some((row) => /░/.test(row))).toBe(true);
    expect(rows.some((row) => /▒/.test(row))).toBe(true);
  });

  test("one value, a constant, gaps and no history are drawn without a fault", () => {
    const small: Picture = { title: "x", times: ["1"], instants: null, history: [5], curves: [] };
    for (const history of [[5], [5, 5, 5], [1, Number.NaN, 3], []]) {
      const times = history.map((_, i) => String(i + 1));
      const text = terminalPlot({ ...small, times, history }, { width: 40, height: 6 }, plain);
      expect(text).not.toMatch(/NaN|Infinity|undefined/);
    }
    expect(terminalPlot(monthly([], [1, 2, 3], 1), { width: 40, height: 6 }, plain)).not.toContain(
      "observed",
    );
  });
});

describe("what is drawn", () => {
  test("an exploding band does not flatten the rest", () => {
    const [low, high] = valueRange(monthly([0, 1, 2], [3, 4], 1e6));
    expect(low).toBeCloseTo(-8);
    expect(high).toBeCloseTo(12);
  });

  test("a long history is cut so that the forecast shows", () => {
    const long = monthly(
      Array.from({ length: 500 }, (_, t) => t),
      [1, 2],
      1,
    );
    const cut = balanced(long);
    expect(cut.history).toHaveLength(60);
    expect(cut.curves[0]?.from).toBe(60);
    expect(cut.times.at(-1)).toBe(long.times.at(-1));
  });

  test("ticks lie on round values and on beginnings of years, months or hours", () => {
    expect(valueTicks(0, 100, 5).map(({ label }) => label)).toEqual(["0", "20", "40", "60", "80", "100"]);
    expect(valueTicks(0.1, 0.35, 5).map(({ label }) => label)).toEqual([
      "0.10",
      "0.15",
      "0.20",
      "0.25",
      "0.30",
      "0.35",
    ]);
    expect(timeTicks(RISING.times, RISING.instants).map(({ label }) => label)).toEqual([
      "2021",
      "2022",
      "2023",
    ]);
    const hours = Array.from({ length: 48 }, (_, h) => Date.UTC(2024, 0, 1, h));
    expect(timeTicks(hours.map(String), hours).map(({ label }) => label)).toEqual([
      "12:00",
      "01-02",
      "12:00",
    ]);
    const years = Array.from({ length: 60 }, (_, t) => String(1821 + t));
    expect(timeTicks(years, null).map(({ label }) => label)).toContain("1830");
  });
});

describe("svg and html", () => {
  test("one picture is an SVG with its line, a band for each level, and a legend", () => {
    const svg = svgText([RISING]);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg.match(/aria-label="area"/g)).toHaveLength(2);
    expect(svg.match(/aria-label="line"/g)).toHaveLength(2);
    for (const word of ["observed", "naive", "80 %", "95 %"]) expect(svg).toContain(word);
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  test("titles are escaped, wherever they stand", () => {
    const evil = '</script><script>alert("&")</script><img src=x onerror=alert(1)>\u0007';
    const curve = { ...RISING.curves[0]!, name: evil };
    const picture = { ...RISING, title: evil, valueName: evil, timeName: evil, curves: [curve, curve] };
    const page = htmlText({
      title: evil,
      remarks: [evil],
      figures: [picture, histogramChart(evil, [1, 2, 3, 5])!],
      table: { columns: [{ name: evil }], rows: [[evil]] },
    });
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page.match(/<\/script/g)).toHaveLength(2);
    expect(page).not.toContain("<img");
    expect(page).toContain("&lt;script&gt;");
    const svg = svgText([picture, histogramChart(evil, [1, 2, 3, 5])!]);
    expect(svg).not.toMatch(/<script|<img/);
    expect(svg).not.toContain("\u0007");
  });

  test("several pictures stand side by side, each with its own axis", () => {
    const svg = svgText([RISING, { ...RISING, title: "costs" }, { ...RISING, title: "visits" }]);
    expect(svg.match(/aria-label="y-axis tick label"/g)).toHaveLength(3);
    for (const title of ["sales", "costs", "visits"]) expect(svg).toContain(`>${title}</text>`);
  });

  test("a page stands alone: nothing is loaded from elsewhere, and its policy allows nothing else", () => {
    const page = htmlText({
      title: "t",
      remarks: ["r"],
      figures: [RISING],
      table: { columns: [{ name: "a" }], rows: [[1]] },
    });
    expect(page.length).toBeLessThan(120_000);
    expect(page).not.toMatch(/<(img|iframe)\b|<script[^>]*\bsrc=|@import|url\(/);
    expect([...page.matchAll(/<link[^>]*href="([^"]*)"/g)].map(([, to]) => to)).toEqual(["data:,"]);
    expect(page).toMatch(
      /default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[A-Za-z0-9+/=]{44}'/,
    );
  });

  test("axes carry the names of the columns, and every band is named with its model", () => {
    const [first] = RISING.curves;
    const two = {
      ...RISING,
      valueName: "sales in kg",
      timeName: "month",
      curves: [first!, { ...first!, name: "drift" }],
    };
    const svg = svgText([two]);
    for (const text of [
      "sales in kg",
      "month",
      "80 % of naive",
      "95 % of naive",
      "80 % of drift",
      "95 % of drift",
    ])
      expect(svg).toContain(`>${text}<`);
    expect(svg.match(/aria-label="area"/g)).toHaveLength(4);
  });

  test("a histogram holds every value and the normal curve of the same mean, variance and count", () => {
    const values = Array.from({ length: 500 }, (_, i) => normalQuantile((i + 0.5) / 500));
    const chart = histogramChart("h", values)!;
    expect(chart.values.reduce((sum, count) => sum + count, 0)).toBe(500);
    const area = chart.curve!.values.reduce((sum, value) => sum + value, 0);
    expect(area).toBeGreaterThan(490);
    expect(area).toBeLessThan(505);
    expect(histogramChart("h", [1, 1, 1])).toBeNull();
  });

  test("a PNG is drawn where its packages are installed", async () => {
    const bytes = await pngBytes(svgText([RISING]));
    expect([...bytes.slice(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    expect(view.getUint32(16)).toBe(2 * 980);
  });
});

describe("what curves and bars look like", () => {
  test("no two of 18 curves have hue and dash in common", () => {
    const looks = Array.from({ length: 18 }, (_, at) => `${hue(at)} ${dashOf(at)}`);
    expect(new Set(looks).size).toBe(18);
  });

  test("bars on a page have half a step beside the first and the last, and start at 0", () => {
    const { x, y } = barScales([2, 4, 6]) as {
      x: { range: (chart: null, from: number, to: number) => number[] };
      y: { range: { min: object; max: object } };
    };
    expect(x.range(null, 2, 6)).toEqual([1, 7]);
    // uPlot's mode 1: 0 is always within the scale.
    expect(y.range.min).toMatchObject({ soft: 0, mode: 1 });
    expect(y.range.max).toMatchObject({ soft: 0, mode: 1 });
  });
});

describe("what a reader stumbled on", () => {
  /** The texts below `name`, from left to right or bottom to top. */
  const axisTexts = (svg: string, name: string) => {
    const group = new RegExp(`<g[^>]*aria-label="${name}"[^>]*>(.*?)</g>`, "s").exec(svg)![1]!;
    return [...group.matchAll(/<text[^>]*>(?:<tspan[^>]*>)?([^<]*)/g)].map(([, text]) => text);
  };

  test("long numbers move the chart to the right, away from the name of their axis", () => {
    const left = (factor: number) => {
      const svg = svgText([monthly([4 * factor, 5 * factor, 6 * factor], [6 * factor], factor)]);
      return Number(/aria-label="y-axis tick label"[^>]*>\s*<text[^>]*translate\((\d+)/.exec(svg)![1]);
    };
    expect(left(1)).toBe(64);
    // 600,000 has seven letters of 7 pixels beside a name of 30.
    expect(left(100_000)).toBe(79);
  });

  test("lags and steps are whole numbers, however few they are", () => {
    const bars = { kind: "bars", title: "acf", xName: "lag", yName: "r", band: 0.5, curve: null } as const;
    const few = svgText([{ ...bars, x: [1, 2, 3, 4, 5], values: [0.5, 0.1, -0.3, -0.2, 0.1] }]);
    expect(axisTexts(few, "x-axis tick label")).toEqual(["1", "2", "3", "4", "5"]);
    const steps = { ...RISING, instants: null, times: ["1", "2", "3"], history: [], curves: [] };
    const curve = { name: "naive", from: 0, mean: [1, 2, 3], bands: [] };
    const drawn = svgText([{ ...steps, curves: [curve] }]);
    expect(axisTexts(drawn, "x-axis tick label")).toEqual(["1", "2", "3"]);
    const named = svgText([{ ...steps, times: ["Mon", "Tue", "Wed"], curves: [curve] }]);
    expect(axisTexts(named, "x-axis tick label")).toEqual(["Mon", "Tue", "Wed"]);
    expect(wholeTicks(1, 104, 8)).toEqual([20, 40, 60, 80, 100]);
    expect(wholeTicks(2018, 2024, 10)).toEqual([2018, 2019, 2020, 2021, 2022, 2023, 2024]);
    expect(wholeTicks(1, 1000, 16)).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
  });

  test("past forecasts are shown with twice their length before them", () => {
    const history = Array.from({ length: 500 }, (_, t) => t % 7);
    const past = monthly(history, history.slice(430), 1);
    const view = inView({ ...past, curves: past.curves.map((curve) => ({ ...curve, from: 430 })) });
    expect([view.history.length, view.curves[0]!.from]).toEqual([210, 140]);
    expect(inView(past).history.length).toBe(500);
  });

  test("a day below a chart of a page stands before the name of its month", () => {
    const forms = dateForms();
    expect(forms.map(([seconds]) => seconds)).toEqual([31_536_000, 2_419_200, 86_400, 60, 0.001]);
    expect(forms.flat().filter((form) => /\{M\}|\{YY\}|\{h\}/.test(String(form)))).toEqual([]);
    expect(forms.every((form) => form.length === 9)).toBe(true);
  });

  test("a line of text does not end between a number and its %", () => {
    expect(wrapped("arima(0,1,1) 32 %, theta 9 %", 15)).toBe("arima(0,1,1)\n32 %, theta 9 %");
    expect(wrapped("between 4 and 5 with 95 %", 23)).toBe("between 4 and 5 with\n95 %");
  });
});
