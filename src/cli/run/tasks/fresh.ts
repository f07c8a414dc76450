import type { Model } from "../../../core/model.js";
import { random } from "../../../core/random.js";
import type { Panel, Series } from "../../../core/series.js";
import { withMissing } from "../../../models/missing.js";
import type { Context } from "../../context.js";
import { modelsOf } from "../../families.js";
import { notationsOf } from "../../options/wrapping.js";
import { detach } from "../../tasks/detached.js";
import { fieldsOf } from "../../tasks/perform.js";
import type { TaskModel } from "../../tasks/task.js";
import { training } from "../../training.js";

/** A series and a model for it; no series where a loaded model goes on from where it stands. */
export interface SeriesAndModel {
  readonly series: Series | null;
  readonly model: TaskModel;
}

/** The models asked for, for each series; those that learn from a whole panel are fitted to it here. */
export async function tasksFromNotations(context: Context, panel: Panel): Promise<SeriesAndModel[]> {
  const { settings } = context;
  const missing = settings.missing ?? "keep";
  const columns: TaskModel[][] = [];
  for (const model of await modelsOf(notationsOf(settings))) {
    if (model.fitPanel === undefined) {
      const asked = { notation: model.notation, missing };
      columns.push(panel.map(() => asked));
    } else {
      columns.push(await fitTogether(context, withMissing(model, missing) as PanelModel, panel));
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
  const refusals = panel.map((series) => model.refusal?.(series) ?? null);
  const taken = refusals.every((refusal) => refusal !== null)
    ? panel
    : panel.filter((_, at) => refusals[at] === null);
  const fitted = await training(context, (options) =>
    model.fitPanel(taken, { ...options, rng: random(seed ?? 1) }),
  );
  let next = 0;
  return refusals.map((refusal) =>
    refusal === null || taken === panel
      ? { fitted: detach(fitted[next++]!), refit: false }
      : { refused: fieldsOf(refusal), asked: model.notation },
  );
}
