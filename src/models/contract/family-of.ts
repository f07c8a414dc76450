import type { Model } from "../../core/model.js";
import type { Family, FamilyOption, ModelCall } from "../family.js";
import { badModel, writeNotation, writtenName } from "../notation.js";
import { keyOf, unknownIn } from "./choice.js";
import { type AnyDefinition, makeModel } from "./define.js";
import type { Schema, Syntax } from "./schema.js";

/** A definition as notations, lists and saved files find it. */
export function familyOf(definition: AnyDefinition): Family {
  const {
    name,
    summary,
    forms,
    options,
    period,
    inputs,
    processes = [],
    resolve,
    holds,
    missing = "keep",
  } = definition;
  return {
    name,
    summary,
    forms,
    options: listed(definition),
    inputs: inputs !== "ignores",
    treats: { inputs: holds === "one" ? "held" : inputs, missing: holds === "one" ? "held" : missing },
    seasonal: period !== undefined,
    fractionalPeriod: period !== undefined && options[period]!.kind.values !== "integer",
    processes,
    checksOptions: true,
    ...(resolve === undefined ? {} : { resolve }),
    build: (call, parse) => build(definition, call, parse),
  };
}

function build(definition: AnyDefinition, call: ModelCall, parse: (notation: string) => Model): Model {
  const { holds, forms } = definition;
  const models = holds === undefined ? [] : heldModels(call, holds, forms).map(parse);
  return makeModel(definition, optionsFrom(definition, call, holds !== undefined), models);
}

/** The notations of the models that a call holds. */
function heldModels(call: ModelCall, holds: "one" | "several", [form]: readonly string[]): readonly string[] {
  const models = call.groups.flat();
  if (call.groups.length > 1 || (holds === "one" && models.length !== 1))
    throw badModel(written(call), `must hold one model, as in ${form}`);
  return models;
}

/** The options as `yule models` and the docs list them. */
function listed({ options, positions = [], period }: Syntax): readonly FamilyOption[] {
  const placed = positions.flat();
  const written = Object.entries(options).filter(([, { inCode }]) => !inCode);
  return written.map(([key, { kind, shown, summary, presence }]) => ({
    name: writtenName(key),
    values: kind.values,
    takes: kind.wanted,
    default: presence === "required" ? "required" : shown,
    summary,
    place: key === period ? "period" : placed.includes(key) ? "argument" : "option",
  }));
}

/**
 * The options of a notation, as a constructor takes them.
 *
 * @throws YuleError `bad-model` for arguments that have no place, `unknown-option`.
 */
function optionsFrom(form: Syntax, call: ModelCall, holdsModels: boolean): Readonly<Record<string, unknown>> {
  const schema: Schema = form.options;
  const options: Record<string, unknown> = {};
  const set = (key: string, text: string) => {
    if (Object.hasOwn(options, key)) throw badModel(written(call), `gives the ${writtenName(key)} twice`);
    options[key] = schema[keyOf(schema, key)!]!.kind.read(text);
  };
  if (!holdsModels) for (const [key, text] of positional(form, call)) set(key, text);
  for (const [name, text] of call.options) set(keyNamed(form, name, text), text);
  if (call.season !== null) {
    const { period } = form;
    if (period === undefined) throw badModel(written(call), "takes no period");
    if (Object.hasOwn(options, period))
      throw badModel(written(call), `gives the period twice, as ${writtenName(period)}= and in brackets`);
    set(period, `${call.season}`);
  }
  return options;
}

/** The options that stand without names, with their texts. */
function positional(
  { positions = [], options, forms, allPositions }: Syntax,
  call: ModelCall,
): [string, string][] {
  const [first = []] = positions;
  if (allPositions !== undefined && (call.groups[0]?.length ?? 0) < first.length)
    throw badModel(written(call), `needs its ${inWords(first)}, as in ${forms[0]}; ${allPositions}`);
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

/** The option of a written name; an earlier name stays, so that sentences can use it. @throws YuleError `unknown-option`. */
function keyNamed(form: Syntax, name: string, text: string): string {
  const keys = Object.keys(form.options).filter((each) => !form.options[each]!.inCode);
  const key = keys.find((each) => writtenName(each) === name);
  if (key !== undefined) return key;
  if (keys.some((each) => form.options[each]!.aliases.includes(name))) return name;
  throw unknownIn(form, name, text, keys.map(writtenName));
}

/** `error, trend and season`. */
function inWords(keys: readonly string[]): string {
  const names = keys.map(writtenName);
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** The call as it was written, for sentences. */
function written({ name, groups, season }: ModelCall): string {
  return writeNotation(name, groups, [], season);
}
