import type { Picture } from "../pictures/picture.js";
import type { Colors } from "./colors.js";

/** Shades of bands, the narrowest first. */
export const SHADES = ["▒", "░", "·"] as const;
/** Stands on a value that is marked. */
export const MARK = "✕";
/** Where the values of a picture fall on a canvas of dots. */
export interface Scale {
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
}

/** Gives text a colour. */
export type Ink = (text: string) => string;

/** The colour of a curve. */
export function inkOf(at: number, paint: Colors): Ink {
  return [paint.cyan, paint.magenta, paint.yellow, paint.green][at % 4]!;
}

/** The letter of a curve; none where there is but one. */
export function letterOf(at: number, { curves }: Picture): string {
  return curves.length < 2 ? "" : String.fromCharCode(65 + (at % 26));
}
