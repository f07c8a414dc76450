import { timeLabel } from "../../../core/time/calendar.js";
import { testOf } from "../../../engine/check-residuals.js";
import { replayed } from "../../../engine/residuals.js";
import type { PageAssets } from "../../../report/page/figures.js";
import { tableMarkup } from "../../../report/page/tables.js";
import type { Figure } from "../../../report/pictures/figure.js";
import { escapeMarkup } from "../../../report/pictures/markup.js";
import { type Picture, recent } from "../../../report/pictures/picture.js";
import { type Cell, type Table, without } from "../../../report/table.js";
import { attach } from "../../../run/tasks/detached.js";
import type { AxisNames } from "../../context.js";
import { partPictures, residualFigures } from "../../output/figures.js";
import { withNames } from "../../output/plots.js";
import { growthPicture } from "../backtest/pictures.js";
import { comparisonSentence, planSentence } from "../backtest/sentences.js";
import { leaderboardTable } from "../backtest/tables.js";
import { forecastTable, picturesOf } from "../forecast.js";
import type { Findings, Forecasted, SeriesFindings } from "./gathered.js";
import {
  dataSentence,
  forecastSentences,
  residualSentence,
  skillSentences,
  strengthSentence,
} from "./words.js";

/** How the measure is read. */
const MEANING =
  " MASE below 1 is a smaller error than that of the seasonal naive forecast within the training rows.";
/** Observed values before a forecast, for each of its steps. */
const KEPT = 8;

/** What the sections of one series need besides what was found. */
export interface Drawing {
  readonly assets: PageAssets;
  readonly names: AxisNames;
  readonly findings: Findings;
  /** Observed values of a chart, at most. */
  readonly keep: number;
  /** Tag of the headings of sections. */
  readonly heading: "h2" | "h3";
}

/** All sections about one series. */
export function seriesSections(one: SeriesFindings, drawing: Drawing): string {
  const { heading } = drawing;
  const sections: (readonly [string, string])[] = [
    ["Forecast", forecastSection(one, drawing)],
    ["Backtest", pastSection(one, drawing)],
    ["The data", dataSection(one, drawing)],
    ["Trend and seasons", partsSection(one, drawing)],
    ["The model", modelSection(one)],
    ["Checks of the residuals", residualSection(one, drawing)],
  ];
  return sections
    .filter(([, body]) => body !== "")
    .map(([title, body]) => `<section><${heading}>${title}</${heading}>\n${body}</section>`)
    .join("\n");
}

const paragraph = (text: string) => `<p>${escapeMarkup(text)}</p>`;
const list = (items: readonly string[]) =>
  items.length === 0 ? "" : `<ul>${items.map((item) => `<li>${escapeMarkup(item)}</li>`).join("")}</ul>`;

function drawn(figure: Figure, { assets, names }: Drawing, height: number): string {
  return assets.figure(withNames(figure, names), height);
}

function forecastSection({ series, forecasts, failed }: SeriesFindings, drawing: Drawing): string {
  const failures = failed.map(({ model, error }) => `${model} could not be used: ${error.message}`);
  const [first] = forecasts;
  if (first === undefined) return list(failures);
  const words = forecastSentences(first, series);
  const model = forecasts.length > 1 ? [`The text describes ${first.model}, the first model requested.`] : [];
  const [picture] = picturesOf(forecasts, [series]);
  const table = forecastTable(forecasts, false);
  const shown = forecasts.length > 1 ? table : without(table, "model");
  return `<p class="lead">${escapeMarkup(words[0]!)}</p>
${paragraph([...words.slice(1), ...model].join(" "))}
${drawn({ ...recent(picture!, Math.max(drawing.keep, KEPT * first.value.times.length)), title: "Observed and forecast" }, drawing, 360)}
${tableMarkup(shown, `Forecast of ${series.id}`)}
${list(failures)}`;
}

function pastSection({ board, forecasts }: SeriesFindings, drawing: Drawing): string {
  const { plan, noBacktest } = drawing.findings;
  if (plan === null) return paragraph(`No backtest was possible: ${noBacktest ?? ""}`);
  const [first] = forecasts;
  if (board === null || first === undefined) return paragraph("The series is too short for a backtest.");
  const asked = plan.models[0]!.notation;
  const shown = ["seconds", "CRPS", "OWA"].reduce<Table>(
    (table, name) => without(table, name),
    leaderboardTable(board.scores, plan.levels),
  );
  const growth = growthPicture(board.scores.filter(({ count }) => count > 0).slice(0, 4), board.rankedBy);
  return `${paragraph(skillSentences(board, asked, plan).join(" "))}
${tableMarkup(shown, "Models by their error in the past, the best first")}
<p class="soft">${escapeMarkup(`${planSentence(plan)}${board.rankedBy === "mase" ? MEANING : ""} ${plan.levels.map((level) => `${level} %`).join(" and ")}: share of values inside that interval.`)}</p>
${drawn(growth, drawing, 260)}
${paragraph(comparisonSentence(board.comparison))}`;
}

