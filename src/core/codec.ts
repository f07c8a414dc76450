/**
 * Plain data to JSON and back without loss: NaN, ±Infinity, −0 and typed arrays survive, bit for bit.
 *
 * Numbers JSON lacks become `{"$": "NaN"}`; a Float64Array `{"$f64": […]}`; a Float32Array `{"$f32": base64}`.
 */

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
  if (value instanceof Float32Array) return { $f32: toBase64(value) };
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
  if (tag === "$f32" && typeof item === "string") return fromBase64(item);
  throw new TypeError(`The tag ${tag} is not known.`);
}

function toBase64(array: Float32Array): string {
  const view = new DataView(new ArrayBuffer(array.length * 4));
  array.forEach((value, i) => {
    view.setFloat32(4 * i, value, true);
  });
  let text = "";
  for (const byte of new Uint8Array(view.buffer)) text += String.fromCharCode(byte);
  return btoa(text);
}

function fromBase64(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  if (bytes.length % 4 !== 0) throw new TypeError("Packed float32 data has a broken length.");
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
