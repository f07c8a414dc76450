import { type NumberStyle, PLAIN, stylesOf } from "../numbers/numbers.js";
import { type Profile, someOf } from "./profile.js";

const COMMA: NumberStyle = { point: ",", group: null };
const POINT_GROUPS: NumberStyle = { point: ",", group: "." };

/** How a column writes its numbers, and whether its commas can mean two things that only the user tells apart. */
export interface ShownStyle {
  readonly style: NumberStyle;
  readonly unclear: boolean;
}

/**
 * How each column writes its numbers, as far as its first cells show. Whole numbers alone show nothing and follow the
 * decimal mark that other columns show.
 *
 * @param given decimal mark that was given.
 * @param commaCells whether commas separate the cells, so that one in a cell separates thousands.
 */
export function numberStyles(
  columns: readonly Profile[],
  given: "." | "," | undefined,
  commaCells: boolean,
): ShownStyle[] {
  const cells = columns.map(({ numbers }) => someOf(numbers));
  const kept = cells.map(thousandsAside);
  const fitting = kept.map((some) => stylesOf(some));
  const marks = new Set(fitting.map(shownMark));
  const usual = given ?? (marks.has(",") && !marks.has(".") ? "," : null);
  return fitting.map((styles, at) => {
    if (given === undefined && usual !== "." && arePointGroups(kept[at]!))
      return { style: POINT_GROUPS, unclear: false };
    const allowed = usual === null ? styles : styles.filter(({ point }) => point === usual);
    const torn = new Set(allowed.map(({ point }) => point)).size > 1 && !allowed.includes(PLAIN);
    if (torn) {
      const [{ group }] = allowed as [NumberStyle];
      // Whole numbers with blanks between thousands show no decimal mark.
      if (group !== null && allowed.every((style) => style.group === group))
        return { style: allowed[0]!, unclear: false };
      const grouped = allowed.find(({ group }) => group === ",");
      if (grouped !== undefined && (commaCells || areThousands(kept[at]!)))
        return { style: grouped, unclear: false };
      return { style: PLAIN, unclear: kept[at] !== cells[at] };
    }
    return { style: allowed[0] ?? (usual === "," ? COMMA : PLAIN), unclear: false };
  });
}

/**
 * Whether `1,000` among other cells has to be a thousand: three zeros behind every comma, or whole numbers below 1,000
 * without one beside them.
 */
function areThousands(cells: readonly string[]): boolean {
  const grouped = cells.filter((cell) => cell.includes(","));
  if (grouped.every((cell) => /^[-+]?\d{1,3}(,\d00)+$/.test(cell)) && grouped.length > 2) return true;
  const bare = cells.filter((cell) => /^[-+]?\d+$/.test(cell));
  return bare.length > 2 && bare.every((cell) => Math.abs(Number(cell)) < 1000) && grouped.length > 2;
}

/** Least cells with a point, and as many without, that show it to separate thousands. */
const SHOWN = 3;

/**
 * Whether the point separates thousands: three digits behind every one, whole numbers of at most three digits without one
 * beside them, `987` and `1.034`, and values that change less from row to row than with a decimal point, unlike `98` and `98.137`.
 */
function arePointGroups(cells: readonly string[]): boolean {
  const pointed = cells.filter((cell) => cell.includes("."));
  const bare = cells.filter((cell) => !cell.includes("."));
  if (!isMixed(cells) || pointed.length < SHOWN || bare.length < SHOWN) return false;
  return bare.some((cell) => /\d{3}/.test(cell)) && changeOf(cells, 1000) < changeOf(cells, 1);
}

/** Sum of the relative changes from cell to cell, those with a point times `scale`. */
function changeOf(cells: readonly string[], scale: number): number {
  let sum = 0;
  let before = Number.NaN;
  for (const cell of cells) {
    const size = Math.log(Math.abs(Number(cell)) * (cell.includes(".") ? scale : 1));
    if (!Number.isNaN(before)) sum += Math.abs(size - before);
    before = size;
  }
  return sum;
}

/**
 * Whether cells are thousands with a point, or numbers with three decimals, beside whole numbers of at most three digits: either
 * can be meant.
 */
export function isMixed(cells: readonly string[]): boolean {
  const pointed = cells.filter((cell) => cell.includes("."));
  return (
    pointed.length > 0 &&
    pointed.length < cells.length &&
    pointed.every((cell) => GROUPED.test(cell)) &&
    cells.every((cell) => cell.includes(".") || /^[-+]?[1-9]\d{0,2}$/.test(cell))
  );
}

/** Thousands with a point, such as `1.034` or `12.500.000`. */
const GROUPED = /^[-+]?[1-9]\d{0,2}(\.\d{3})+$/;

/** Whether each of many cells could be thousands with a point, `4.937`, or a number with three decimals. */
export function mayBePointGroups(cells: readonly string[]): boolean {
  return cells.length > SHOWN && cells.every((cell) => GROUPED.test(cell));
}

/** The decimal mark that only one reading of a column's cells leaves possible; null where several do. */
function shownMark(styles: readonly NumberStyle[]): "." | "," | null {
  const points = new Set(styles.map(({ point }) => point));
  return points.size === 1 ? styles[0]!.point : null;
}

/** Most of the cells with a comma that may have no three digits behind it in a column of thousands, such as `4,14`. */
const MISTYPED = 0.2;

/**
 * Cells without the few that alone would make a decimal comma of `1,000`, which most others write between thousands:
 * one mistyped cell does not rescale a column. They are refused, by name, when they are read.
 */
function thousandsAside(cells: readonly string[]): readonly string[] {
  const commas = cells.filter((cell) => cell.includes(","));
  const thousands = commas.filter((cell) => /^[+-]?[1-9]\d{0,2}(,\d{3})+$/.test(cell)).length;
  if (thousands < 4 || thousands === commas.length || commas.length - thousands > MISTYPED * commas.length)
    return cells;
  if (cells.some((cell) => cell.includes("."))) return cells;
  return cells.filter((cell) => !cell.includes(",") || /^[+-]?[1-9]\d{0,2}(,\d{3})+$/.test(cell));
}
