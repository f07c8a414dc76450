import { describe, expect, test } from "vitest";
import type { Rng } from "../../src/core/random.js";
import type { Kernel } from "../../src/neural/kernel/kernel.js";
import { loadKernel } from "../../src/neural/kernel/load.js";
import type { Tape } from "../../src/neural/pass.js";
import { member, requestAbort } from "../../src/neural/training/member.js";
import { type TrainingPlan, trainingLayout } from "../../src/neural/training/plan.js";
import { type EpochReport, train, type WindowSource } from "../../src/neural/training/train.js";

const PLAN: TrainingPlan = {
  shape: {
    inputs: 4,
    core: { kind: "recurrent", hidden: 8, layers: 2 },
    outputs: 4,
    direct: 2,
    categories: [],
  },
  likelihood: "normal",
  steps: 6,
  batch: 8,
  batches: 5,
  epochs: 4,
  learningRate: 0.01,
  weightDecay: 0,
  clip: 10,
  dropout: 0.1,
  averaging: 0.05,
  plateau: 10,
  patience: 20,
  seconds: null,
  seed: 3,
  start: null,
};

/** Windows whose target is the input before it, to be learned. */
const source: WindowSource = {
  validationBatches: 1,
  draw: fill,
  validate: (kernel, at, _, shard) => fill(kernel, at, null, shard),
};

function fill({ cells }: Kernel, at: Tape, rng: Rng | null, shard = 0): number {
  for (let i = 0; i < at.steps * at.rows; i++) {
    const x = rng === null ? Math.sin(i + shard) : 2 * rng.uniform() - 1;
    cells[at.x + 4 * i] = x;
    cells[at.y + i] = 2 * x;
    cells[at.weight + i] = 1;
  }
  return at.steps * at.rows;
}

function run(plan: TrainingPlan, from: WindowSource = source, kind: "strict" | "plain" = "strict") {
  const layout = trainingLayout(plan);
  const kernel = loadKernel(kind, layout.cells);
  const self = member(kernel, layout, 0, 1);
  const reports: EpochReport[] = [];
  const steps = train(kernel, plan, layout, from, self);
  return {
    self,
    steps,
    reports,
    finish() {
      for (const report of steps) if (report !== null) reports.push(report);
      return reports;
    },
    best: () => kernel.cells.slice(layout.best, layout.best + layout.size),
  };
}

test("it learns, and keeps the weights that validate best", () => {
  const training = run({ ...PLAN, epochs: 40 });
  const reports = training.finish();
  expect(reports).toHaveLength(40);
  expect(reports.at(-1)!.ending).toBe("epochs");
  expect(reports.at(-1)!.validation).toBeLessThan(reports[0]!.validation - 1);
  reports.forEach(({ validation, best }, i) => {
    const least = Math.min(...reports.slice(0, i).map((report) => report.validation));
    expect(best).toBe(validation < least);
  });
});

test("the same plan gives the same weights; another seed others", () => {
  const [a, b, c] = [PLAN, PLAN, { ...PLAN, seed: 4 }].map((plan) => {
    const training = run(plan);
    training.finish();
    return training.best();
  });
  expect(b).toEqual(a);
  expect(c).not.toEqual(a);
});

test("after twenty steps the twin's weights are the kernel's, bit for bit", () => {
  const [a, b] = (["strict", "plain"] as const).map((kind) => {
    const training = run(PLAN, source, kind);
    training.finish();
    return training.best();
  });
  expect(new Int32Array(b!.buffer)).toEqual(new Int32Array(a!.buffer));
});

describe("endings", () => {
  test("an abort stops after the current step and keeps what there is", () => {
    const training = run({ ...PLAN, epochs: 1000, batches: 10 });
    for (let i = 0; i < 40; i++) training.steps.next();
    const before = training.best();
    requestAbort(training.self.control);
    const reports = training.finish();
    expect(reports).toHaveLength(1);
    expect(reports[0]!.ending).toBe("aborted");
    expect(training.best()).toEqual(before);
  });

  test("an abort in the first epoch keeps the weights as they are, not the random ones it began with", () => {
    const [stopped, untrained] = [run(PLAN), run({ ...PLAN, learningRate: 1e-30 })];
    for (let i = 0; i < 3; i++) stopped.steps.next();
    requestAbort(stopped.self.control);
    expect(stopped.finish()[0]!.ending).toBe("aborted");
    untrained.finish();
    expect(stopped.best()).not.toEqual(untrained.best());
  });

  test("a loss that becomes NaN stops training, and the best weights are those before", () => {
    let epoch = -1;
    const poisoned: WindowSource = {
      ...source,
      beforeEpoch: (e) => (epoch = e),
      draw(kernel, at, rng) {
        const count = fill(kernel, at, rng);
        if (epoch === 2) kernel.cells[at.y] = Number.NaN;
        return count;
      },
    };
    const training = run(PLAN, poisoned);
    const reports = training.finish();
    expect(reports.map(({ ending }) => ending)).toEqual([null, null, "diverged"]);
    const short = run({ ...PLAN, epochs: 2 });
    short.finish();
    expect(training.best()).toEqual(short.best());
    expect(training.best().every(Number.isFinite)).toBe(true);
  });

  test("patience runs out where nothing improves", () => {
    const fixed: WindowSource = { ...source, validate: (kernel, at) => fill(kernel, at, null) };
    const reports = run(
      { ...PLAN, epochs: 500, learningRate: 1e-30, patience: 7, plateau: 3 },
      fixed,
    ).finish();
    expect(reports.at(-1)!.ending).toBe("no-improvement");
    expect(reports.length).toBe(8);
    expect(reports.at(-1)!.learningRate).toBe(1e-30 / 4);
  });

  test("a time budget ends it", () => {
    const reports = run({ ...PLAN, epochs: 100_000, patience: 1e6, seconds: 0.2 }).finish();
    expect(reports.at(-1)!.ending).toBe("time");
  });

  test("windows without any observed value change nothing", () => {
    const empty: WindowSource = {
      ...source,
      draw(kernel, at, rng) {
        fill(kernel, at, rng);
        kernel.cells.fill(0, at.weight, at.weight + at.steps * at.rows);
        return 0;
      },
    };
    const reports = run({ ...PLAN, epochs: 2 }, empty).finish();
    expect(reports[1]!.validation).toBe(reports[0]!.validation);
  });
});
