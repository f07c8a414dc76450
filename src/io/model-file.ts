import * as v from "valibot";
import { requireText } from "../core/arguments/numbers.js";
import { requireFitted } from "../core/arguments/objects.js";
import { show } from "../core/checks.js";
import { decode, encode } from "../core/codec.js";
import { YuleError } from "../core/errors.js";
import type { Calibration, FitReport, Fitted, Origin } from "../core/model.js";
import { sharedAxis } from "../core/time/calendar.js";
import { everyPart } from "../engine/parts/every-part.js";
import { withTodaysNames } from "../models/saved/earlier-names.js";
import { flawIn } from "../models/saved/shapes.js";
import { processOfKind } from "../select/catalogue.js";
import { flawOfKind } from "../select/saved-flaw.js";
import { Header, OriginShape, ReportShape } from "./model-shape.js";

/** The version of the file's layout; a reader refuses what is newer than itself. In format 1 some fields had other names. */
const FORMAT = 2;

/**
 * Writes a fitted model as one JSON text: estimates, memory and report, not the history.
 *
 * Loaded again it forecasts bit-equal numbers. The text has a checksum, so that an edited file is noticed.
 *
 * @param fitted what `fit` returned.
 * @returns JSON text.
 * @example
 * import { writeFileSync } from "node:fs";
 * writeFileSync("model.json", save(fitted));
 */
export function save(fitted: Fitted): string {
  requireFitted(fitted, "save");
  return saveWith(fitted, encode);
}

/** The same, with what models of one training have in common, estimates and details, written by `encodeCommon`. */
export function saveWith(fitted: Fitted, encodeCommon: (value: unknown) => unknown): string {
  const { details, ...report } = fitted.report;
  const body = {
    yule: "model",
    format: FORMAT,
    notation: fitted.notation,
    kind: fitted.process.kind,
    params: encodeCommon(fitted.params),
    state: encode(fitted.state),
    report: { ...(encode(report) as object), details: encodeCommon(details) },
    origin: encode(fitted.origin),
    ...(fitted.calibration === undefined
      ? {}
      : { calibration: encode(writtenCalibration(fitted.calibration)) }),
  };
  const text = JSON.stringify(body);
  return `${text.slice(0, -1)}${checksumField(checksum(text))}`;
}

/** How a saved text ends. */
function checksumField(sum: string): string {
  return `,"checksum":"${sum}"}`;
}

/**
 * Reads a fitted model that `save` wrote.
 *
 * @param name what to call the text in an error, e.g. the file's name.
 * @returns the fitted model, which forecasts the same bits.
 * @throws YuleError `bad-model-file` for anything that is not such a text whole and unedited, `newer-model-file`.
 * @example
 * import { readFileSync } from "node:fs";
 * const fitted = load(readFileSync("model.json", "utf8"));
 */
export function load(json: string, name = "model file"): Fitted {
  requireText("json", json, "what save(fitted) returns");
  return loadWith(json, name, decode);
}

/** The same, with what models of one training have in common read by `decodeCommon`. */
export function loadWith(json: string, name: string, decodeCommon: (written: unknown) => unknown): Fitted {
  const read = parseJson(json, name);
  const parsed = v.safeParse(Header, read);
  if (!parsed.success)
    throw foreign(name, `is JSON, but not a model that yule saved (${flawIn(Header, read)})`);
  const { checksum: written, ...body } = parsed.output;
  if (body.format > FORMAT) {
    throw new YuleError({
      code: "newer-model-file",
      category: "data",
      argument: name,
      value: body.format,
      message: `${name} has format ${body.format}, written by a newer yule; this one reads up to format ${FORMAT}: update yule.`,
    });
  }
  try {
    if (!isAsSaved(json, body, written)) throw foreign(name, "was changed or damaged after it was saved");
    return restore(body, name, decodeCommon);
  } catch (error) {
    if (error instanceof YuleError) throw error;
    // Tags that are not known, and data nested until the stack ends.
    throw foreign(name, "holds data that no model has", error);
  }
}

/** Whether a text has the content that was saved: letter by letter, or where someone laid the JSON out otherwise, as parsed. */
function isAsSaved(json: string, body: object, written: string): boolean {
  const text = json.trimEnd();
  const end = checksumField(written);
  if (text.endsWith(end) && checksum(`${text.slice(0, -end.length)}}`) === written) return true;
  return checksum(JSON.stringify(body)) === written;
}

function restore(
  body: Omit<v.InferOutput<typeof Header>, "checksum">,
  name: string,
  decodeCommon: (written: unknown) => unknown,
): Fitted {
  everyPart();
  const origin = readAs<Origin>(OriginShape, decode(body.origin), name, "the series it belongs to");
  const { details, ...written } = body.report;
  const report = readAs<Omit<FitReport, "details">>(ReportShape, decode(written), name, "the report");
  const process = processOfKind(body.kind);
  const named = body.format < 2 ? withTodaysNames : (value: unknown) => value;
  const params = named(decodeCommon(body.params));
  const state = named(decode(body.state));
  const flaw = flawOfKind(body.kind)?.(params, state, origin.inputNames.length) ?? null;
  if (flaw !== null) throw foreign(name, `holds no model of the kind ${show(body.kind)} (${flaw})`);
  return {
    notation: body.notation,
    process,
    params,
    state,
    report: { ...report, details: detailsOf(decodeCommon(details)) },
    origin: shareTime(origin),
    ...(body.calibration === undefined ? {} : { calibration: readCalibration(body.calibration) }),
  };
}

/** In files the nominal scores are `at`, the empirical ones `to`, as since the first version. */
function writtenCalibration({ nominalScores, empiricalScores }: Calibration) {
  return { at: nominalScores, to: empiricalScores };
}

function readCalibration({ at, to }: ReturnType<typeof writtenCalibration>): Calibration {
  return { nominalScores: at, empiricalScores: to };
}

function readAs<T>(shape: v.GenericSchema, value: unknown, name: string, what: string): T {
  const flaw = flawIn(shape, value);
  if (flaw !== null) throw foreign(name, `has no usable description of ${what} (${flaw})`);
  return value as T;
}

function detailsOf(value: unknown): FitReport["details"] {
  return typeof value === "object" && value !== null ? (value as FitReport["details"]) : {};
}

function shareTime(origin: Origin): Origin {
  return origin.time === null ? origin : { ...origin, time: sharedAxis(origin.time) };
}

export function parseJson(json: string, name: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw foreign(name, "is not JSON, or was cut off", cause);
  }
}

export function foreign(name: string, what: string, cause?: unknown): YuleError {
  return new YuleError({
    code: "bad-model-file",
    category: "data",
    argument: name,
    message: `${name} ${what}; save the model again with --save.`,
    cause,
  });
}

/** Two 32-bit FNV-1a passes with different offsets; finds damage, not forgery. */
export function checksum(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ (code + i), 0x01000193);
  }
  return (a >>> 0).toString(16).padStart(8, "0") + (b >>> 0).toString(16).padStart(8, "0");
}
