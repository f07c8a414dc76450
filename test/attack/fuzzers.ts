import { files } from "./files.js";
import { modelFiles } from "./model-files.js";
import { notations } from "./notations.js";
import { options } from "./options.js";
import { type Fuzzer, OUTCOMES, type Outcome } from "./outcome.js";
import { gappySeries } from "./series.js";

export const FUZZERS: readonly Fuzzer[] = [files, notations, options, modelFiles, gappySeries];

export interface Tally {
  readonly counts: Record<Outcome, number>;
  readonly stories: string[];
}

/** Attacks with seeds from `first` on, until `enough` says so. */
export async function assault(
  fuzzer: Fuzzer,
  first: number,
  enough: (done: number) => boolean,
): Promise<Tally> {
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  const stories: string[] = [];
  for (let done = 0; !enough(done); done++) {
    const { outcome, story } = await fuzzer.attack(first + done);
    counts[outcome]++;
    if (story !== "") stories.push(`${outcome}: ${story}`);
  }
  return { counts, stories };
}
