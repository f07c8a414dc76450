import { describe, expect, test } from "vitest";
import { inGroups } from "../../src/cli/pool.js";
import type { Detached } from "../../src/cli/tasks/detached.js";
import type { TaskModel } from "../../src/cli/tasks/task.js";

const fresh: { model: TaskModel } = { model: { notation: "naive", missing: "keep" } };

/** A task with a model that was fitted before, to these estimates. */
function fitted(params: object): { model: TaskModel } {
  return { model: { fitted: { kind: "deepar", rest: { params } } as Detached, refit: false } };
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
const sizes = (tasks: readonly { model: TaskModel }[], threads: number): number[] =>
  inGroups(tasks, threads).map(({ length }) => length);

describe("tasks go to threads", () => {
  test("one by one where each fits a model of its own", () => {
    expect(
      sizes(
        times(20, () => fresh),
        2,
      ),
    ).toEqual(times(20, () => 1));
    expect(
      sizes(
        times(20, () => fitted({})),
        2,
      ),
    ).toEqual(times(20, () => 1));
  });

  test("several together where they share their estimates, at least four groups a thread", () => {
    const shared = {};
    expect(
      sizes(
        times(32, () => fitted(shared)),
        2,
      ),
    ).toEqual(times(8, () => 4));
    expect(
      sizes(
        times(3, () => fitted(shared)),
        2,
      ),
    ).toEqual([1, 1, 1]);
  });

  test("in their order, never two models' estimates together", () => {
    const [one, other] = [{}, {}];
    const tasks = [...times(9, () => fitted(one)), fresh, ...times(10, () => fitted(other))];
    const groups = inGroups(tasks, 1);
    expect(groups.flat()).toEqual(tasks);
    expect(groups.map(({ length }) => length)).toEqual([5, 4, 1, 5, 5]);
  });
});
