import { isRecord, type JsonRecord } from "./records.js";

/** Most rows of a dataset that are written out. */
const MOST = 1_000_000;

/**
 * Rows of a JSON-stat dataset, as offices of statistics answer with: a column for each dimension that has several categories, and
 * the value. Null for another JSON.
 */
export function jsonStatRows(value: unknown): readonly JsonRecord[] | null {
  if (!isRecord(value)) return null;
  const { id, size, dimension } = value;
  const { value: values } = value;
  if (!Array.isArray(id) || !Array.isArray(size) || !isRecord(dimension) || id.length !== size.length)
    return null;
  if (typeof values !== "object" || values === null) return null;
  const names = id.map(String);
  const categories = names.map((name) => categoriesOf(dimension[name]));
  if (categories.some((keys, i) => keys === null || keys.length !== size[i])) return null;
  const count = categories.reduce((product, keys) => product * keys!.length, 1);
  if (count > MOST) return null;
  const cells = values as Readonly<Record<number, unknown>>;
  return Array.from({ length: count }, (_, at) => {
    const row: [string, unknown][] = [];
    let rest = at;
    for (let i = names.length - 1; i >= 0; i--) {
      const keys = categories[i]!;
      if (keys.length > 1) row.unshift([names[i]!, keys[rest % keys.length]]);
      rest = Math.floor(rest / keys.length);
    }
    return Object.fromEntries([...row, ["value", cells[at] ?? null]]);
  });
}

/** The categories of a dimension in their order; one without an index has one. */
function categoriesOf(dimension: unknown): readonly string[] | null {
  const category = isRecord(dimension) ? dimension.category : null;
  if (!isRecord(category)) return null;
  const { index, label } = category;
  if (Array.isArray(index)) return index.map(String);
  if (isRecord(index)) return Object.keys(index).sort((a, b) => Number(index[a]) - Number(index[b]));
  return isRecord(label) ? Object.keys(label) : null;
}
