import { largestOf, smallestOf } from "../../math/extremes.js";

const BLOCKS = "▁▂▃▄▅▆▇█";

/**
 * A curve in one line of text, from its least value to its greatest: `█▅▃▂▁▁`.
 *
 * @param width characters at most; longer curves are thinned, their last value kept.
 */
export function sparkline(values: readonly number[], width: number): string {
  const known = values.filter(Number.isFinite);
  const count = Math.min(width, known.length);
  const shown = Array.from(
    { length: count },
    (_, i) => known[known.length - 1 - Math.floor(((count - 1 - i) * known.length) / count)]!,
  );
  const low = smallestOf(shown);
  const span = largestOf(shown) - low;
  return shown
    .map((value) => BLOCKS[span === 0 ? 0 : Math.min(7, Math.floor((8 * (value - low)) / span))])
    .join("");
}
