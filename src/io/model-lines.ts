import { decode } from "../core/codec.js";
import { dataError, YuleError } from "../core/errors.js";
import type { Fitted } from "../core/model.js";
import { checksum, foreign, loadWith, parseJson } from "./model-file.js";

/** The versions of the layout of a file of several models: without and with a list of what models have in common. */
export const PLAIN = 1;
export const COMMON = 2;

/** Characters in which a list written by `saveModels` shows that it is one. */
export const HEAD = 100;
const BEGINNING =
  /^\{"yule":"models","format":(\d+),(?:"checksum":"(\w+)","common":\[|"models":\[)\r?(?:\n|$)/;

/**
 * Reads the lines of a list as `saveModels` writes it, one model a line, so that neither the text nor its JSON need be in
 * memory as a whole.
 */
export class ModelLines {
  private readonly name: string;
  private part: "head" | "common" | "models" | "end" = "head";
  private sum = "";
  private texts: string[] = [];
  private decodeCommon: (written: unknown) => unknown = decode;
  private readonly found: Fitted[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /** Whether a text begins as such a list does. */
  static begin(text: string): boolean {
    return BEGINNING.test(text);
  }

  /** @throws YuleError as `loadModels` does. */
  take(line: string): void {
    const text = line.trim();
    if (this.part === "head") this.takeHead(text);
    else if (text === "") return;
    else if (this.part === "end") throw foreign(this.name, "goes on after its end");
    else if (this.part === "models" && text === "]}") this.part = "end";
    else if (this.part === "common" && text === '],"models":[') this.endCommon();
    else if (this.part === "common") this.texts.push(withoutComma(text));
    else this.takeModel(withoutComma(text));
  }

  /** @throws YuleError `bad-model-file` where lines are missing. */
  models(): Fitted[] {
    if (this.part !== "end") throw foreign(this.name, "is not JSON, or was cut off");
    return requireSome(this.found, this.name);
  }

  private takeHead(text: string): void {
    const [, format, sum] = BEGINNING.exec(text)!;
    requireKnown(Number(format), this.name);
    this.sum = sum ?? "";
    this.part = sum === undefined ? "models" : "common";
  }

  private endCommon(): void {
    requireSum(this.texts, this.sum, this.name);
    this.decodeCommon = decoderWith(
      this.texts.map((text) => decode(parseJson(text, this.name))),
      this.name,
    );
    this.texts = [];
    this.part = "models";
  }

  private takeModel(text: string): void {
    this.found.push(loadWith(text, `${this.name}, model ${this.found.length + 1}`, this.decodeCommon));
  }
}

function withoutComma(text: string): string {
  return text.endsWith(",") ? text.slice(0, -1) : text;
}

export function requireKnown(format: number, name: string): void {
  if (format <= COMMON) return;
  throw new YuleError({
    code: "newer-model-file",
    category: "data",
    argument: name,
    value: format,
    message: `${name} has format ${format}, written by a newer yule; this one reads up to format ${COMMON}: update yule.`,
  });
}

export function requireSome(models: Fitted[], name: string): Fitted[] {
  if (models.length > 0) return models;
  throw dataError(
    "bad-model-file",
    name,
    0,
    `${name} has no model in it; save the models again with --save.`,
  );
}

export function requireSum(texts: readonly string[], written: unknown, name: string): void {
  if (checksum(texts.join()) !== written) throw foreign(name, "was changed or damaged after it was saved");
}

/** Decodes a value that may stand in the list of what models have in common. */
export function decoderWith(common: readonly unknown[], name: string): (written: unknown) => unknown {
  return (written) => {
    const index = (written as { $common?: unknown } | null)?.$common;
    if (index === undefined) return decode(written);
    const found = common[index as number];
    if (found === undefined) throw foreign(name, "is incomplete");
    return found;
  };
}
