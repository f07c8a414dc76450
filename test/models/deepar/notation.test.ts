import { expect, test } from "vitest";
import { YuleError } from "../../../src/core/errors.js";
import { familyOf } from "../../../src/models/contract/family-of.js";
import { deepArModel } from "../../../src/models/deepar.js";
import { parseNotation } from "../../../src/models/notation.js";
import { parseModel } from "../../../src/select/catalogue.js";
import { deepar } from "../../../src/select/neural.js";

const read = (text: string) => familyOf(deepArModel).build(parseNotation(text), parseModel);

test.each([
  ["deepar", "deepar"],
  ["deepar()", "deepar"],
  ["deepar(hidden=40, layers=2, likelihood=student-t)", "deepar"],
  ["deepar(layers=3, hidden=64)", "deepar(layers=3, hidden=64)"],
  ["deepar(time-budget=60, epochs=20)", "deepar(epochs=20, time-budget=60)"],
  ["deepar(lags=1+2+12, categories=id+store)", "deepar(lags=1+2+12, categories=id+store)"],
  ["deepar(min=none, max=10)", "deepar(min=none, max=10)"],
  [
    "deepar(likelihood=negative-binomial, sampling=scale)",
    "deepar(likelihood=negative-binomial, sampling=scale)",
  ],
])("%s is written %s, which reads back", (text, canonical) => {
  const { notation } = read(text);
  expect(notation).toBe(canonical);
  expect(read(notation).notation).toBe(notation);
});

test("options given to the constructor are those in the notation", () => {
  expect(deepar({ hidden: 20, lags: [1, 7], seconds: 5, min: Number.NEGATIVE_INFINITY }).notation).toBe(
    "deepar(hidden=20, lags=1+7, time-budget=5, min=none)",
  );
});

test("every option has a default and a summary", () => {
  for (const { name, default: value, summary } of familyOf(deepArModel).options) {
    expect(value, name).not.toBe("");
    expect(summary.length, name).toBeGreaterThan(10);
  }
});

test.each(["deepar(3)", "deepar(min=low)", "deepar(lags=1+x)"])("%s is refused", (text) => {
  expect(() => read(text)).toThrow(YuleError);
});
