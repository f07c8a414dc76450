import { expect, test } from "vitest";
import { assault, FUZZERS } from "./fuzzers.js";

/** Attacks of a fuzzer in the tests, some two seconds of CPU each; `npm run attack` goes on for as long as it is told. */
const ATTACKS: Readonly<Record<string, number>> = {
  files: 60,
  notations: 4000,
  "options and settings": 250,
  "model files": 500,
  "series × models": 120,
};

test.each(FUZZERS)("$name: a result or a coded error, nothing else", async (fuzzer) => {
  const most = ATTACKS[fuzzer.name]!;
  const { counts, stories } = await assault(fuzzer, 20_261_130, (done) => done >= most);
  expect(stories).toEqual([]);
  expect(counts.ok).toBeGreaterThan(0);
  expect(counts["coded error"]).toBeGreaterThan(0);
});
