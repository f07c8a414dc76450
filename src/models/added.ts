import type { AnyDefinition } from "./contract/define.js";
import type { Family } from "./family.js";

/** A family, or the definition that one is made of. */
export type Added = Family | AnyDefinition;

const ADDED: Added[] = [];

/** Adds a model to those that notations and saved files find; one of the same name takes the place of the other. */
export function add(model: Added): void {
  const at = ADDED.findIndex(({ name }) => name === model.name);
  if (at >= 0) ADDED[at] = model;
  else ADDED.push(model);
}

/** Those that were added, in their order. */
export function added(): readonly Added[] {
  return ADDED;
}
