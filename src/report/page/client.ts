/**
 * What runs in the browser of whoever reads a page. The page holds the source text of these functions, so they may use each other and
 * the browser, and nothing else of this module or of others: how charts are drawn is handed to them.
 */
import type { FigureData, PageData } from "./data.js";

/** Draws a chart into its place; the result takes it away again. */
export type Draw = (place: HTMLElement, figure: FigureData) => () => void;

/** Starts the page: charts as they come into view, downloads, search, and the page of a series that an address names. */
export function startPage(drawChart: Draw): void {
  const data = JSON.parse(document.getElementById("page-data")!.textContent!) as PageData;
  document.documentElement.classList.add("scripted");
  const drawn = new Map<HTMLElement, () => void>();
  const draw = (place: HTMLElement) => {
    drawn.get(place)?.();
    drawn.set(place, drawChart(place, figureAt(data, Number(place.dataset.figure))));
  };
  const watch = (entries: IntersectionObserverEntry[]) => {
    for (const { isIntersecting, target } of entries)
      if (isIntersecting && !drawn.has(target as HTMLElement)) draw(target as HTMLElement);
  };
  const seen = new IntersectionObserver(watch, { rootMargin: "4000px" });
  for (const place of document.querySelectorAll<HTMLElement>("[data-figure]")) seen.observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const place of [...drawn.keys()]) draw(place);
  });
  addEventListener("beforeprint", () => {
    for (const place of document.querySelectorAll<HTMLElement>("[data-figure]"))
      if (!drawn.has(place) && place.offsetParent !== null) draw(place);
  });
  for (const button of document.querySelectorAll<HTMLElement>("[data-csv]"))
    button.addEventListener("click", () => download(data.files[Number(button.dataset.csv)]!));
  startSearch();
  startPages();
}

/** A figure with the times that it shares with others. */
export function figureAt({ figures, axes }: PageData, at: number): FigureData {
  const figure = figures[at]!;
  return figure.kind === "bars" ? figure : { ...figure, ...axes[figure.axis]! };
}

/** Hands a text over as a file; nothing leaves the machine. */
export function download({ name, text }: { readonly name: string; readonly text: string }): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Shows the rows of the overview whose series has what was typed in its name. */
export function startSearch(): void {
  const field = document.querySelector<HTMLInputElement>("#search");
  if (field === null) return;
  const rows = [...document.querySelectorAll<HTMLElement>("[data-series]")];
  const count = document.getElementById("found")!;
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.dataset.series!.toLowerCase().includes(wanted);
    count.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} series`;
  });
}

/** Shows the overview, or the page of the series in the address (#series-7). */
export function startPages(): void {
  const pages = [...document.querySelectorAll<HTMLElement>("[data-page]")];
  if (pages.length === 0) return;
  const show = (move: boolean) => {
    const wanted = pages.find(({ id }) => `#${id}` === location.hash) ?? pages[0]!;
    for (const page of pages) page.hidden = page !== wanted;
    if (!move) return;
    scrollTo(0, 0);
    wanted.querySelector<HTMLElement>("h2")?.focus();
  };
  addEventListener("hashchange", () => show(true));
  show(false);
}

/** The functions of a page beside those of its charts, in any order: a page holds their texts. */
export const CLIENT: readonly { toString(): string }[] = [
  startPage,
  figureAt,
  download,
  startSearch,
  startPages,
];
