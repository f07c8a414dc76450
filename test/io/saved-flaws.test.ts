import { expect, test } from "vitest";
import { families } from "../../src/index.js";
import { flawOfKind } from "../../src/select/saved-flaw.js";

test("what a file holds is checked for every kind of process", () => {
  const kinds = families().flatMap(({ processes }) => processes.map(({ kind }) => kind));
  expect(kinds.length).toBeGreaterThan(8);
  for (const kind of kinds) expect(flawOfKind(kind)?.({}, {}, 0), kind).toEqual(expect.any(String));
});

test("the state of a wrapped model is checked too", () => {
  const arima = "seasonal:transformed:arima";
  expect(
    flawOfKind(arima)?.({ path: new Float64Array(1), cycles: [], inner: {} }, { inner: {}, count: 1 }, 0),
  ).toMatch(/transform/);
  expect(flawOfKind(`ensemble:${JSON.stringify(["mean"])}`)?.({}, {}, 0)).toMatch(/params/);
});
