import { codeOf, plainOptions, unknownOption } from "../../core/arguments/options.js";
import { nearest, show } from "../../core/checks.js";
import { usageError, type YuleError } from "../../core/errors.js";
import { writtenName } from "../notation.js";
import type { ChoiceOf, Form, Option, Schema, Syntax } from "./schema.js";

/**
 * Options with their defaults, every value checked: of a constructor's options as of those that a notation holds.
 *
 * @throws YuleError `bad-options`, `unknown-option`, `bad-<option>`.
 */
export function choiceFrom<S extends Schema>(form: Form<S>, options: unknown): ChoiceOf<S> {
  const known = Object.keys(form.options);
  const given =
    options === undefined && !hasRequired(form.options) ? {} : plainOptions(form.name, options, known);
  const choice: Record<string, unknown> = {};
  for (const [key, { default: value }] of Object.entries(form.options)) choice[key] = value;
  for (const [name, value] of Object.entries(given)) {
    const key = keyOf(form.options, name);
    if (key === null) throw unknownIn(form, name, value, known);
    if (value === undefined) continue;
    const option = form.options[key]!;
    if (!option.kind.accepts(value)) throw badValue(form.name, name, option, value);
    choice[key] = value;
  }
  for (const [key, option] of Object.entries(form.options))
    if (option.presence === "required" && choice[key] === null) throw notGiven(form, key, option);
  return choice as ChoiceOf<S>;
}

/** The option of a name, of an earlier one too. */
export function keyOf(schema: Schema, name: string): string | null {
  if (Object.hasOwn(schema, name)) return name;
  return Object.keys(schema).find((key) => schema[key]!.aliases.includes(name)) ?? null;
}

function hasRequired(schema: Schema): boolean {
  return Object.values(schema).some(({ presence }) => presence === "required");
}

/** @param names the options as they are written where the wrong one stands. */
export function unknownIn(
  { name }: Pick<Syntax, "name">,
  option: string,
  value: unknown,
  names: readonly string[],
): YuleError {
  return unknownOption(`The model ${name}`, option, value, names);
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth"];

function badValue(model: string, key: string, { kind, instead }: Option<unknown>, value: unknown): YuleError {
  const fault = kind.fault?.(value) ?? null;
  const part = fault === null ? "" : `${ORDINALS[fault.at] ?? `${fault.at + 1}th`} value of the `;
  const found = fault === null ? value : (value as readonly unknown[])[fault.at];
  const wanted = fault?.wanted ?? kind.wanted;
  const sentence = `The ${part}${writtenName(key)} of ${model} must be ${wanted}, not ${show(found)}`;
  const end = instead === null ? guess(kind.words, value) : `; ${instead}.`;
  return usageError(codeOf(key), key, found, `${sentence}${end}`);
}

function guess(words: readonly string[], value: unknown): string {
  return words.length > 2 && typeof value === "string" ? `; did you mean ${nearest(value, words)}?` : ".";
}

function notGiven({ name, forms }: Syntax, key: string, { kind }: Option<unknown>): YuleError {
  const message = `The model ${name} needs its ${writtenName(key)}: ${kind.wanted}, as in ${forms[0]}.`;
  return usageError(codeOf(key), key, undefined, message);
}
