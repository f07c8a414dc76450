import type { Series } from "../../core/series.js";
import { quantileOfSorted } from "../../diagnostics/summary.js";
import { parseDecoding } from "../../engine/decoding/notation.js";
import type { Picture } from "../../report/pictures/picture.js";
import { type Drawn, pictureOf } from "../../report/pictures/picture-of.js";
import { type Cell, type Column, madeRows, type Table, without } from "../../report/table.js";
import type { Colors } from "../../report/terminal/colors.js";
import { printable } from "../../report/terminal/printable.js";
import { wrapped } from "../../report/terminal/wrap.js";
import type { SimulateResult } from "../../run/tasks/results.js";
import type { Outcome } from "../../run/tasks/task.js";
import type { Run } from "../command.js";
import type { Context } from "../context.js";
import type { Settings } from "../options/options.js";
import { emit } from "../output/output.js";
import { savePlot } from "../output/plots.js";
import type { Shape } from "../stream/shape.js";
import { failedJson, notesJson, reportAll, reportFailures, succeeded } from "./tasks/shared.js";
import { type RunResult, runTasks, saveFitted } from "./tasks/work.js";

/** Paths where --paths does not say how many. */
const DEFAULT_PATHS = 100;
/** Paths that a plot shows. */
const DRAWN = 30;
const SHARES = [5, 25, 50, 75, 95] as const;

type Ok = Extract<Outcome<SimulateResult>, { status: "ok" }>;

/** How simulations are written series by series. */
export const SIMULATE_SHAPE: Shape<SimulateResult> = {
  list: "simulations",
  settled: (settings) => ({ ...settings, paths: pathsOf(settings) }),
  item: (outcome, settings) => itemOf(outcome, settings.seed ?? 1),
  table: (done) => pathTable(done, true),
  notes: ({ notes }) => notes,
};

/** As many as were asked for, or as the way of decoding makes. */
function pathsOf({ paths, decode }: Settings): number {
  return paths ?? (decode === undefined ? null : parseDecoding(decode).paths) ?? DEFAULT_PATHS;
}

/** Samples futures and writes them, one row a value. */
export const runSimulate: Run = async (context, file) => {
  const settings = { ...context.settings, paths: pathsOf(context.settings) };
  const work = await runTasks("simulate", { ...context, settings }, file);
  const code = reportFailures(context, work.outcomes);
  const done = succeeded(work.outcomes);
  reportAll(context, done);
  await saveFitted(context, done);
  await savePlot(context, () => ({
    title: "Simulation",
    figures: done.map((outcome) => simulationPicture(outcome, work.panel)),
    table: quantileTable(done, work.showIds),
    remarks: done.map(({ id, model, value }) => `${id}: ${value.count} paths of ${model}`),
  }));
  await emit(context, {
    items: () => work.outcomes.map((outcome) => itemOf(outcome, settings.seed ?? 1)),
    json: (simulations) => ({ simulations }),
    table: pathTable(done, work.showIds),
    view: (paint, width) => simulationView(context, work, done, paint, width),
  });
  return code;
};

function itemOf(outcome: Outcome<SimulateResult>, seed: number): object {
  if (outcome.status === "failed") return failedJson(outcome);
  const { id, model, status, value } = outcome;
  const { times: ds, notes, logProbabilities } = value;
  const shown = { id, model, status, seed, ds, paths: rowsOf(value), notes: notesJson(notes) };
  return logProbabilities === undefined ? shown : { ...shown, logProbabilities };
}

/** The paths, one array each. */
function rowsOf({ values, count, times }: SimulateResult, most = count): Float64Array[] {
  const horizon = times.length;
  return Array.from({ length: Math.min(most, count) }, (_, i) =>
    values.subarray(i * horizon, (i + 1) * horizon),
  );
}

function pathTable(done: readonly Ok[], showIds: boolean): Table {
  const names = [...(showIds ? ["unique_id"] : []), "ds", "model", "path"];
  const scored = done.some(({ value }) => value.logProbabilities !== undefined);
  return {
    columns: [
      ...names.map((name) => ({ name })),
      { name: "value", round: "shared" },
      ...(scored ? [{ name: "log_probability" }] : []),
    ],
    rows: madeRows(() => pathRows(done, showIds)),
  };
}

