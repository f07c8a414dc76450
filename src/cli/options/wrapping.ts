import { usageError } from "../../core/errors.js";
import { parseNotation, writeNotation } from "../../models/notation.js";
import type { OptionName, Settings } from "./options.js";
import { exclude } from "./settings.js";

/** The models that train, and take bounds and limits as options of their own. */
const NETWORKS = ["deepar", "wavenet", "raster", "transformer"];

/** The models asked for, wrapped by the transformation, the bounds and the kind of intervals that were asked for. */
export function notationsOf(settings: Settings): string[] {
  for (const bound of ["min", "max"] as const) {
    if (settings.transform !== "none")
      exclude(settings, "transform", bound, "bounds bring a transformation of their own");
  }
  const plain = withEffort(settings.model ?? ["auto"], settings);
  const networks = plain.filter(isNetwork);
  for (const limit of ["epochs", "time-budget"] as const) {
    if (settings[limit] !== undefined && networks.length === 0) throw needless(limit, settings[limit]);
  }
  return plain.map((notation) => {
    if (isNetwork(notation)) return trained(notation, settings);
    const corrects = settings.intervals === undefined || settings.intervals === "auto";
    const own = corrects ? notation : withOption(notation, "intervals", "model");
    return corrected(bounded(transformed(own, settings), settings), settings);
  });
}

/** `auto` with an option of its own; other models have none of the kind, and text that is no notation is left for the parser to refuse. */
function withOption(notation: string, name: string, value: string): string {
  if (!isAuto(notation)) return notation;
  const { groups, options } = parseNotation(notation);
  return writeNotation("auto", groups, [...new Map([...options, [name, value]])]);
}

function isAuto(notation: string): boolean {
  return /^\s*auto\s*(\([^()]*\)\s*)?$/i.test(notation);
}

/** What would have to be done to each series of the panel before it is learned from, and after. */
const OF_ONE_SERIES: readonly OptionName[] = ["transform", "min", "max"];

/** The models, `auto` with the effort that was asked for. @throws YuleError for what does not go with a high one. */
function withEffort(notations: readonly string[], settings: Settings): readonly string[] {
  const { effort } = settings;
  if (effort !== undefined && !notations.some(isAuto)) {
    const message =
      "--effort applies to the model auto, and there is none; add --model auto, or leave it out.";
    throw usageError("needless-option", "effort", effort, message);
  }
  const asked = effort === "high" ? notations.map((one) => withOption(one, "effort", "high")) : notations;
  if (!asked.some(learnsFromPanel)) return asked;
  for (const name of OF_ONE_SERIES)
    if (settings[name] !== undefined) throw notWithEffort(name, settings[name]);
  if (settings.intervals === "conformal") throw notWithEffort("intervals", "conformal");
  return asked;
}

/** Whether it is `auto` that learns from all series of a panel together. */
function learnsFromPanel(notation: string): boolean {
  return isAuto(notation) && /\beffort\s*=\s*high\b/i.test(notation);
}

function notWithEffort(name: OptionName, value: unknown): Error {
  const message = `--${name} cannot be used with high effort, where auto learns from all series of a panel together; leave one of them out.`;
  return usageError("conflicting-options", name, value, message);
}

function corrected(notation: string, { intervals }: Settings): string {
  return intervals === "conformal"
    ? writeNotation("calibrated", [[notation]], [["method", intervals]])
    : notation;
}

/** Whether it is a network, whose training can end early. Text that is no notation is left for the parser to refuse. */
export function isNetwork(notation: string): boolean {
  return new RegExp(`^\\s*(${NETWORKS.join("|")})\\s*(\\(|$)`, "i").test(notation);
}

function needless(limit: string, value: unknown): Error {
  return usageError(
    "needless-option",
    limit,
    value,
    `--${limit} applies to models that are trained, and there is none; add --model ${NETWORKS[0]}, or leave it out.`,
  );
}

/** A network with the bounds and limits that were asked for; it needs no transformation, scaling its data itself. */
function trained(notation: string, settings: Settings): string {
  const { transform } = settings;
  const { name, groups, options } = parseNotation(notation);
  if (transform !== undefined && transform !== "none") {
    throw usageError(
      "conflicting-options",
      "transform",
      typeof transform === "string" ? transform : transform.lambda,
      `--transform cannot be used with ${name}, which scales each series itself; leave it out.`,
    );
  }
  if (settings.intervals === "conformal") {
    throw usageError(
      "conflicting-options",
      "intervals",
      settings.intervals,
      `--intervals conformal cannot be used with ${name}, which would be trained again for every past forecast; leave it out.`,
    );
  }
  const asked = new Map<string, string | number>(options);
  for (const option of ["epochs", "time-budget", "min", "max"] as const) {
    const value = settings[option];
    if (value !== undefined) asked.set(option, value);
  }
  return writeNotation(name, groups, [...asked]);
}

function transformed(notation: string, { transform }: Settings): string {
  if (transform === undefined || transform === "none") return notation;
  if (transform === "log") return writeNotation("log", [[notation]]);
  if (transform === "box-cox" || transform === "auto") return writeNotation("box-cox", [[notation]]);
  return writeNotation("box-cox", [[notation]], [["lambda", transform.lambda]]);
}

function bounded(notation: string, { min, max }: Settings): string {
  if (min === undefined && max === undefined) return notation;
  const options = Object.entries({ min, max }).filter(
    (entry): entry is [string, number] => entry[1] !== undefined,
  );
  return writeNotation("bounded", [[notation]], options);
}
