import { largestOf } from "../../../math/extremes.js";
import { fixed } from "../../../report/numbers.js";
import { documentText } from "../../../report/page/document.js";
import { PageAssets } from "../../../report/page/figures.js";
import { fileName } from "../../../report/page/html.js";
import { tableMarkup } from "../../../report/page/tables.js";
import { escapeMarkup } from "../../../report/pictures/markup.js";
import { type Table, without } from "../../../report/table.js";
import { csvText } from "../../../report/text/csv.js";
import type { AxisNames } from "../../context.js";
import { leaderboardTable } from "../backtest/tables.js";
import { forecastTable } from "../forecast.js";
import type { Findings, SeriesFindings } from "./gathered.js";
import { type Drawing, seriesSections } from "./sections.js";
import { skillSentences } from "./words.js";

/** Observed values that a chart keeps: all of one series, the last of each of many. */
const KEEP = { one: 20_000, many: 200 } as const;
/** Points of a sparkline. */
const POINTS = 40;

/** The page: one series at full length, or an overview of many with a page each. */
export function reportPage(findings: Findings, names: AxisNames): string {
  const assets = new PageAssets();
  const { all, file } = findings;
  const title = all.length === 1 ? `Forecast of ${all[0]!.series.id}` : `Forecasts of ${all.length} series`;
  const drawing: Drawing = {
    assets,
    names,
    findings,
    keep: all.length === 1 ? KEEP.one : KEEP.many,
    heading: all.length === 1 ? "h2" : "h3",
  };
  const forecasts = all.flatMap((one) => one.forecasts);
  const csv = csvText(forecastTable(forecasts, findings.showIds), true);
  const download = assets.download("Download the forecast as CSV", { name: fileName(title), text: csv });
  const body = all.length === 1 ? seriesSections(all[0]!, drawing) : panelBody(findings, drawing);
  return documentText({
    title,
    body: `<main>
<h1>${escapeMarkup(title)}</h1>
<p class="soft">From ${escapeMarkup(file)}, by yule ${escapeMarkup(findings.version)}.</p>
${download}
${body}
${reproduction(findings)}
</main>`,
    data: assets.data,
  });
}

/** An overview with a row a series, and the page of each. */
function panelBody(findings: Findings, drawing: Drawing): string {
  const { all, board, plan, decided, warned } = findings;
  const sorted = all
    .map((one, at) => ({ one, at, error: errorOf(one, findings) }))
    .sort((a, b) => (b.error ?? Number.POSITIVE_INFINITY) - (a.error ?? Number.POSITIVE_INFINITY));
  const rows = sorted.map(({ one, at, error }) => overviewRow(one, at, error));
  const level = findings.levels.at(-1);
  const measure = (board?.rankedBy ?? "mase").toUpperCase();
  const asked = plan?.models[0]?.notation ?? "";
  const skill =
    board === null || plan === null
      ? []
      : [`${asked}, over all series: ${skillSentences(board, asked, plan).join(" ")}`];
  const notes = [...skill, ...decided, ...warned];
  const overview = `<section id="overview" data-page><h2 tabindex="-1">All series</h2>
<ul>${notes.map((note) => `<li>${escapeMarkup(note)}</li>`).join("")}</ul>
<p>The largest error in the past first.</p>
<p><label for="search">Find a series </label><input id="search" type="search" autocomplete="off"> <span id="found" role="status"></span></p>
<div class="scroll" tabindex="0" role="region" aria-label="All series"><table>
<thead><tr><th scope="col">series</th><th scope="col">past and forecast</th><th scope="col" class="number">next</th>${level === undefined ? "" : `<th scope="col" class="number">${level} % interval</th>`}<th scope="col" class="number">${measure}</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table></div>
${board === null || plan === null ? "" : `<h3>All series together, the best model first</h3>${tableMarkup(boardTable(findings), "Models over all series")}`}
</section>`;
  const pages = all.map(
    (one, at) => `<section id="series-${at}" data-page hidden><p><a href="#overview">All series</a></p>
<h2 tabindex="-1">${escapeMarkup(one.series.id)}</h2>
${seriesSections(one, drawing)}
</section>`,
  );
  return [overview, ...pages].join("\n");
}

function boardTable({ board, plan }: Findings): Table {
  return ["seconds", "CRPS", "RMSE"].reduce<Table>(
    (table, name) => without(table, name),
    leaderboardTable(board!.scores, plan!.levels),
  );
}

/** The error of the first model in the past of a series; null where it is not known. */
function errorOf({ board }: SeriesFindings, { plan }: Findings): number | null {
  const score = board?.scores.find(({ model, count }) => model === plan?.models[0]?.notation && count > 0);
  const error = score?.[board!.rankedBy];
  return error === undefined || !Number.isFinite(error) ? null : error;
}

function overviewRow(one: SeriesFindings, at: number, error: number | null): string {
  const { series, forecasts } = one;
  const id = escapeMarkup(series.id);
  const [first] = forecasts;
  const next = first?.value.mean[0] ?? Number.NaN;
  const widest = first?.value.intervals.at(-1);
  const digits = Math.max(0, 3 - Math.floor(Math.log10(Math.abs(next) || 1)));
  const number = (value: number) => fixed(value, Math.min(6, digits));
  const band =
    widest === undefined ? "" : `<td>${number(widest.lower[0]!)} to ${number(widest.upper[0]!)}</td>`;
  const cells = `<td>${first === undefined ? "failed" : number(next)}</td>${band}<td>${error === null ? "" : error.toFixed(3)}</td>`;
  return `<tr data-series="${id}"><th scope="row"><a href="#series-${at}">${id}</a></th><td class="word">${spark(one)}</td>${cells}</tr>`;
}

/** The recent past in ink and the forecast in colour, as a small drawing. */
function spark({ series, forecasts }: SeriesFindings): string {
  const past = Array.from(series.y).filter(Number.isFinite).slice(-POINTS);
  const ahead = Array.from(forecasts[0]?.value.mean ?? []);
  const values = [...past, ...ahead];
  if (values.length < 2) return "";
  const [low, high] = [-largestOf(values.map((value) => -value)), largestOf(values)];
  const x = (index: number) => ((index / (values.length - 1)) * 118 + 1).toFixed(1);
  const y = (value: number) => (high === low ? 13 : 24 - (22 * (value - low)) / (high - low)).toFixed(1);
  const path = (from: number, part: readonly number[]) =>
    part.map((value, index) => `${index === 0 ? "M" : "L"}${x(from + index)} ${y(value)}`).join("");
  const joined = past.length === 0 ? ahead : [past.at(-1)!, ...ahead];
  return `<svg class="spark" viewBox="0 0 120 26" aria-hidden="true"><path d="${path(0, past)}" fill="none" stroke="var(--ink)"/><path d="${path(Math.max(0, past.length - 1), joined)}" fill="none" stroke="var(--line-0)" stroke-width="1.6"/></svg>`;
}

/** The command and the versions that make the same page. */
function reproduction({ command, version }: Findings): string {
  return `<section><h2>To repeat it</h2>
<pre><code>${escapeMarkup(command)}</code></pre>
<p class="soft">yule ${escapeMarkup(version)}, Node ${escapeMarkup(process.versions.node)}; one seed gives the same numbers on every machine.</p></section>`;
}