function* pathRows(done: readonly Ok[], showIds: boolean): Generator<Cell[]> {
  for (const { id, model, value } of done)
    for (const [i, path] of rowsOf(value).entries())
      for (const [h, ds] of value.times.entries())
        yield [
          ...(showIds ? [id] : []),
          ...[ds, model, i + 1, path[h]!],
          ...(value.logProbabilities === undefined ? [] : [value.logProbabilities[i]!]),
        ];
}

/** Quantiles of the paths at every step. */
function quantileTable(done: readonly Ok[], showIds: boolean): Table {
  const columns: Column[] = [
    ...[...(showIds ? ["unique_id"] : []), "ds", "model"].map((name) => ({ name })),
    ...SHARES.map(
      (share): Column => ({
        name: `${share} %`,
        round: "shared",
        ...(share === 50 ? {} : { drop: share === 25 || share === 75 ? 2 : 1 }),
      }),
    ),
  ];
  const rows = done.flatMap(({ id, model, value }) => {
    const quantiles = SHARES.map((share) => stepQuantiles(value, share / 100));
    return value.times.map((ds, h): Cell[] => [
      ...(showIds ? [id] : []),
      ds,
      model,
      ...quantiles.map((steps) => steps[h]!),
    ]);
  });
  return { columns, rows };
}

function stepQuantiles({ values, count, times }: SimulateResult, share: number): Float64Array {
  const horizon = times.length;
  return Float64Array.from(times, (_, h) => {
    const column = Float64Array.from({ length: count }, (_, i) => values[i * horizon + h]!).sort();
    return quantileOfSorted(column, share);
  });
}

function simulationPicture({ id, model, value }: Ok, panel: readonly Series[] | null): Picture {
  const drawn: Drawn = {
    name: model,
    mean: stepQuantiles(value, 0.5),
    bands: [],
    paths: rowsOf(value, DRAWN),
    origin: value.origin,
  };
  return pictureOf(id, panel?.find((series) => series.id === id) ?? null, [drawn]);
}

/** More series than this are shown one line each. */
const MANY = 6;

async function simulationView(
  { settings }: Context,
  work: RunResult<SimulateResult>,
  done: readonly Ok[],
  paint: Colors,
  width: number,
): Promise<string> {
  const { terminalTable } = await import("../../report/terminal/table.js");
  const { terminalPlot } = await import("../../report/terminal/plot.js");
  if (settings.all === true) return terminalTable(pathTable(done, work.showIds), paint, width);
  if (done.length > MANY) {
    const { panelView } = await import("../output/panel-view.js");
    const pictures = done.map((outcome) => withBand(simulationPicture(outcome, work.panel), outcome));
    return panelView(work.outcomes, pictures, paint, width);
  }
  const parts = done.map((outcome) => {
    const { id, value } = outcome;
    const chosen = value.count === 1 || value.logProbabilities !== undefined;
    const rows = chosen ? pathTable([outcome], false) : quantileTable([outcome], false);
    const shown = chosen ? "" : " (their quantiles; --format csv writes every value)";
    const paths = value.count === 1 ? "1 path" : `${value.count} paths`;
    const text = `${printable(id)}, ${paths} of ${value.times.length} steps${shown}`;
    const head = `${wrapped(text, width)}\n\n`;
    const plot = terminalPlot(simulationPicture(outcome, work.panel), { width, height: 15 }, paint);
    return `${head}${plot}\n${terminalTable(without(rows, "model"), paint, width)}`;
  });
  return `\n${parts.join("\n")}`;
}

/** The picture with the band that nine in ten paths lie in. */
function withBand(picture: Picture, { value }: Ok): Picture {
  const band = { level: 90, lower: stepQuantiles(value, 0.05), upper: stepQuantiles(value, 0.95) };
  return { ...picture, curves: picture.curves.map((curve) => ({ ...curve, bands: [band] })) };
}
