import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

/** An entry of the sidebar; a group has items. */
export interface Entry {
  readonly text: string;
  readonly link?: string;
  readonly collapsed?: boolean;
  readonly items?: readonly Entry[];
}

/** Folders of docs/ in the order of the sidebar, with the pages that come first; the others follow by title. */
const FOLDERS: readonly (readonly [folder: string, title: string, first: readonly string[]])[] = [
  [
    "guide",
    "Guide",
    [
      "first-forecast",
      "reading-the-output",
      "which-model",
      "intervals",
      "backtests",
      "inputs",
      "many-series",
    ],
  ],
  ["data", "Data", ["reading-data", "formats", "preparing-data", "stationarity"]],
  ["recipes", "Recipes", ["README", "coming-from"]],
  ["models", "Models", ["README"]],
  ["models/classical", "Classical models", ["arima", "ets", "theta", "ar"]],
  ["models/networks", "Networks", ["deepar"]],
  ["models/combinations", "Combinations and wrappers", ["auto"]],
  ["methods", "Methods", []],
  ["measurements", "Measurements", ["accuracy", "speed"]],
  ["reference", "Reference", ["cli", "models", "output-formats", "codes"]],
  ["project", "Project", ["architecture"]],
];

/** The sidebar of the site: every page of every folder of docs/, so that no page can be left out. */
export function sidebarOf(docs: string): Entry[] {
  const groups = FOLDERS.map(([folder, text, first]) => {
    const pages = readdirSync(resolve(docs, folder)).filter((name) => name.endsWith(".md"));
    const names = pages.map((page) => page.slice(0, -3));
    const rest = names.filter((name) => !first.includes(name));
    const items = [...first.filter((name) => names.includes(name)), ...rest].map((name) => ({
      text: titleOf(resolve(docs, folder, `${name}.md`)),
      link: `/${folder}/${name === "README" ? "" : name}`,
    }));
    return { text, collapsed: true, items };
  });
  const api = resolve(docs, "api/typedoc-sidebar.json");
  const library = existsSync(api) ? (JSON.parse(readFileSync(api, "utf8")) as Entry[]) : [];
  return library.length === 0 ? groups : [...groups, { text: "Library", collapsed: true, items: library }];
}

/** The first heading of a page, without what follows a colon. */
function titleOf(page: string): string {
  const [, title] = /^# (.*)$/m.exec(readFileSync(page, "utf8")) ?? [];
  return title?.replace(/:.*$/, "").replaceAll("`", "") ?? page;
}
