import { show } from "../core/checks.js";
import { usageError, type YuleError } from "../core/errors.js";
import type { ModelCall } from "./family.js";

/**
 * Takes a model notation apart: `name(positional, key=value)(second group)[season]`.
 *
 * Arguments may themselves be notations, as in `ensemble(arima(0,1,1), theta)`.
 *
 * @throws YuleError `bad-model` where the text does not have this form.
 */
export function parseNotation(text: string): ModelCall {
  requireShallow(text);
  const head = /^\s*([A-Za-z][A-Za-z0-9-]*)\s*/.exec(text);
  if (head === null) throw badModel(text, "must begin with a model's name, e.g. arima(0,1,1)");
  const groups: string[][] = [];
  const options = new Map<string, string>();
  let season: number | null = null;
  let at = head[0].length;
  while (at < text.length) {
    const open = text[at];
    if ((open !== "(" && open !== "[") || season !== null) {
      throw badModel(text, `is not understood from ${show(text.slice(at))} on`);
    }
    const close = matching(text, at);
    const inside = text.slice(at + 1, close);
    if (open === "[") season = readSeason(text, inside);
    else groups.push(readGroup(text, inside, options));
    at = close + 1;
    while (text[at] === " ") at++;
  }
  return { name: head[1]!.toLowerCase(), groups, season, options };
}

/** Models in models are followed one call a level; deeper ones than this mean nothing. */
const DEEPEST = 32;

function requireShallow(text: string): void {
  let depth = 0;
  for (const letter of text) {
    if (letter === "(" || letter === "[") depth++;
    if (letter === ")" || letter === "]") depth--;
    if (depth > DEEPEST)
      throw badModel(text, `has brackets more than ${DEEPEST} deep; write fewer models in models`);
  }
}

function readSeason(text: string, inside: string): number {
  const season = Number(inside);
  if (!/^\s*\d+(\.\d+)?\s*$/.test(inside) || season < 1) {
    throw badModel(text, `has the period [${inside}], which must be a number of at least 1`);
  }
  return season;
}

function readGroup(text: string, inside: string, options: Map<string, string>): string[] {
  const positional: string[] = [];
  for (const argument of splitTopLevel(inside)) {
    const equals = /^([A-Za-z][A-Za-z0-9-]*)\s*=\s*(.*)$/.exec(argument);
    if (equals === null) positional.push(argument);
    else if (options.has(equals[1]!)) throw badModel(text, `gives the option ${equals[1]} twice`);
    else options.set(equals[1]!, equals[2]!);
  }
  if (positional.includes("")) throw badModel(text, "has an empty argument");
  return positional;
}

/** The index of the bracket that closes the one at `open`. */
function matching(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "(" || text[at] === "[") depth++;
    if (text[at] === ")" || text[at] === "]") depth--;
    if (depth === 0) {
      if (text[at] === (text[open] === "(" ? ")" : "]")) return at;
      break;
    }
  }
  throw badModel(text, `has a ${text[open]} that is not closed`);
}

/** Splits at commas that stand in no bracket. */
export function splitTopLevel(text: string): string[] {
  if (text.trim() === "") return [];
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "(" || text[at] === "[") depth++;
    if (text[at] === ")" || text[at] === "]") depth--;
    if (text[at] === "," && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...parts, text.slice(from).trim()];
}

/** An error about a notation: `The model "…" <what is wrong>.` */
export function badModel(notation: string, what: string): YuleError {
  return usageError("bad-model", "model", notation, `The model ${show(notation)} ${what}.`);
}

/** Writes a call back in its canonical form; options whose value is the default are the caller's to leave out. */
export function writeNotation(
  name: string,
  groups: readonly (readonly (string | number)[])[],
  options: readonly (readonly [string, string | number | boolean])[] = [],
  season: number | null = null,
): string {
  const written = options.map(([key, value]) => `${key}=${value}`);
  const arguments_ = groups.length === 0 ? [""] : groups.map((group) => group.join(","));
  const first = [arguments_[0]!, ...written].filter((text) => text !== "").join(", ");
  const groupsText = [first, ...arguments_.slice(1)].map((text) => (text === "" ? "" : `(${text})`)).join("");
  return `${name}${groupsText}${season === null ? "" : `[${season}]`}`;
}

/** The name of an option in notations and sentences: `max-order` of `maxOrder`. */
export function writtenName(key: string): string {
  return key.replace(/[A-Z]/g, (letter, at: number) => (at === 0 ? letter : `-${letter.toLowerCase()}`));
}
