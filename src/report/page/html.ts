import type { Figure } from "../pictures/figure.js";
import { escapeMarkup } from "../pictures/markup.js";
import type { Table } from "../table.js";
import { csvText } from "../text/csv.js";
import { documentText } from "./document.js";
import { PageAssets } from "./figures.js";
import { tableMarkup } from "./tables.js";

export interface Page {
  readonly title: string;
  /** Sentences under the title: what was decided, what to know. */
  readonly remarks: readonly string[];
  readonly figures: readonly Figure[];
  readonly table: Table;
}

/** Charts higher where there is one of them. */
const ALONE = 420;
const BESIDE = 260;
/** Rows of the table that a page shows; the file to download has all. */
const ROWS = 2000;

/** A page that stands alone: charts to look into and zoom, what was decided, the numbers, and a file of them to download. */
export function htmlText({ title, remarks, figures, table }: Page): string {
  const assets = new PageAssets();
  const alone = figures.length === 1;
  const charts = figures.map((figure) => assets.figure(figure, alone ? ALONE : BESIDE)).join("\n");
  const list = remarks.map((remark) => `<li>${escapeMarkup(remark)}</li>`).join("");
  const rows = [...table.rows];
  const shown = rows.slice(0, ROWS);
  const body = `<main>
<h1>${escapeMarkup(title)}</h1>
${list === "" ? "" : `<ul class="soft">${list}</ul>`}
${alone ? charts : `<div class="grid">${charts}</div>`}
<h2>Numbers</h2>
${assets.download("Download as CSV", { name: fileName(title), text: csvText(table, true) })}
${shown.length < rows.length ? `<p>The first ${ROWS} of ${rows.length} rows; the file has all of them.</p>` : ""}
${tableMarkup({ columns: table.columns, rows: shown }, `${title}: the numbers`)}
</main>`;
  return documentText({ title, body, data: assets.data });
}

/** A name that file systems take, after a title. */
export function fileName(title: string): string {
  const words = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `${words.slice(0, 60) || "yule"}.csv`;
}
