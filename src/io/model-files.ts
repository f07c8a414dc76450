import { decode, encode } from "../core/codec.js";
import { dataError, YuleError } from "../core/errors.js";
import type { Fitted } from "../core/model.js";
import { checksum, foreign, load, loadWith, save, saveWith } from "./model-file.js";

/** The versions of the layout of a file of several models: without and with a list of what models have in common. */
const PLAIN = 1;
const COMMON = 2;

/** Values shorter than this, as text, are written where they stand. */
const WORTH_SHARING = 1000;

/**
 * Writes fitted models as one JSON text: a single one as `save` does, several as a list of such texts. What several
 * have in common, such as the weights of a network that learned from all of them, is written once.
 *
 * @throws TypeError as `save` does.
 * @example writeFileSync("models.json", saveModels(panel.map((series) => model.fit(series))));
 */
export function saveModels(fitted: readonly Fitted[]): string {
  if (fitted.length === 1) return `${save(fitted[0]!)}\n`;
  const common = commonTexts(fitted);
  if (common.length === 0) {
    return `{"yule":"models","format":${PLAIN},"models":[\n${fitted.map(save).join(",\n")}\n]}\n`;
  }
  const at = new Map(common.map((text, i) => [text, i]));
  const models = fitted.map((one) =>
    saveWith(one, (value) => {
      const encoded = encode(value);
      const index = at.get(JSON.stringify(encoded));
      return index === undefined ? encoded : { $common: index };
    }),
  );
  const list = `[\n${common.join(",\n")}\n]`;
  const sum = checksum(common.join());
  return `{"yule":"models","format":${COMMON},"checksum":"${sum}","common":${list},"models":[\n${models.join(",\n")}\n]}\n`;
}

/** Encoded estimates and details that more than one of the models has, each once. */
function commonTexts(fitted: readonly Fitted[]): string[] {
  const counts = new Map<string, number>();
  for (const { params, report } of fitted) {
    for (const value of [params, report.details]) {
      const text = JSON.stringify(encode(value));
      if (text.length >= WORTH_SHARING) counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return [...counts].filter(([, count]) => count > 1).map(([text]) => text);
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
  if (list.format > COMMON) {
    throw new YuleError({
      code: "newer-model-file",
      category: "data",
      argument: name,
      value: list.format,
      message: `${name} has format ${list.format}, written by a newer yule; this one reads up to format ${COMMON}: update yule.`,
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
  const common = commonOf(list, name);
  const decodeCommon = (written: unknown): unknown => {
    const index = (written as { $common?: unknown } | null)?.$common;
    if (index === undefined) return decode(written);
    const found = common[index as number];
    if (found === undefined) throw foreign(name, "is incomplete");
    return found;
  };
  return list.models.map((model, at) =>
    loadWith(JSON.stringify(model), `${name}, model ${at + 1}`, decodeCommon),
  );
}

/** What models have in common, decoded once, so that they share it again. */
function commonOf({ format, common, checksum: written }: Listed, name: string): unknown[] {
  if (format < COMMON) return [];
  if (checksum(common.map((value) => JSON.stringify(value)).join()) !== written)
    throw foreign(name, "was changed or damaged after it was saved");
  return common.map(decode);
}

interface Listed {
  readonly format: number;
  readonly models: readonly unknown[];
  readonly common: readonly unknown[];
  readonly checksum: unknown;
}

function listed(json: string): Listed | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return null;
  }
  const { yule, format, models, common = [], checksum: written } = (parsed ?? {}) as Record<string, unknown>;
  const whole = typeof format === "number" && Array.isArray(models) && Array.isArray(common);
  return yule === "models" && whole ? { format, models, common, checksum: written } : null;
}
