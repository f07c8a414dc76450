import {
  forecast,
  interval,
  loadFamilies,
  type Panel,
  parseCsv,
  parseModel,
  random,
  YuleError,
} from "../../../src/index.js";
import { rounded } from "../../../src/report/numbers.js";
import { figureData } from "../../../src/report/page/data.js";
import { pictureOf } from "../../../src/report/pictures/picture-of.js";
import type { Answer, Columns, Request } from "./messages.js";

const LEVELS = [80, 95] as const;

/** What was read last, and the column of its values. */
let panel: Panel = [];
let names = { value: "value", time: "time" };

/** Does what the page asks; an error is an answer too. */
export async function answer(request: Request): Promise<Answer> {
  try {
    return request.kind === "read" ? await read(request) : await ahead(request);
  } catch (error) {
    if (error instanceof YuleError) return { kind: "error", message: error.message, hint: error.hint ?? "" };
    return { kind: "error", message: String(error), hint: "" };
  }
}

async function read({ bytes, name, columns }: Extract<Request, { kind: "read" }>): Promise<Answer> {
  const options = {
    name,
    ...(columns.time === "" ? {} : { time: columns.time }),
    ...(columns.value === "" ? {} : { value: columns.value }),
    ...(columns.id === "" ? {} : { id: columns.id }),
  };
  const { panel: found, decisions, notes } = await parseCsv(bytes, options);
  panel = found;
  const chosen: Columns = {
    time: decisions.time ?? "",
    value: decisions.values.length === 1 ? decisions.values[0]! : "",
    id: decisions.id.length === 1 ? decisions.id[0]! : "",
  };
  names = { value: chosen.value || "value", time: chosen.time || "row" };
  const count = panel.length === 1 ? "one series" : `${panel.length} series`;
  return {
    kind: "read",
    columns: decisions.columns,
    chosen,
    ids: panel.map(({ id }) => id),
    sentences: [`Read ${decisions.rows} rows: ${count}.`, ...notes.map(({ message }) => message)],
  };
}

async function ahead({ id, model, horizon }: Extract<Request, { kind: "forecast" }>): Promise<Answer> {
  const series = panel.find((candidate) => candidate.id === id) ?? panel[0]!;
  const began = performance.now();
  await loadFamilies([model]);
  const fitted = parseModel(model).fit(series, { rng: random(1) });
  const found = forecast(fitted, { seed: 1, ...(horizon === null ? {} : { horizon }) });
  const bands = LEVELS.map((level) => ({ level, ...interval(found, level) }));
  const drawn = { name: fitted.notation, mean: found.mean, bands, origin: fitted.origin };
  const picture = { ...pictureOf(series.id, series, [drawn]), valueName: names.value, timeName: names.time };
  const heads = [names.time, "mean", ...LEVELS.flatMap((level) => [`lo-${level}`, `hi-${level}`])];
  const rows = found.times.map((time, h) => [
    time,
    found.mean[h]!,
    ...bands.flatMap(({ lower, upper }) => [lower[h]!, upper[h]!]),
  ]);
  return {
    kind: "forecast",
    model: fitted.notation,
    figure: figureData(picture),
    heads,
    rows,
    cells: rounded({ columns: heads.map((name) => ({ name, round: "shared" })), rows }),
    notes: found.notes.filter(({ minor }) => minor !== true).map(({ message }) => message),
    seconds: (performance.now() - began) / 1000,
  };
}
