import type { Figure } from "../pictures/figure.js";
import { escapeMarkup } from "../pictures/markup.js";
import { type Picture, pathsNamed } from "../pictures/picture.js";
import { dashOf } from "../pictures/strokes.js";
import { type PageData, type PageFile, pageData } from "./data.js";

/** Collects what the script of a page needs while its markup is made. */
export class PageAssets {
  readonly #figures: Figure[] = [];
  readonly #files: PageFile[] = [];

  get data(): PageData {
    return pageData(this.#figures, this.#files);
  }

  /** A chart with its title, its legend, and a line that tells the values at the cursor. */
  figure(figure: Figure, height = 320): string {
    const at = this.#figures.push(figure) - 1;
    const title = escapeMarkup(figure.title);
    return `<figure data-figure="${at}" data-height="${height}"><figcaption>${title}</figcaption>${legend(figure)}
<div class="plot" tabindex="0" role="application" aria-roledescription="chart" aria-label="${title}. ${escapeMarkup(inWords(figure))}" aria-describedby="keys"></div>
<output aria-live="polite"></output></figure>`;
  }

  /** A button that hands over a file. */
  download(label: string, file: PageFile): string {
    const at = this.#files.push(file) - 1;
    return `<p><button type="button" data-csv="${at}">${escapeMarkup(label)}</button></p>`;
  }
}

/** What a chart shows, for those who do not see it. */
function inWords(figure: Figure): string {
  if ("kind" in figure) return `${figure.values.length} bars: ${figure.yName} by ${figure.xName}.`;
  const { history, times, curves } = figure;
  const observed = history.length === 0 ? "" : `${history.length} observed values. `;
  const names = curves.map(({ name }) => name).join(", ");
  const span = times.length === 0 ? "" : `From ${times[0]} to ${times.at(-1)}. `;
  return `${observed}${names === "" ? "" : `Lines: ${names}. `}${span}`.trim();
}

function legend(figure: Figure): string {
  const keys = "kind" in figure ? barKeys(figure.curve?.name, figure.band) : keysOf(figure);
  if (keys.length === 0) return "";
  const items = keys.map(([mark, label]) => `<li>${mark}${escapeMarkup(label)}</li>`);
  return `<ul class="keys">${items.join("")}</ul>`;
}

type Key = readonly [mark: string, label: string];

function keysOf({ history, curves, marks, marksName }: Picture): Key[] {
  if (curves.length === 0 && (marks ?? []).length === 0) return [];
  const several = curves.length > 1;
  const own = curves.map(({ name, bands, paths }, at): Key => {
    const levels = bands.map(({ level }) => `${level} %`).join(" and ");
    const shaded = bands.length === 0 ? "" : `, ${several ? "its " : ""}intervals ${levels} shaded`;
    return [
      line(`var(--line-${at % 6})`, dashOf(at), bands.length > 0),
      `${pathsNamed(name, paths === undefined ? {} : { paths })}${shaded}`,
    ];
  });
  const observed: Key[] = history.length === 0 ? [] : [[line("var(--ink)", "", false), "observed"]];
  const marked: Key[] = (marks ?? []).length === 0 ? [] : [[dot("var(--alarm)"), marksName ?? "marked"]];
  return [...observed, ...own, ...marked];
}

function barKeys(curve: string | undefined, band: number | null): Key[] {
  return [
    ...(curve === undefined ? [] : ([[line("var(--line-1)", "", false), curve]] as const)),
    ...(band === null
      ? []
      : ([[line("var(--alarm)", "4 4", false), "95 % of an independent series"]] as const)),
  ];
}

function line(color: string, dash: string, shaded: boolean): string {
  const shade = shaded ? `<rect width="26" height="12" fill="${color}" opacity="0.25"/>` : "";
  return `<svg viewBox="0 0 26 12" aria-hidden="true">${shade}<path d="M0 6h26" stroke="${color}" stroke-width="2" stroke-dasharray="${dash}"/></svg>`;
}

function dot(color: string): string {
  return `<svg viewBox="0 0 26 12" aria-hidden="true"><circle cx="13" cy="6" r="4.5" fill="${color}"/></svg>`;
}
