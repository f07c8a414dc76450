import { dataError } from "../../core/errors.js";
import type { Fitted, Model } from "../../core/model.js";
import { random } from "../../core/random.js";
import type { Panel, Series } from "../../core/series.js";
import { interpolateMissing } from "../../diagnostics/interpolate.js";
import type { Context } from "../context.js";
import { modelsOf } from "../families.js";
import { detach } from "../tasks/detached.js";
import type { TaskModel } from "../tasks/task.js";
import { training } from "../training.js";
import { notationsOf } from "../wrapping.js";

/** A series and a model for it; no series where a loaded model goes on from where it stands. */
export interface Pair {
  readonly series: Series | null;
  readonly model: TaskModel;
}

/** The models asked for, for each series; those that learn from a whole panel are fitted to it here. */
export async function freshPairs(context: Context, panel: Panel): Promise<Pair[]> {
  const { settings } = context;
  const missing = settings.missing ?? "keep";
  const columns: TaskModel[][] = [];
  for (const model of await modelsOf(notationsOf(settings))) {
    if (model.fitPanel === undefined) columns.push(panel.map(() => ({ notation: model.notation, missing })));
    else {
      const fitted = await fitTogether(context, model.fitPanel, panel);
      columns.push(fitted.map((one) => ({ fitted: detach(one), refit: false })));
    }
  }
  return panel.flatMap((series, at) => columns.map((column) => ({ series, model: column[at]! })));
}

async function fitTogether(
  context: Context,
  fit: NonNullable<Model["fitPanel"]>,
  panel: Panel,
): Promise<readonly Fitted[]> {
  const { seed } = context.settings;
  const whole = panel.map((series) => withoutGaps(series, context));
  return training(context, (options) => fit(whole, { ...options, rng: random(seed ?? 1) }));
}

/** Missing values as --missing wants them; kept by default, as every model that learns from a panel can. */
export function withoutGaps(series: Series, { settings }: Context): Series {
  const at = series.y.findIndex((value) => Number.isNaN(value));
  if (at < 0 || (settings.missing ?? "keep") === "keep") return series;
  if (settings.missing === "interpolate")
    return { ...series, y: interpolateMissing(series.y, series.period) };
  throw dataError(
    "missing-values",
    series.id,
    at + 1,
    `${series.id} has missing values, the first at row ${at + 1}; fill them in or use --missing keep.`,
  );
}
