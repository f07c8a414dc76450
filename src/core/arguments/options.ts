import { nearest, show } from "../checks.js";
import { usageError, type YuleError } from "../errors.js";

/** What an option takes: one of a few words, or a kind of value; `numberOr` a finite number or one of a few words. */
export type OptionKind =
  | "number"
  | "boolean"
  | "text"
  | "numbers"
  | "object"
  | "function"
  | "anything"
  | readonly string[]
  | { readonly numberOr: readonly string[] };

/** Every option of a function with what it takes; a new option joins by its entry here. */
export type OptionTable<T> = { readonly [K in keyof T]-?: OptionKind };

/**
 * Refuses what plain JavaScript may pass in the place of options: other things than objects, unknown names, values of another kind.
 * Ranges are left to the function.
 *
 * @throws YuleError `bad-options`, `unknown-option` (with the nearest name), `bad-<option>`.
 */
export function requireOptions<T extends object>(of: string, options: T, table: OptionTable<T>): void {
  const known = Object.keys(table);
  for (const [name, value] of Object.entries(plainOptions(of, options, known))) {
    if (!known.includes(name)) throw unknownOption(of, name, value, known);
    if (value !== undefined) requireKind(of, name, value, table[name as keyof T]);
  }
}

/**
 * Options as an object that is neither an array nor a series, a model or another thing with a class of its own.
 *
 * @throws YuleError `bad-options`.
 */
export function plainOptions(
  of: string,
  options: unknown,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (
    typeof options === "object" &&
    options !== null &&
    !Array.isArray(options) &&
    !ArrayBuffer.isView(options)
  ) {
    const parent = Object.getPrototypeOf(options) as object | null;
    if (parent === null || Object.getPrototypeOf(parent) === null) return options as Record<string, unknown>;
  }
  const example = known[0] === undefined ? "{}" : `{ ${known[0]}: … }`;
  const message = `The options of ${of} must be an object such as ${example}, not ${show(options)}.`;
  throw usageError("bad-options", "options", options, message);
}

/** @param known the options as they are written where the wrong one stands. */
export function unknownOption(of: string, name: string, value: unknown, known: readonly string[]): YuleError {
  const guess = known.length === 0 ? "it has none." : `did you mean ${nearest(name, known)}?`;
  return usageError("unknown-option", name, value, `${of} has no option ${show(name)}; ${guess}`);
}

/** The code of a bad value: `bad-max-order` of `maxOrder`. */
export function codeOf(option: string): string {
  return `bad-${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/^-/, "")}`;
}

function requireKind(of: string, name: string, value: unknown, kind: OptionKind): void {
  const wanted = lacking(value, kind);
  if (wanted === null) return;
  throw usageError(codeOf(name), name, value, `The ${name} of ${of} must be ${wanted}, not ${show(value)}.`);
}

/** What a value of this kind must be, where it is not; else null. */
function lacking(value: unknown, kind: OptionKind): string | null {
  if (typeof kind === "object") {
    if (!("numberOr" in kind)) return kind.includes(value as string) ? null : `one of ${kind.join(", ")}`;
    const fits = kind.numberOr.includes(value as string) || isNumber(value);
    return fits ? null : `a number or ${kind.numberOr.join(" or ")}`;
  }
  switch (kind) {
    case "number":
      return isNumber(value) ? null : "a finite number";
    case "boolean":
      return typeof value === "boolean" ? null : "true or false";
    case "text":
      return typeof value === "string" ? null : "a text";
    case "function":
      return typeof value === "function" ? null : "a function";
    case "numbers":
      return isList(value) && Array.from(value).every(isNumber) ? null : "a list of finite numbers";
    case "object":
      return typeof value === "object" && value !== null ? null : "an object";
    case "anything":
      return null;
  }
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
