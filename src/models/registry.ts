import type { Family } from "./family.js";

const ADDED: Family[] = [];

/**
 * Adds a family of your own to what `parseModel` and `load` know; one of the same name takes the place of the other.
 *
 * @throws YuleError `bad-family` for what is no family.
 * @example registerFamily({ name: "my-model", … }); parseModel("my-model(2)");
 */
export function registerFamily(family: Family): void {
  const at = ADDED.findIndex(({ name }) => name === family.name);
  if (at >= 0) ADDED[at] = family;
  else ADDED.push(family);
}

/** Families with those that were added: each in the place of its namesake, or at the end. */
export function withAdded(families: readonly Family[]): readonly Family[] {
  if (ADDED.length === 0) return families;
  const known = families.map((family) => ADDED.find(({ name }) => name === family.name) ?? family);
  return [...known, ...ADDED.filter((family) => !known.includes(family))];
}
