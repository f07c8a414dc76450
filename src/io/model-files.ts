import { dataError, YuleError } from "../core/errors.js";
import type { Fitted } from "../core/model.js";
import { load, save } from "./model-file.js";

/** The version of the layout of a file of several models. */
const FORMAT = 1;

/**
 * Writes fitted models as one JSON text: a single one as `save` does, several as a list of such texts.
 *
 * @throws TypeError as `save` does.
 * @example writeFileSync("models.json", saveModels(panel.map((series) => model.fit(series))));
 */
export function saveModels(fitted: readonly Fitted[]): string {
  if (fitted.length === 1) return `${save(fitted[0]!)}\n`;
  return `{"yule":"models","format":${FORMAT},"models":[\n${fitted.map(save).join(",\n")}\n]}\n`;
}

/**
 * Reads what `save` or `saveModels` wrote, in its order.
 *
 * @param name what to call the text in an error, e.g. the file's name.
 * @throws YuleError `bad-model-file`, `newer-model-file`.
 * @example const models = loadModels(readFileSync("models.json", "utf8"));
 */
export function loadModels(json: string, name = "model file"): Fitted[] {
  const list = listed(json);
  if (list === null) return [load(json, name)];
  if (list.format > FORMAT) {
    throw new YuleError({
      code: "newer-model-file",
      category: "data",
      name,
      value: list.format,
      message: `${name} has format ${list.format}, written by a newer yule; this one reads up to format ${FORMAT}: update yule.`,
    });
  }
  if (list.models.length === 0) {
    throw dataError(
      "bad-model-file",
      name,
      0,
      `${name} has no model in it; save the models again with --save.`,
    );
  }
  return list.models.map((model, at) => load(JSON.stringify(model), `${name}, model ${at + 1}`));
}

function listed(json: string): { format: number; models: unknown[] } | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return null;
  }
  const { yule, format, models } = (parsed ?? {}) as { yule?: unknown; format?: unknown; models?: unknown };
  return yule === "models" && typeof format === "number" && Array.isArray(models) ? { format, models } : null;
}
