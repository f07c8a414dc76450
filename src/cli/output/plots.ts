import { show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import type { Figure } from "../../report/pictures/figure.js";
import type { Table } from "../../report/table.js";
import type { AxisNames, Context } from "../context.js";
import { writeWhole } from "../places/write.js";

/** More pictures than this are not drawn into one file. */
const MOST = 60;

export interface PlotContent {
  readonly title: string;
  readonly remarks: readonly string[];
  readonly table: Table;
  readonly figures: readonly Figure[];
}

/** Draws every file that was asked for with --plot; its content is made, and the drawing modules are loaded, only then. */
export async function savePlot(context: Context, make: () => PlotContent): Promise<void> {
  const { settings, shell } = context;
  const names = settings.plot ?? [];
  if (names.length === 0) return;
  const content = make();
  const all = content.figures;
  if (all.length > MOST)
    context.warn(`Only the first ${MOST} of ${all.length} plots are in ${names.join(" and ")}.`);
  const drawn = { ...content, figures: all.slice(0, MOST).map((figure) => withNames(figure, context.names)) };
  for (const name of names) {
    await writeWhole("plot", shell.cwd, name, await plotted(plotKind(name), drawn));
  }
  context.decided(`Drew ${names.join(" and ")}.`);
}

/** The figure with the names of its axes, where it has none of its own. */
export function withNames(figure: Figure, { value, time }: AxisNames): Figure {
  if ("kind" in figure) return figure;
  return {
    ...(value === null ? {} : { valueName: value }),
    ...(time === null ? {} : { timeName: time }),
    ...figure,
  };
}

export type PlotKind = "svg" | "html" | "png";

/** @throws YuleError `bad-plot` for a file name with another ending. */
export function plotKind(name: string): PlotKind {
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase();
  if (ending === "svg" || ending === "html" || ending === "png") return ending;
  throw usageError(
    "bad-plot",
    "plot",
    name,
    `--plot must be a file name that ends in .svg, .html or .png, not ${show(name)}.`,
  );
}

async function plotted(kind: PlotKind, content: PlotContent): Promise<string | Uint8Array> {
  if (kind === "html") return (await import("../../report/page/html.js")).htmlText(content);
  const { svgText } = await import("../../report/pictures/svg.js");
  const svg = svgText(content.figures);
  if (kind === "svg") return svg;
  return (await import("../../report/pictures/png.js")).pngBytes(svg);
}
