import { rounded } from "../numbers.js";
import { escapeMarkup } from "../pictures/markup.js";
import { isNumeric, type Table } from "../table.js";

/** Longer text may be broken into lines. */
const WORD = 24;

/** A table in markup; where it is wider than the page it is scrolled, by keys too. */
export function tableMarkup(table: Table, label: string): string {
  const kind = table.columns.map((_, at) => (isNumeric(table, at) ? "number" : "text"));
  const head = table.columns
    .map(({ name, title }, at) => `<th scope="col" class="${kind[at]}">${escapeMarkup(title ?? name)}</th>`)
    .join("");
  const rows = rounded(table).map(
    (row) => `<tr>${row.map((cell, at) => cellMarkup(cell, kind[at]!)).join("")}</tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeMarkup(label)}"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>`;
}

function cellMarkup(cell: string, kind: string): string {
  const text = escapeMarkup(cell);
  if (kind === "number") return `<td>${text}</td>`;
  return `<td class="${cell.length > WORD ? "text" : "word"}">${text}</td>`;
}