function dataSection(one: SeriesFindings, drawing: Drawing): string {
  const { series, looked } = one;
  const { time, y } = series;
  const span = time === null ? "" : ` from ${timeLabel(time, 0)} to ${timeLabel(time, y.length - 1)}`;
  const { outliers, levelShifts, advice } = looked.item;
  const kept = advice.sentences.filter(({ topic }) => !["orders", "differences"].includes(topic));
  const unusual = outliers.length + levelShifts.length;
  return `${paragraph(dataSentence(one, span))}
${list(kept.map(({ text }) => text))}
${unusual === 0 ? paragraph("No outliers and no level shifts were found.") : unusualTable(one)}
${drawing.findings.all.length > 1 ? "" : list([...drawing.findings.decided, ...drawing.findings.warned])}`;
}

function unusualTable({ looked: { item }, series }: SeriesFindings): string {
  const rows: Cell[][] = [
    ...item.outliers.map(({ ds, value, expected }) => [ds, "outlier", value, expected]),
    ...item.levelShifts.map(({ ds, size }) => [ds, "level shift", size, null]),
  ];
  const table: Table = {
    columns: [
      { name: "time" },
      { name: "what" },
      { name: "value or size", round: "shared" },
      { name: "expected", round: "shared" },
    ],
    rows: rows.slice(0, 20),
  };
  return tableMarkup(table, `Unusual values of ${series.id}`);
}

function partsSection(one: SeriesFindings, drawing: Drawing): string {
  const { parts, series } = one;
  if (parts === null) return paragraph(strengthSentence(one));
  const pictures = partPictures(series, parts).slice(1);
  const charts = pictures.map((picture) =>
    drawn(recent(untitled(picture, series.id), drawing.keep), drawing, 200),
  );
  return `${paragraph(strengthSentence(one))}\n<div class="grid">${charts.join("\n")}</div>`;
}

function untitled(picture: Picture, id: string): Picture {
  return { ...picture, title: picture.title.replace(`${id}: `, "") };
}

/** What was fitted: the choice that was made, what a combination is made of, and the effects of inputs. */
function modelSection({ forecasts }: SeriesFindings): string {
  return forecasts
    .map((forecast) => {
      const { model, value } = forecast;
      const notes = value.notes.map(({ message }) => message);
      return `${paragraph(`Model: ${model}.`)}${list(notes)}${membersTable(forecast)}${effectsTable(forecast)}`;
    })
    .join("\n");
}

function membersTable({ value: { fitted }, model }: Forecasted): string {
  const members = fitted?.rest.report.details.members;
  if (!Array.isArray(members)) return "";
  const rows = (members as { model?: unknown; weight?: unknown }[]).flatMap((member): Cell[][] =>
    typeof member.model === "string" && typeof member.weight === "number"
      ? [[member.model, member.weight]]
      : [],
  );
  if (rows.length === 0) return "";
  return tableMarkup(
    { columns: [{ name: "member" }, { name: "weight", round: 3 }], rows },
    `Members of ${model}`,
  );
}

/** What one more unit of each input adds, where the model says so. */
function effectsTable({ value: { fitted, origin }, model }: Forecasted): string {
  const found = (fitted?.rest.report.coefficients ?? []).filter(({ name }) =>
    origin.inputNames.includes(name),
  );
  if (found.length === 0) return "";
  const rows = found.map(({ name, estimate, stdError }): Cell[] => [
    name,
    estimate,
    stdError,
    estimate - 1.96 * stdError,
    estimate + 1.96 * stdError,
  ]);
  const names = ["effect of one unit", "std. error", "95 % from", "to"];
  const table: Table = {
    columns: [{ name: "input" }, ...names.map((name) => ({ name, round: "each" as const }))],
    rows,
  };
  return `<p>What one more unit of an input adds, the rest held equal:</p>${tableMarkup(table, `Effects of the inputs in ${model}`)}`;
}

function residualSection({ series, forecasts }: SeriesFindings, drawing: Drawing): string {
  const [first] = forecasts;
  if (first === undefined || first.value.fitted === null) return "";
  const fitted = attach(first.value.fitted);
  const { residuals, standardized } = replayed(fitted, series);
  const test = testOf(standardized, fitted);
  const charts = residualFigures(series, residuals, first.model).map((figure) => {
    const named = { ...figure, title: figure.title.replace(`${series.id}: `, "") };
    return drawn("kind" in named ? named : recent(named, drawing.keep), drawing, 200);
  });
  return `${paragraph(residualSentence(test))}\n<div class="grid">${charts.join("\n")}</div>`;
}
