import { fieldsOf, show } from "../core/checks.js";
import { usageError } from "../core/errors.js";
import type { Family } from "./family.js";

const ADDED: Family[] = [];

/**
 * Adds a family of your own to what `parseModel` and `load` know; one of the same name takes the place of the other.
 *
 * @throws YuleError `bad-family` for what is no family.
 * @example registerFamily({ name: "my-model", … }); parseModel("my-model(2)");
 */
export function registerFamily(family: Family): void {
  const { name, build, processes, options } = fieldsOf(family);
  const whole =
    typeof name === "string" &&
    typeof build === "function" &&
    Array.isArray(processes) &&
    Array.isArray(options);
  if (!whole) {
    const message = `A family has a name, forms, options, processes and build(), as in docs/add-a-model.md, which ${show(family)} has not.`;
    throw usageError("bad-family", "family", family, message);
  }
  const at = ADDED.findIndex((added) => added.name === family.name);
  if (at >= 0) ADDED[at] = family;
  else ADDED.push(family);
}

/** Families with those that were added: each in the place of its namesake, or at the end. */
export function withAdded(families: readonly Family[]): readonly Family[] {
  if (ADDED.length === 0) return families;
  const known = families.map((family) => ADDED.find((added) => added.name === family.name) ?? family);
  return [...known, ...ADDED.filter((family) => !known.includes(family))];
}
