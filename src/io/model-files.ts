import { decode, encode } from "../core/codec.js";
import type { Fitted } from "../core/model.js";
import { checksum, load, loadWith, save, saveWith } from "./model-file.js";
import {
  COMMON,
  decoderWith,
  HEAD,
  ModelLines,
  PLAIN,
  requireKnown,
  requireSome,
  requireSum,
} from "./model-lines.js";

/** Values shorter than this, as text, are written where they stand. */
const WORTH_SHARING = 1000;
/** Values of fewer parts than this are not looked at. */
const PARTS = 50;

/**
 * Writes fitted models as one JSON text: a single one as `save` does, several as a list of such texts. What several
 * have in common, such as the weights of a network that learned from all of them, is written once.
 *
 * @throws TypeError as `save` does.
 * @example
 * import { writeFileSync } from "node:fs";
 * writeFileSync("models.json", saveModels(panel.map((series) => model.fit(series))));
 */
export function saveModels(fitted: readonly Fitted[]): string {
  return [...modelPieces(fitted)].join("");
}

/** The text of `saveModels` in pieces, so that it need not be in memory as a whole. */
export function* modelPieces(fitted: readonly Fitted[]): Generator<string> {
  if (fitted.length === 1) {
    yield `${save(fitted[0]!)}\n`;
    return;
  }
  const common = commonTexts(fitted);
  const at = new Map(common.map((text, i) => [text, i]));
  if (common.length === 0) yield `{"yule":"models","format":${PLAIN},"models":[\n`;
  else {
    const sum = checksum(common.join());
    yield `{"yule":"models","format":${COMMON},"checksum":"${sum}","common":[\n`;
    for (const [i, text] of common.entries()) yield `${text}${i < common.length - 1 ? "," : ""}\n`;
    yield `],"models":[\n`;
  }
  const encodeCommon = (value: unknown) => {
    const encoded = encode(value);
    const index = common.length === 0 ? undefined : at.get(JSON.stringify(encoded));
    return index === undefined ? encoded : { $common: index };
  };
  for (const [i, one] of fitted.entries())
    yield `${saveWith(one, encodeCommon)}${i < fitted.length - 1 ? "," : ""}\n`;
  yield "]}\n";
}

/** Whether a file of models has one a line by its name: they can be written and read one by one. */
export function isLinesName(name: string): boolean {
  return /\.(ndjson|jsonl)$/i.test(name);
}

/** The text of a file of models in pieces: one model a line where the name ends in .ndjson or .jsonl, else one list. */
export function* fileOfModels(name: string, fitted: readonly Fitted[]): Generator<string> {
  if (isLinesName(name)) for (const one of fitted) yield `${save(one)}\n`;
  else yield* modelPieces(fitted);
}

/** Encoded estimates and details that more than one of the models has, each once. */
function commonTexts(fitted: readonly Fitted[]): string[] {
  const counts = new Map<string, number>();
  for (const { params, report } of fitted) {
    for (const value of [params, report.details]) {
      if (partsOf(value, PARTS) < PARTS) continue;
      const text = JSON.stringify(encode(value));
      if (text.length >= WORTH_SHARING) counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return [...counts].filter(([, count]) => count > 1).map(([text]) => text);
}

/** Numbers and texts in plain data, counted up to `most`. */
function partsOf(value: unknown, most: number): number {
  if (typeof value !== "object" || value === null) return 1;
  if (ArrayBuffer.isView(value)) return (value as Float64Array).length;
  let parts = 0;
  for (const item of Object.values(value)) {
    parts += partsOf(item, most - parts);
    if (parts >= most) break;
  }
  return parts;
}

/**
 * Reads what `save` or `saveModels` wrote, in its order.
 *
 * @param name what to call the text in an error, e.g. the file's name.
 * @throws YuleError `bad-model-file`, `newer-model-file`.
 * @example
 * import { readFileSync } from "node:fs";
 * const models = loadModels(readFileSync("models.json", "utf8"));
 */
export function loadModels(json: string, name = "model file"): Fitted[] {
  if (ModelLines.begin(json.slice(0, HEAD))) {
    const lines = new ModelLines(name);
    for (const line of linesOf(json)) lines.take(line);
    return lines.models();
  }
  if (isModelLine(json)) return loadLines(json, name);
  const list = listed(json);
  if (list === null) return [load(json, name)];
  requireKnown(list.format, name);
  const common = list.format < COMMON ? [] : commonOf(list, name);
  const models = list.models.map((model, at) =>
    loadWith(JSON.stringify(model), `${name}, model ${at + 1}`, decoderWith(common, name)),
  );
  return requireSome(models, name);
}

/** Whether a text begins with a saved model on a line of its own. */
export function isModelLine(text: string): boolean {
  return /^\{"yule":"model",[^\n]*\}\r?(\n|$)/.test(text);
}

function loadLines(text: string, name: string): Fitted[] {
  const lines = [...linesOf(text)].filter((line) => line.trim() !== "");
  return lines.map((line, at) => load(line, lines.length === 1 ? name : `${name}, model ${at + 1}`));
}

function* linesOf(text: string): Generator<string> {
  let from = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
    yield text.slice(from, end);
    from = end + 1;
  }
  if (from < text.length) yield text.slice(from);
}

/** What models have in common, decoded once, so that they share it again. */
function commonOf({ common, checksum: written }: Listed, name: string): unknown[] {
  requireSum(
    common.map((value) => JSON.stringify(value)),
    written,
    name,
  );
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
