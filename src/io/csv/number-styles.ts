import { type NumberStyle, PLAIN, stylesOf } from "./numbers.js";
import { type Profile, someOf } from "./profile.js";

const COMMA: NumberStyle = { point: ",", group: null };

/**
 * How each column writes its numbers, as far as its first cells show. Whole numbers alone show nothing and follow the
 * decimal mark that other columns show.
 *
 * @param given decimal mark that was given.
 */
export function numberStyles(columns: readonly Profile[], given: "." | "," | undefined): NumberStyle[] {
  const fitting = columns.map(({ cells }) => stylesOf(someOf(cells)));
  const marks = new Set(fitting.map(shownMark));
  const usual = given ?? (marks.has(",") && !marks.has(".") ? "," : null);
  return fitting.map((styles) => {
    const allowed = usual === null ? styles : styles.filter(({ point }) => point === usual);
    const torn = new Set(allowed.map(({ point }) => point)).size > 1 && !allowed.includes(PLAIN);
    return torn || allowed.length === 0 ? (usual === "," ? COMMA : PLAIN) : allowed[0]!;
  });
}

/** The decimal mark that only one reading of a column's cells leaves possible; null where several do. */
function shownMark(styles: readonly NumberStyle[]): "." | "," | null {
  const points = new Set(styles.map(({ point }) => point));
  return points.size === 1 ? styles[0]!.point : null;
}
