import { fieldsOf, nearest, show } from "../core/checks.js";
import { usageError } from "../core/errors.js";
import { type Added, add, added } from "./added.js";
import { type AnyDefinition, isDefinition } from "./contract/define.js";
import { familyOf } from "./contract/family-of.js";
import type { Family, FamilyOption, ModelCall } from "./family.js";
import { guarded } from "./guard.js";

/** The families of definitions that were added. */
const MADE = new WeakMap<AnyDefinition, Family>();

/**
 * Adds a model of your own to what `parseModel` and `load` know; one of the same name takes the place of the other.
 *
 * @param model what `defineModel` returns, or a family with a `build` of its own.
 * @returns nothing; the notation and `load` know the model from now on.
 * @throws YuleError `bad-family` for what is neither.
 * @example
 * registerFamily(lastValue); // a model of defineModel
 * parseModel("last-value").fit(passengers);
 */
export function registerFamily(model: AnyDefinition | Family): void {
  const { name, build, processes, options } = fieldsOf(model);
  const isFamily = typeof build === "function" && Array.isArray(processes) && Array.isArray(options);
  if (typeof name !== "string" || !(isFamily || isDefinition(model))) {
    const message = `A model to register is what defineModel returns, as in docs/project/add-a-model.md, or a family with name, forms, options, processes and build(), which ${show(model)} is not.`;
    throw usageError("bad-family", "family", model, message);
  }
  add(isFamily ? checkedFamily(model as Family) : model);
}

/** Families with those that were added: each in the place of its namesake, or at the end. */
export function withAdded(families: readonly Family[]): readonly Family[] {
  if (added().length === 0) return families;
  const own = added().map(madeFamily);
  const known = families.map((family) => own.find(({ name }) => name === family.name) ?? family);
  return [...known, ...own.filter((family) => !known.includes(family))];
}

function madeFamily(model: Added): Family {
  if ("build" in model) return model;
  const known = MADE.get(model) ?? familyOf(model);
  MADE.set(model, known);
  return known;
}

/** A family whose options are checked against its list before it builds, and whose series before it fits. */
function checkedFamily(family: Family): Family {
  if (family.checksOptions === true) return family;
  return {
    ...family,
    checksOptions: true,
    build(call, parse) {
      for (const [name, value] of call.options) checkOption(call, family, name, value);
      return guarded(family.build(call, parse), { inputs: family.inputs === true ? "uses" : "ignores" });
    },
  };
}

function checkOption({ name: model }: ModelCall, family: Family, name: string, value: string): void {
  const option = family.options.find((candidate) => candidate.name === name);
  if (option === undefined) {
    const names = family.options.map((candidate) => candidate.name);
    const guess = names.length === 0 ? "it has none." : `did you mean ${nearest(name, names)}?`;
    throw usageError(
      "unknown-option",
      name,
      value,
      `The model ${model} has no option ${show(name)}; ${guess}`,
    );
  }
  if (!optionFits(option, value)) {
    const { values, takes } = option;
    const wanted =
      takes ?? (typeof values === "string" ? `of kind ${values}` : `one of ${values.join(", ")}`);
    const message = `The ${name} of ${family.name} must be ${wanted}, not ${show(value)}.`;
    throw usageError(`bad-${name}`, name, value, message);
  }
}

function optionFits({ values }: FamilyOption, value: string): boolean {
  if (values === "text") return value !== "";
  if (values === "integer") return /^[+-]?\d+$/.test(value);
  if (values === "number") return value !== "" && Number.isFinite(Number(value));
  return values.includes(value);
}
