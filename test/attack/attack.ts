import { assault, FUZZERS } from "./fuzzers.js";
import { OUTCOMES } from "./outcome.js";

/** Stories told a fuzzer; those alike but for their numbers are told once. */
const MOST_STORIES = 10;

function distinct(stories: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const story of stories) {
    const kind = story.replaceAll(/[\d.e+-]+/g, "#").slice(0, 150);
    if (!seen.has(kind)) seen.set(kind, story);
  }
  return [...seen.values()].slice(0, MOST_STORIES);
}

/**
 * Attacks for so many minutes, shared equally by the fuzzers, and prints counts by class as a Markdown table.
 *
 * @returns whether nothing but results and coded errors came of it.
 */
export async function main(minutes: number, seed: number): Promise<boolean> {
  const share = (minutes * 60_000) / FUZZERS.length;
  const told: string[] = [];
  console.log(`| fuzzer | ${OUTCOMES.join(" | ")} |\n|---|${OUTCOMES.map(() => "---:|").join("")}`);
  for (const fuzzer of FUZZERS) {
    const from = performance.now();
    const { counts, stories } = await assault(fuzzer, seed, () => performance.now() - from > share);
    console.log(`| ${fuzzer.name} | ${OUTCOMES.map((outcome) => counts[outcome]).join(" | ")} |`);
    for (const story of distinct(stories)) told.push(`${fuzzer.name}, ${story.slice(0, 1000)}`);
  }
  if (told.length > 0) console.log(`\n${told.join("\n\n")}`);
  return told.length === 0;
}
