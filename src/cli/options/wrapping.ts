import { usageError } from "../../core/errors.js";
import { parseNotation, writeNotation } from "../../models/notation.js";
import type { Settings } from "./options.js";
import { exclude } from "./settings.js";

/** The models that train, and take bounds and limits as options of their own. */
const NETWORKS = ["deepar", "wavenet", "raster", "transformer"];

/** The models asked for, wrapped by the transformation, the bounds and the kind of intervals that were asked for. */
export function notationsOf(settings: Settings): string[] {
  for (const bound of ["min", "max"] as const) {
    if (settings.transform !== "none")
      exclude(settings, "transform", bound, "bounds bring a transformation of their own");
  }
  const plain = settings.model ?? ["auto"];
  const networks = plain.filter(isNetwork);
  for (const limit of ["epochs", "time-budget"] as const) {
    if (settings[limit] !== undefined && networks.length === 0) throw needless(limit, settings[limit]);
  }
  return plain.map((notation) => {
    if (isNetwork(notation)) return trained(notation, settings);
    const own =
      settings.intervals === undefined || settings.intervals === "auto" ? notation : uncorrected(notation);
    return corrected(bounded(transformed(own, settings), settings), settings);
  });
}

/** `auto` with the intervals of its models; other models correct nothing unless they say so. */
function uncorrected(notation: string): string {
  return /^\s*auto\s*(\(\s*\)\s*)?$/i.test(notation)
    ? writeNotation("auto", [], [["intervals", "model"]])
    : notation;
}

function corrected(notation: string, { intervals }: Settings): string {
  return intervals === "conformal"
    ? writeNotation("calibrated", [[notation]], [["method", intervals]])
    : notation;
}

/** Text that is no notation is left for the parser to refuse. */
function isNetwork(notation: string): boolean {
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
