import { parseNotation, writeNotation } from "../../../models/notation.js";

/** The model for one new series: `auto` with high effort learns from a whole panel, so that a series by itself gets plain `auto`. */
export function modelByItself(notation: string): string {
  const { name, groups, options } = parseNotation(notation);
  if (name !== "auto" || !options.has("effort")) return notation;
  const others = [...options].filter(([option]) => option !== "effort");
  return writeNotation(name, groups, others);
}

/** What is said where that is another model than the others have. */
export const WITHOUT_HIGH_EFFORT =
  "high effort needs all series of a panel; fit the whole panel again to learn from them together";
