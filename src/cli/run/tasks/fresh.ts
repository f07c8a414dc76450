import { YuleError } from "../../../core/errors.js";
import type { Panel, Series } from "../../../core/series.js";
import { withMissing } from "../../../models/missing.js";
import { fitTogether, type PanelModel } from "../../../run/fit-together.js";
import { fieldsOf } from "../../../run/outcome.js";
import { detach } from "../../../run/tasks/detached.js";
import type { TaskModel } from "../../../run/tasks/task.js";
import type { Context } from "../../context.js";
import { modelsOf } from "../../families.js";
import { isNetwork, notationsOf } from "../../options/wrapping.js";
import { training } from "../../training.js";

/** A series and a model for it; no series where a loaded model goes on from where it stands. */
export interface SeriesAndModel {
  readonly series: Series | null;
  readonly model: TaskModel;
}

/** The models asked for, for each series; those that learn from a whole panel are fitted to it here. */
export async function tasksFromNotations(
  context: Context,
  panel: Panel,
  horizon: number | null,
): Promise<SeriesAndModel[]> {
  const { settings } = context;
  const missing = settings.missing ?? "keep";
  const columns: TaskModel[][] = [];
  for (const model of await modelsOf(notationsOf(settings))) {
    if (model.fitPanel === undefined) {
      const asked = { notation: model.notation, missing };
      columns.push(panel.map(() => asked));
    } else {
      columns.push(await fitsTogether(context, withMissing(model, missing) as PanelModel, panel, horizon));
    }
  }
  return panel.flatMap((series, at) => columns.map((column) => ({ series, model: column[at]! })));
}

/** One model for all series that it can take; the others get the reason why not. */
async function fitsTogether(
  context: Context,
  model: PanelModel,
  panel: Panel,
  horizon: number | null,
): Promise<TaskModel[]> {
  const { seed = 1 } = context.settings;
  const ahead = horizon === null ? {} : { horizon };
  const fits = await training(context, isNetwork(model.notation), (options) =>
    fitTogether(panel, model, seed, { ...options, ...ahead }),
  );
  return fits.map((fit) =>
    fit instanceof YuleError
      ? { refused: fieldsOf(fit), asked: model.notation }
      : { fitted: detach(fit), refit: false },
  );
}
