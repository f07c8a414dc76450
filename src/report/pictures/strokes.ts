/** One hue a curve, in which its bands are drawn too. */
const HUES = ["#2563eb", "#db2777", "#b45309", "#047857", "#7c3aed", "#0e7490"] as const;
/** One dash a curve, for those who do not tell hues apart. */
const DASHES = ["", "8 4", "3 3", "10 3 3 3"] as const;
export const INK = "#1f2937";
/** The colour of a curve by its place; the seventh has that of the first again. */
export function hue(at: number): string {
  return HUES[at % HUES.length]!;
}

/** With the hue no two of the first 18 curves are alike: dashes move on by one where hues begin again. */
export function dashOf(at: number): string {
  return at === 0 ? "" : DASHES[1 + ((at - 1 + Math.floor(at / HUES.length)) % 3)]!;
}
