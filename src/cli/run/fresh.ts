import { dataError, YuleError } from "../../core/errors.js";
import type { Model } from "../../core/model.js";
import { random } from "../../core/random.js";
import type { Panel, Series } from "../../core/series.js";
import { interpolateMissing } from "../../diagnostics/interpolate.js";
import type { Context } from "../context.js";
import { modelsOf } from "../families.js";
import { detach } from "../tasks/detached.js";
import { fieldsOf } from "../tasks/perform.js";
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
      columns.push(await fitTogether(context, model as PanelModel, panel));
    }
  }
  return panel.flatMap((series, at) => columns.map((column) => ({ series, model: column[at]! })));
}

type PanelModel = Model & Required<Pick<Model, "fitPanel">>;

/**
 * Fits one model to all series that it can take; the others get the reason why not. Where it can take none, they are left
 * to the fit, whose error says what is wrong with all of them.
 */
async function fitTogether(context: Context, model: PanelModel, panel: Panel): Promise<TaskModel[]> {
  const { seed } = context.settings;
  const refusals = panel.map((series) => refusalOf(context, model, series));
  const taken = refusals.every((refusal) => refusal !== null)
    ? panel
    : panel.filter((_, at) => refusals[at] === null);
  const whole = taken.map((series) => withoutGaps(series, context));
  const fitted = await training(context, (options) =>
    model.fitPanel(whole, { ...options, rng: random(seed ?? 1) }),
  );
  let next = 0;
  return refusals.map((refusal) =>
    refusal === null || taken === panel
      ? { fitted: detach(fitted[next++]!), refit: false }
      : { refused: fieldsOf(refusal), asked: model.notation },
  );
}

function refusalOf(context: Context, model: PanelModel, series: Series): YuleError | null {
  try {
    return model.refusal?.(withoutGaps(series, context)) ?? null;
  } catch (error) {
    if (error instanceof YuleError) return error;
    throw error;
  }
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
