import { expect, test } from "vitest";
import { kills } from "./kills.js";

/** YULE_ATTACK_KILLS=100 for a long run. */
const count = Number(process.env.YULE_ATTACK_KILLS ?? 3);

test(`${count} kills at random moments leave every file whole, and nothing else`, async () => {
  const { faults, kills: done } = await kills({ count, seed: 20_261_130 });
  expect(done).toBe(count);
  expect(faults).toEqual([]);
}, 3_600_000);
