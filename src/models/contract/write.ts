import { writeNotation, writtenName } from "../notation.js";
import type { ChoiceOf, Form, Schema } from "./schema.js";

/** The canonical notation of a choice; `models` are those that it holds. */
export function notationOf<S extends Schema>(
  form: Form<S>,
  choice: ChoiceOf<S>,
  models: readonly string[] = [],
): string {
  const { name, positions = [], period } = form;
  const schema: Schema = form.options;
  const values: Readonly<Record<string, unknown>> = choice;
  const without: readonly string[] = form.unwritten?.(choice) ?? [];
  const write = (key: string) => schema[key]!.kind.write(values[key]);
  const standard = (key: string) => without.includes(key) || isDefault(schema, key, values[key]);
  const groups = positions
    .filter((keys, at) => at === 0 || !keys.every(standard))
    .map((keys) => keys.map(write));
  const season = period === undefined || without.includes(period) ? null : seasonOf(values[period]);
  const placed = new Set<string>(positions.flat());
  if (season !== null) placed.add(period!);
  const options = Object.keys(schema)
    .filter((key) => !placed.has(key) && !schema[key]!.inCode && !standard(key))
    .map((key) => [writtenName(key), write(key)] as const);
  return writeNotation(name, models.length > 0 ? [models] : groups, options, season);
}

function isDefault(schema: Schema, key: string, value: unknown): boolean {
  const { kind, default: standard } = schema[key]!;
  if (value === null || standard === null) return value === standard;
  return kind.write(value) === kind.write(standard);
}

/** What stands in `[m]`: a period, or the only one of a list. */
function seasonOf(value: unknown): number | null {
  if (Array.isArray(value)) return value.length === 1 ? (value[0] as number) : null;
  return value as number | null;
}
