import { expect, test } from "vitest";
import { resumes } from "./resumes.js";

/** YULE_ATTACK_RESUMES=100 for a long run. */
const count = Number(process.env.YULE_ATTACK_RESUMES ?? 1);

test.each([
  { jobs: 1, signals: ["SIGKILL"] },
  { jobs: 2, signals: ["SIGKILL", "SIGTERM", "SIGINT"] },
] as const)(
  `${count} runs killed at random moments end in the bytes of one that nobody stopped, $signals on $jobs`,
  async ({ jobs, signals }) => {
    const { equal, faults } = await resumes({ count, seed: 20_261_130 + jobs, series: 30, signals, jobs });
    expect(faults).toEqual([]);
    expect(equal).toBe(count);
  },
  3_600_000,
);
