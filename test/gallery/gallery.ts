import { random } from "../../src/core/random.js";
import type { Series } from "../../src/core/series.js";
import type { Generator } from "./generator.js";
import { CLOSING, DAILY, WEEKLY, WITHIN_A_DAY } from "./generators/calendar.js";
import { CYCLES, NO_PATTERN } from "./generators/cycles.js";
import { COUNTS, INTERMITTENT } from "./generators/demand.js";
import { DISTURBED } from "./generators/disturbed.js";
import { GAPS, INPUTS } from "./generators/inputs-and-gaps.js";
import { BOUNDED, EXACT, SCALES } from "./generators/measured.js";
import { SEASON } from "./generators/season.js";
import { SHORT } from "./generators/short.js";
import { TREND } from "./generators/trend.js";

/** Every generator, in the order of the kinds. */
export const GALLERY: readonly Generator[] = [
  ...SHORT,
  ...TREND,
  ...SEASON,
  ...WEEKLY,
  ...DAILY,
  ...WITHIN_A_DAY,
  ...CLOSING,
  ...DISTURBED,
  ...INTERMITTENT,
  ...COUNTS,
  ...CYCLES,
  ...NO_PATTERN,
  ...BOUNDED,
  ...INPUTS,
  ...GAPS,
  ...EXACT,
  ...SCALES,
];

/** The series of a generator for a seed; adding generators changes none of the others. */
export function draw(generator: Generator, seed: number): Series {
  let key = 0;
  for (const letter of generator.name) key = (31 * key + letter.charCodeAt(0)) % 2147483647;
  return { ...generator.draw(random(seed).fork(key)), id: `${generator.name}/${seed}` };
}
