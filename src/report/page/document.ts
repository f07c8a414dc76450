import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { escapeMarkup } from "../pictures/markup.js";
import { CHART, drawChart } from "./chart.js";
import { CLIENT, startPage } from "./client.js";
import { embedded, type PageData } from "./data.js";
import { STYLE } from "./style.js";

/** A page in one file: its markup, and what its script draws and hands over. */
export interface PageParts {
  readonly title: string;
  /** Markup, escaped. */
  readonly body: string;
  readonly data: PageData;
}

/**
 * The text of a page that stands alone: script and charts (uPlot) are in it, and its Content-Security-Policy lets it load nothing.
 */
export function documentText({ title, body, data }: PageParts): string {
  const script = scriptText();
  const hash = createHash("sha256").update(script).digest("base64");
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src data:`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="yule">
<title>${escapeMarkup(title)}</title>
<link rel="icon" href="data:,">
<style>${chartStyle()}${STYLE}</style>
</head>
<body>
${withPercentsWhole(body)}
<p id="keys">Left and right arrows read the values, plus and minus zoom, 0 shows all.</p>
<noscript><p>The charts of this page need JavaScript; the tables do not.</p></noscript>
<script type="application/json" id="page-data">${embedded(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Lines do not end between a number and its percent sign; cells and commands stay as they are, since they are copied. */
function withPercentsWhole(body: string): string {
  return body.replace(/<(pre|td)\b[\s\S]*?<\/\1>|(\d) %/g, (text: string, tag?: string, digit = "") =>
    tag === undefined ? `${digit}\u00a0%` : text,
  );
}

/** The script of every page: uPlot, the functions of the page, and their start. */
function scriptText(): string {
  const own = [...CLIENT, ...CHART].map((part) => part.toString()).join("\n");
  const start = `${startPage.name}(${drawChart.name});`;
  const text = `${fileOf("uPlot.iife.min.js")}\n(() => { "use strict";\n${own}\n${start}\n})();`;
  return text.replaceAll("</script", "<\\/script");
}

function chartStyle(): string {
  return fileOf("uPlot.min.css");
}

const find = createRequire(import.meta.url);

function fileOf(name: string): string {
  return readFileSync(find.resolve(`uplot/dist/${name}`), "utf8").trim();
}
