/** JSON for scripts: NaN and infinities are null, typed arrays are arrays; indented, but short lists stay on one line. */
export function jsonText(value: unknown): string {
  return `${written(value, "")}\n`;
}

/** One JSON object a line. */
export function ndjsonText(items: readonly unknown[]): string {
  return items.map((item) => `${JSON.stringify(plain(item))}\n`).join("");
}

const WIDTH = 100;

function written(value: unknown, indent: string): string {
  const simple = plain(value);
  const flat = JSON.stringify(simple);
  if (typeof simple !== "object" || simple === null || isFlat(simple, flat, indent)) return flat;
  const deeper = `${indent}  `;
  const parts = Array.isArray(simple)
    ? simple.map((item) => written(item, deeper))
    : Object.entries(simple).map(([key, item]) => `${JSON.stringify(key)}: ${written(item, deeper)}`);
  const [open, close] = Array.isArray(simple) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${parts.map((part) => deeper + part).join(",\n")}\n${indent}${close}`;
}

function isFlat(value: object, flat: string, indent: string): boolean {
  const items: unknown[] = Object.values(value);
  const shallow = items.every((item) => typeof item !== "object" || item === null);
  return items.length === 0 || (shallow && flat.length + indent.length <= WIDTH);
}

function plain(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (value instanceof Float64Array || value instanceof Float32Array) return Array.from(value, plain);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, plain(item)]));
}
