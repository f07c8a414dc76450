import type { Model } from "../core/model.js";
import type { Family } from "../models/family.js";
import { families, loadFamilies, parseModel } from "../select/catalogue.js";

/** Every family the command line knows, those of higher floors and those loaded on demand included. */
export async function knownFamilies(): Promise<readonly Family[]> {
  await loadFamilies();
  return families();
}

/** The models of notations; the code of a large family is loaded where one names it. @throws YuleError as `parseModel` does. */
export async function modelsOf(notations: readonly string[]): Promise<Model[]> {
  await loadFamilies(notations);
  return notations.map(parseModel);
}

/** @throws YuleError as `parseModel` does. */
export function modelOf(notation: string): Model {
  return parseModel(notation);
}
