import { describe, expect, test } from "vitest";
import { runOnWorkers } from "../../src/run/threads/thread-pool.js";
import { Pace, threadsWorth, transferCost } from "../../src/run/threads/worth.js";
import { folder } from "../cli/run.js";

const at = folder();
/** Answers 1 + task; ends at a task below 0, runs out of memory at -2, throws at -3, and at 0 on its first try only. */
const script = new URL(
  `file://${at.write(
    "worker.mjs",
    `import { existsSync, writeFileSync } from "node:fs";
     import { parentPort } from "node:worker_threads";
     const once = ${JSON.stringify(`${at.path}/once`)};
     parentPort.on("message", (tasks) => {
       if (tasks.includes(-1)) process.exit(13);
       if (tasks.includes(-2)) { const all = []; for (;;) all.push(new Array(1e5).fill({}).map(() => ({}))); }
       if (tasks.includes(-3)) throw new Error("a raw error");
       if (tasks.includes(0) && !existsSync(once)) { writeFileSync(once, ""); process.exit(0); }
       parentPort.postMessage(tasks.map((task) => task + 1));
     });`,
  )}`,
);
const count = { done: 0 };
const options = {
  script,
  threads: 2,
  size: 8,
  lost: (task: number, why: string): number | string => `${task} lost: ${why}`,
  onDone: (tasks: readonly number[]) => {
    count.done += tasks.length;
  },
};

describe("threads that end", () => {
  test.each([
    [-1, "it ended with code 13"],
    [-3, "a raw error"],
  ])("task %d is tried again on smaller batches, then named; all others are done", async (bad, why) => {
    count.done = 0;
    const tasks = Array.from({ length: 50 }, (_, i) => (i === 17 ? bad : i + 1));
    const results = await runOnWorkers(tasks, options);
    expect(results).toEqual(tasks.map((task) => (task === bad ? `${bad} lost: ${why}` : task + 1)));
    expect(count.done).toBe(50);
  });

  test("a task that needs more memory than a thread has is named; all others are done", async () => {
    count.done = 0;
    const tasks = Array.from({ length: 50 }, (_, i) => (i === 17 ? -2 : i + 1));
    const limits = { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 8 };
    const results = await runOnWorkers(tasks, { ...options, limits });
    expect(results).toEqual(tasks.map((task) => (task === -2 ? "-2 lost: it ran out of memory" : task + 1)));
    expect(count.done).toBe(50);
  });

  test("many tasks come back in their order, whatever the sizes of the messages", async () => {
    const tasks = Array.from({ length: 5000 }, (_, i) => i + 1);
    expect(await runOnWorkers(tasks, { ...options, threads: 3, size: 1 })).toEqual(
      tasks.map((task) => task + 1),
    );
  });

  test("a task whose thread ends once only is done", async () => {
    expect(await runOnWorkers([0], options)).toEqual([1]);
  });

  test("every thread ending at once is an error with what to do, not a wait without end", async () => {
    const tasks = Array.from({ length: 40 }, () => -1);
    await expect(runOnWorkers(tasks, { ...options, size: 1 })).rejects.toMatchObject({
      code: "threads-failed",
    });
  });

  test("no tasks are done at once", async () => {
    expect(await runOnWorkers([], options)).toEqual([]);
  });
});

describe("threads pay", () => {
  test("where the work outweighs the transfer, in their number", () => {
    expect(threadsWorth(1000, { work: 50, transfer: 0.1 }, 8)).toBe(8);
    expect(threadsWorth(1000, { work: 50, transfer: 0.1 }, 2)).toBe(2);
  });

  test("not for cheap models, however many series there are", () => {
    expect(threadsWorth(100_000, { work: 0.1, transfer: 0.12 }, 8)).toBe(1);
    expect(threadsWorth(1_000_000, { work: 0.1, transfer: 0.09 }, 8)).toBe(1);
  });

  test("not for more threads than the transfer can feed", () => {
    expect(threadsWorth(100_000, { work: 1, transfer: 0.25 }, 64)).toBeLessThanOrEqual(6);
  });

  test("not for little work", () => {
    expect(threadsWorth(10, { work: 20, transfer: 0 }, 8)).toBe(1);
  });

  test("by what tasks cost once their code is compiled, of the last few slices of time", () => {
    let now = 0;
    const pace = new Pace(() => now);
    const slices = (count: number, milliseconds: number) => {
      let looks = 0;
      while (looks < count) {
        now += milliseconds;
        if (pace.step()) looks++;
      }
    };
    slices(1, 10);
    expect(pace.isSteady).toBe(false);
    slices(3, 0.1);
    expect(pace.isSteady).toBe(true);
    expect(pace.work).toBeCloseTo(0.1, 6);
    slices(4, 50);
    expect(pace.work).toBeCloseTo(50, 6);
  });

  test("at once where one task takes long", () => {
    let now = 0;
    const pace = new Pace(() => now);
    now = 5000;
    expect(pace.step()).toBe(true);
    expect([pace.isSteady, pace.work]).toEqual([true, 5000]);
  });

  test("the transfer is measured on copies of what was done", () => {
    const tasks = Array.from({ length: 30 }, () => ({ y: new Float64Array(1000) }));
    expect(transferCost(tasks, tasks)).toBeGreaterThan(0);
    expect(transferCost(tasks, [])).toBe(0);
  });
});
