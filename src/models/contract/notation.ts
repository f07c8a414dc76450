import type { ModelCall } from "../family.js";
import { badModel, writeNotation } from "../notation.js";
import { unknownOption } from "./choice.js";
import { type ChoiceOf, type Form, type Schema, type Syntax, writtenName } from "./schema.js";

/** The canonical notation of a choice; `models` are those that it holds. */
export function notationOf<S extends Schema>(
  form: Form<S>,
  choice: ChoiceOf<S>,
  models: readonly string[] = [],
): string {
  const { name, positions = [], period } = form;
  const schema: Schema = form.options;
  const values: Readonly<Record<string, unknown>> = choice;
  const without: readonly string[] = form.unwritten?.(choice) ?? [];
  const write = (key: string) => schema[key]!.kind.write(values[key]);
  const standard = (key: string) => without.includes(key) || isDefault(schema, key, values[key]);
  const groups = positions
    .filter((keys, at) => at === 0 || !keys.every(standard))
    .map((keys) => keys.map(write));
  const season = period === undefined || without.includes(period) ? null : seasonOf(values[period]);
  const placed = new Set<string>(positions.flat());
  if (season !== null) placed.add(period!);
  const options = Object.keys(schema)
    .filter((key) => !placed.has(key) && !standard(key))
    .map((key) => [writtenName(key), write(key)] as const);
  return writeNotation(name, models.length > 0 ? [models] : groups, options, season);
}

function isDefault(schema: Schema, key: string, value: unknown): boolean {
  const { kind, default: standard } = schema[key]!;
  if (value === null || standard === null) return value === standard;
  return kind.write(value) === kind.write(standard);
}

/** What stands in `[m]`: a period, or the only one of a list. */
function seasonOf(value: unknown): number | null {
  if (Array.isArray(value)) return value.length === 1 ? (value[0] as number) : null;
  return value as number | null;
}

/**
 * The options of a notation, as a constructor takes them.
 *
 * @throws YuleError `bad-model` for arguments that have no place, `unknown-option`.
 */
export function optionsFrom<S extends Schema>(
  form: Form<S>,
  call: ModelCall,
  holdsModels: boolean,
): Readonly<Record<string, unknown>> {
  const schema: Schema = form.options;
  const options: Record<string, unknown> = {};
  const set = (key: string, text: string) => {
    if (Object.hasOwn(options, key)) throw badModel(written(call), `gives the ${writtenName(key)} twice`);
    options[key] = schema[key]!.kind.read(text);
  };
  if (!holdsModels) for (const [key, text] of positional(form, call)) set(key, text);
  for (const [name, text] of call.options) set(keyNamed(form, name, text), text);
  if (call.season !== null) set(form.period!, `${call.season}`);
  return options;
}

/** The options that stand without names, with their texts. */
function positional({ positions = [], options, forms }: Syntax, call: ModelCall): [string, string][] {
  const groups = call.groups.filter((group, at) => group.length > 0 || at < positions.length);
  if (groups.flat().length > 0 && groups.length > positions.length) throw tooMany(positions, forms, call);
  return groups.flatMap((group, at) => {
    const keys = positions[at] ?? [];
    if (group.length === 0) return [];
    if (keys.length === 1 && options[keys[0]!]!.kind.many)
      return [[keys[0]!, group.join("+")] as [string, string]];
    if (group.length > keys.length) throw tooMany(positions, forms, call);
    return group.map((text, i) => [keys[i]!, text] as [string, string]);
  });
}

function tooMany(
  positions: readonly (readonly string[])[],
  forms: readonly string[],
  call: ModelCall,
): Error {
  if (positions.length === 0) {
    const named = forms.find((form) => form.includes("="));
    const what =
      named === undefined ? `takes no arguments; write ${forms[0]}` : `takes options only, as in ${named}`;
    return badModel(written(call), what);
  }
  return badModel(written(call), `has more arguments than ${call.name} takes, as in ${forms[0]}`);
}

/** @throws YuleError `unknown-option`. */
function keyNamed(form: Syntax, name: string, text: string): string {
  const schema = form.options;
  const keys = Object.keys(schema);
  const key = keys.find((each) => writtenName(each) === name || schema[each]!.aliases.includes(name));
  if (key === undefined) throw unknownOption(form, name, text, keys.map(writtenName));
  return key;
}

/** The call as it was written, for sentences. */
export function written({ name, groups, season }: ModelCall): string {
  return writeNotation(name, groups, [], season);
}
