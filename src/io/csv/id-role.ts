import { bestNamed } from "./columns.js";
import { ID_NAMES, nameScore, PART_NAMES } from "./known-names.js";
import type { Profile } from "./profile.js";

/**
 * Id columns: by name, unless each row has an id of its own, which is a row number; else columns of text, where they
 * tell rows of the same time apart, or do not change within the sample of a longer file.
 */
export function idRole(
  columns: readonly Profile[],
  time: readonly number[],
  taken: ReadonlySet<number>,
  whole: boolean,
): number[] {
  const free = columns.filter(({ position }) => !taken.has(position));
  const sure = bestNamed(
    free.filter((column) => repeats(column) && isNamed(column, ID_NAMES)),
    ID_NAMES,
  );
  if (sure !== undefined) return [sure.position];
  const parts = free.filter((column) => repeats(column) && isNamed(column, PART_NAMES));
  if (parts.length > 0) return parts.map(({ position }) => position);
  const texts = free.filter((column) => column.numeric < 0.5 && column.dated < 0.9 && !column.blank);
  const times = time.map((position) => columns[position]!.cells);
  if (isDistinct(times)) {
    return whole
      ? []
      : texts
          .filter(isConstant)
          .slice(0, 1)
          .map(({ position }) => position);
  }
  const chosen: Profile[] = [];
  for (const column of texts) {
    chosen.push(column);
    if (isDistinct([...times, ...chosen.map(({ cells }) => cells)]))
      return chosen.map(({ position }) => position);
  }
  return [];
}

function isNamed(column: Profile, known: readonly string[]): boolean {
  return nameScore(column.name, known) >= 2;
}

function repeats({ cells }: Profile): boolean {
  return cells.length < 3 || new Set(cells).size < cells.length;
}

function isConstant({ cells }: Profile): boolean {
  return new Set(cells).size === 1;
}

/** Whether no two rows agree in all of these columns. */
function isDistinct(columns: readonly (readonly string[])[]): boolean {
  const rows = (columns[0] ?? []).map((_, row) => columns.map((cells) => cells[row]).join("\u0000"));
  return new Set(rows).size === rows.length;
}
