import type { Model } from "../core/model.js";
import type { Family } from "../models/family.js";
import { families, parseModel } from "../select/catalogue.js";

/** Every family the command line knows, those of higher floors included. */
export function knownFamilies(): readonly Family[] {
  return families();
}

/** @throws YuleError as `parseModel` does. */
export function modelOf(notation: string): Model {
  return parseModel(notation);
}
