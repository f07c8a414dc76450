/**
 * Plain data to JSON and back without loss: NaN, ±Infinity, −0 and typed arrays survive, bit for bit.
 *
 * Numbers JSON lacks become `{"$": "NaN"}`; a Float64Array `{"$f64": […]}`; a Float32Array `{"$f32": base64}`,
 * or `{"$f16": base64}` where all of its many numbers are of half precision.
 */

import { fromHalfBits, halfBits, toHalf } from "./half.js";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const SPECIAL: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
  "-0": -0,
};

/** @throws TypeError for a value that is not plain data, such as a function. */
export function encode(value: unknown): Json {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return encodeNumber(value);
  if (value instanceof Float64Array) return { $f64: Array.from(value, encodeNumber) };
  if (value instanceof Float32Array)
    return areHalf(value) ? { $f16: halvesToBase64(value) } : { $f32: toBase64(value) };
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value === "object") {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [key, encode(item)]));
  }
  throw new TypeError(`A ${typeof value} is not plain data.`);
}

/**
 * Parts without a tag are those of `json` itself, not copies.
 *
 * @throws TypeError for a tag that `encode` does not write.
 */
export function decode(json: unknown): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return decodeList(json);
  const keys = Object.keys(json);
  const [key = ""] = keys;
  if (keys.length === 1 && key.startsWith("$"))
    return decodeTagged(key, (json as Record<string, unknown>)[key]);
  return decodeObject(json as Record<string, unknown>, keys);
}

function decodeList(json: readonly unknown[]): readonly unknown[] {
  if (!json.some((item) => typeof item === "object" && item !== null)) return json;
  const decoded = json.map(decode);
  return decoded.every((item, at) => item === json[at]) ? json : decoded;
}

function decodeObject(json: Record<string, unknown>, keys: readonly string[]): object {
  const decoded = keys.map((key) => decode(json[key]));
  if (decoded.every((item, at) => item === json[keys[at]!])) return json;
  return Object.fromEntries(keys.map((key, at) => [key, decoded[at]]));
}

function encodeNumber(value: number): Json {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return { $: Object.is(value, -0) ? "-0" : String(value) };
}

function decodeNumber(item: unknown): number {
  const value = decode(item);
  if (typeof value !== "number") throw new TypeError("A number was expected.");
  return value;
}

function decodeTagged(tag: string, item: unknown): unknown {
  if (tag === "$" && typeof item === "string" && Object.hasOwn(SPECIAL, item)) return SPECIAL[item];
  if (tag === "$f64" && Array.isArray(item)) return Float64Array.from(item, decodeNumber);
  if (tag === "$f16" && typeof item === "string") return fromHalves(item);
  if (tag === "$f32" && typeof item === "string") return fromBase64(item);
  throw new TypeError(`The tag ${tag} is not known.`);
}

/** Fewer numbers are written as they are: weights of a network are many. */
const MANY = 64;

/** Whether an array is of many finite numbers that half precision has, not all of them 0. */
function areHalf(array: Float32Array): boolean {
  if (array.length < MANY) return false;
  return (
    array.every((value) => Number.isFinite(value) && toHalf(value) === value) &&
    array.some((value) => value !== 0)
  );
}

function toBase64(array: Float32Array): string {
  const view = new DataView(new ArrayBuffer(array.length * 4));
  array.forEach((value, i) => {
    view.setFloat32(4 * i, value, true);
  });
  return base64Of(view);
}

function halvesToBase64(array: Float32Array): string {
  const view = new DataView(new ArrayBuffer(array.length * 2));
  array.forEach((value, i) => {
    view.setUint16(2 * i, halfBits(value), true);
  });
  return base64Of(view);
}

function base64Of({ buffer }: DataView): string {
  let text = "";
  for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
  return btoa(text);
}

function fromBase64(text: string): Float32Array {
  const view = viewOf(text, 4, "float32");
  return Float32Array.from({ length: view.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

function fromHalves(text: string): Float32Array {
  const view = viewOf(text, 2, "float16");
  return Float32Array.from({ length: view.byteLength / 2 }, (_, i) =>
    fromHalfBits(view.getUint16(2 * i, true)),
  );
}

function viewOf(text: string, size: number, what: string): DataView {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  if (bytes.length % size !== 0) throw new TypeError(`Packed ${what} data has a broken length.`);
  return new DataView(bytes.buffer);
}
