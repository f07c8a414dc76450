/** JSON for scripts: NaN and infinities are null, typed arrays are arrays; indented, but short lists stay on one line. */
export function jsonText(value: unknown): string {
  return `${written(plain(value), "")}\n`;
}

/** A value as it stands in the lists of `jsonText`, its further lines indented. */
export function jsonItem(value: unknown, indent: string): string {
  return written(plain(value), indent);
}

/** One JSON object a line. */
export function* ndjsonLines(items: Iterable<unknown>): Generator<string> {
  for (const item of items) yield `${JSON.stringify(plain(item))}\n`;
}

/** Lists and objects longer than this are broken into lines. */
const WIDTH = 110;

function written(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const flat = oneLine(value);
  if (flat !== null && flat.length + indent.length <= WIDTH) return flat;
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const items = parts(value, (item) => written(item, deeper));
  const lines = flat !== null && Array.isArray(value) ? filled(items, WIDTH - deeper.length) : items;
  return `${open}\n${lines.map((line) => deeper + line).join(",\n")}\n${indent}${close}`;
}

/** Short items joined to lines of at most so many characters. */
function filled(items: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + item.length + 2 <= width)
      lines[lines.length - 1] = `${last}, ${item}`;
    else lines.push(item);
  }
  return lines;
}

/** A value on one line where nothing is nested in it, else null. */
function oneLine(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const items: unknown[] = Object.values(value);
  if (items.some((item) => typeof item === "object" && item !== null && Object.keys(item).length > 0))
    return null;
  const inside = parts(value, (item) => JSON.stringify(item)).join(", ");
  if (Array.isArray(value)) return `[${inside}]`;
  return inside === "" ? "{}" : `{ ${inside} }`;
}

function parts(value: object, write: (item: unknown) => string): string[] {
  if (Array.isArray(value)) return value.map(write);
  return Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${write(item)}`);
}

function plain(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (value instanceof Float64Array || value instanceof Float32Array) return Array.from(value, plain);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, plain(item)]));
}
