import { requireText } from "../core/arguments/numbers.js";
import { nearest, show } from "../core/checks.js";
import { usageError } from "../core/errors.js";
import type { Model, Process } from "../core/model.js";
import { familyOf } from "../models/contract/family-of.js";
import definedFamilies from "../models/families.js";
import type { Family } from "../models/family.js";
import { badModel, parseNotation } from "../models/notation.js";
import { registerFamily, withAdded } from "../models/registry.js";
import { autoModel } from "./auto/index.js";
import { autoArimaModel } from "./auto-arima/index.js";
import { autoEtsModel } from "./auto-ets/index.js";
import { calibratedModel } from "./calibrated/index.js";
import { ensembleModel } from "./ensemble/index.js";
import { uncertainModel } from "./uncertain/index.js";

export { registerFamily } from "../models/registry.js";

/**
 * The models that choose among or combine others follow the ones they are made of. They are named here, not registered when their
 * files load: a bundler leaves out statements of files of which nothing else is used.
 */
const BUILT_IN: readonly Family[] = [
  ...definedFamilies(),
  familyOf(autoArimaModel),
  familyOf(autoEtsModel),
  familyOf(calibratedModel),
  familyOf(ensembleModel),
  familyOf(uncertainModel),
  familyOf(autoModel),
];

/** Families whose code is large and is loaded when it is asked for. */
const LATER: ReadonlyMap<string, () => Promise<Family>> = new Map([
  ["deepar", async () => familyOf((await import("../models/deepar.js")).deepArModel)],
  ["wavenet", async () => familyOf((await import("../models/wavenet.js")).wavenetModel)],
  ["transformer", async () => familyOf((await import("../models/transformer.js")).transformerModel)],
  ["raster", async () => familyOf((await import("../models/raster.js")).rasterModel)],
]);

/**
 * All families that can be written in a notation, for `yule models` and the docs.
 *
 * @returns every family that is loaded.
 */
export function families(): readonly Family[] {
  return withAdded(BUILT_IN);
}

/**
 * Loads the families that are loaded on demand (networks), so that `parseModel` and `load` know them. In Node, importing
 * `yule` has loaded them; a bundle that does not use their constructors calls this first.
 *
 * @param texts load only those that one of these texts names: notations, saved models; default: all.
 * @returns a promise that resolves when they are loaded.
 * @example await loadFamilies(); load(json);
 */
export async function loadFamilies(texts?: readonly string[]): Promise<void> {
  if (texts !== undefined && !(Array.isArray(texts) && texts.every((text) => typeof text === "string"))) {
    const message = `loadFamilies takes an array of texts, such as ["deepar(hidden=40)"], not ${show(texts)}.`;
    throw usageError("bad-texts", "texts", texts, message);
  }
  for (const [name, load] of LATER) {
    if (families().some((family) => family.name === name)) continue;
    if (texts === undefined || texts.some((text) => text.includes(name))) registerFamily(await load());
  }
}

/**
 * Reads a model notation such as `arima(0,1,1)(0,1,1)[12]`; `parseModel(s).notation` is its canonical form.
 *
 * @param notation the notation, such as `arima(0,1,1)[12]`.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-model`, `unknown-model`, `unknown-option`, `bad-<option>`, naming the nearest valid word;
 *   `not-loaded` before `loadFamilies`.
 * @example const model = parseModel("ar(3, method=burg)");
 */
export function parseModel(notation: string): Model {
  const call = parseNotation(requireText("model", notation, '"arima(0,1,1)"'));
  const family = familyNamed(call.name);
  if (call.season !== null && !family.seasonal)
    throw badModel(notation, `cannot take a period; ${family.name} has no [m]`);
  if (call.season !== null && !Number.isInteger(call.season) && family.fractionalPeriod !== true)
    throw badModel(
      notation,
      `has the period [${call.season}]; ${family.name} needs a whole number, fourier takes any`,
    );
  return family.build(call, parseModel);
}

/** The family of a name. @throws YuleError `unknown-model` with the nearest name, `not-loaded`. */
export function familyNamed(name: string): Family {
  const family = families().find((each) => each.name === name);
  if (family === undefined) throw LATER.has(name) ? notLoaded(name) : unknownModel(name);
  return family;
}

/**
 * The canonical form of a notation.
 *
 * @param notation the notation, such as `arima(0,1,1)[12]`.
 * @returns the notation with options in their order and defaults left out.
 * @throws YuleError as `parseModel`.
 * @example canonical("arima(1,0,0,mean=true)"); // "arima(1,0,0)"
 */
export function canonical(notation: string): string {
  return parseModel(notation).notation;
}

/** @throws YuleError `unknown-process` where no registered family knows the kind. */
export function processOfKind(kind: string): Process<unknown, unknown> {
  for (const family of families()) {
    const found = family.processes.find((process) => process.kind === kind);
    if (found !== undefined) return found;
    const wrapped = family.resolve?.(kind, processOfKind) ?? null;
    if (wrapped !== null) return wrapped;
  }
  const name = [...LATER.keys()].find((later) => kind.includes(later));
  if (name !== undefined) throw notLoaded(name);
  throw usageError(
    "unknown-process",
    "kind",
    kind,
    `No registered model has a process of kind ${show(kind)}; was the file made by another version?`,
  );
}

function notLoaded(name: string): Error {
  return usageError(
    "not-loaded",
    "model",
    name,
    `The model ${name} is loaded on demand: call await loadFamilies() first.`,
  );
}

function unknownModel(name: string): Error {
  const guess = nearest(name, [...families().map((family) => family.name), ...LATER.keys()]);
  return usageError(
    "unknown-model",
    "model",
    name,
    `There is no model called ${show(name)}; did you mean ${guess}? (yule models lists all.)`,
  );
}
