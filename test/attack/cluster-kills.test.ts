import { expect, test } from "vitest";
import { NO_REDIS } from "../cli/cluster/machines.js";
import { clusterKills } from "./cluster-kills.js";

/** YULE_ATTACK_CLUSTER=20 for a long run; each takes half a minute, most of it waiting. */
const count = Number(process.env.YULE_ATTACK_CLUSTER ?? 0);

test.skipIf(NO_REDIS !== null || count === 0)(
  `${count} runs over Redis with one of two workers killed end in the bytes of one machine`,
  async () => {
    const { equal, busy, faults } = await clusterKills({ count, seed: 20_261_130 });
    console.info(`${equal} of ${count} equal; ${busy} with both workers at a batch`);
    expect(faults).toEqual([]);
    expect(equal).toBe(count);
  },
  3_600_000,
);
