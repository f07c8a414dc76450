import { rounded } from "../numbers.js";
import { isNumeric, type Table } from "../table.js";
import { escapeMarkup } from "./markup.js";
import type { Picture } from "./picture.js";
import { svgText } from "./svg.js";

const STYLE = `
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 1000px; padding: 24px; color: #1f2937; background: white;
  font: 15px/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 22px; margin: 0 0 4px; }
ul { margin: 0 0 20px; padding: 0; list-style: none; color: #4b5563; }
svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; margin-top: 16px; font-variant-numeric: tabular-nums; }
th, td { padding: 3px 12px; text-align: left; border-bottom: 1px solid #e5e7eb; }
th { border-bottom: 2px solid #9ca3af; position: sticky; top: 0; background: white; }
.number { text-align: right; }
`;

export interface Page {
  readonly title: string;
  /** Sentences under the title: what was decided, what to know. */
  readonly remarks: readonly string[];
  readonly pictures: readonly Picture[];
  readonly table: Table;
}

/** A page that stands alone: the plot, what was decided, and the numbers; no script, nothing loaded from elsewhere. */
export function htmlText({ title, remarks, pictures, table }: Page): string {
  const list = remarks.map((remark) => `<li>${escapeMarkup(remark)}</li>`).join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeMarkup(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeMarkup(title)}</h1>
<ul>${list}</ul>
${svgText(pictures)}
${tableMarkup(table)}
</body>
</html>
`;
}

function tableMarkup(table: Table): string {
  const kind = table.columns.map((_, at) => (isNumeric(table, at) ? ' class="number"' : ""));
  const head = table.columns
    .map(({ name, title }, at) => `<th${kind[at]}>${escapeMarkup(title ?? name)}</th>`)
    .join("");
  const rows = rounded(table).map(
    (row) => `<tr>${row.map((cell, at) => `<td${kind[at]}>${escapeMarkup(cell)}</td>`).join("")}</tr>`,
  );
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join("\n")}\n</tbody>\n</table>`;
}
