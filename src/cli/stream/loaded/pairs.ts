import type { Panel, Series } from "../../../core/series.js";
import { load } from "../../../io/model-file.js";
import type { Batch } from "../../../io/stream/batches.js";
import { fieldsOf } from "../../../run/outcome.js";
import { detach } from "../../../run/tasks/detached.js";
import type { Failed, TaskModel } from "../../../run/tasks/task.js";
import { loadFamilies } from "../../../select/catalogue.js";
import { noModel } from "../../run/load.js";

/** A series and a saved model of it; no series where the model goes on from where it stands. */
export interface Pair {
  readonly series: Series | null;
  readonly model: TaskModel;
}

/**
 * The models that came with a batch, each with the rows of its series; those that cannot be read are failures of their series.
 *
 * @param panel null where the models go on by themselves.
 * @param file what the file of models is called.
 */
export async function pairsOf(
  { starts, models }: Batch,
  panel: Panel | null,
  file: string,
): Promise<{ readonly pairs: Pair[]; readonly failed: Failed[] }> {
  const pairs: Pair[] = [];
  const failed: Failed[] = [];
  const places = new Map(starts.map(({ id }, at) => [id, at]));
  const take = async (id: string, text: string, series: Series | null) => {
    try {
      if (text === "") throw noModel(file, id);
      await loadFamilies([text]);
      for (const line of text.split("\n"))
        pairs.push({
          series,
          model: { fitted: detach(load(line, `${file}, ${id}`)), refit: series !== null },
        });
    } catch (error) {
      failed.push({ status: "failed", id, model: "", error: fieldsOf(error, id) });
    }
  };
  if (panel === null) {
    for (const [at, { id }] of starts.entries()) await take(id, models![at]!, null);
  } else {
    for (const series of panel) await take(series.id, models![places.get(series.id) ?? -1] ?? "", series);
  }
  return { pairs, failed };
}
