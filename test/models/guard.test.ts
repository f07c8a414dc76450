import { expect, test } from "vitest";
import { YuleError } from "../../src/core/errors.js";
import { series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { parseModel } from "../../src/select/catalogue.js";

const y = Float64Array.from({ length: 40 }, (_, t) => 10 + Math.sin(t) + (t % 7) / 10);
const price = Float64Array.from(y, (_, t) => 1 + (t % 3));

test.each(["naive", "drift", "ets(A,N,N)", "theta", "log(naive)", "ensemble(naive,mean)"])(
  "%s leaves inputs out, says so, and asks for no future ones",
  (notation) => {
    const fitted = parseModel(notation).fit(series(y, { inputs: { price } }));
    expect(fitted.report.notes.map(({ code }) => code)).toContain("inputs-ignored");
    expect(forecast(fitted, { horizon: 3 }).mean).toEqual(
      forecast(parseModel(notation).fit(series(y)), { horizon: 3 }).mean,
    );
  },
);

test("ar refuses them and points to arima", () => {
  expect(() => parseModel("ar(1)").fit(series(y, { inputs: { price } }))).toThrow(/arima/);
});

test("arima uses them", () => {
  const fitted = parseModel("arima(1,0,0)").fit(series(y, { inputs: { price } }));
  expect(fitted.report.coefficients.map(({ name }) => name)).toContain("price");
  expect(() => forecast(fitted, { horizon: 3 })).toThrow(/price/);
});

test.each(["naive", "mean", "ar(1)", "ets(A,N,N)", "auto"])("%s refuses 1e308 by row", (notation) => {
  try {
    parseModel(notation).fit(series([...y, 1e308], { id: "sales" }));
  } catch (error) {
    expect(error).toBeInstanceOf(YuleError);
    expect(error).toMatchObject({ code: "too-large", category: "data", argument: "sales", value: 1e308 });
    expect((error as Error).message).toContain("Row 41 of sales is 1e+308");
  }
  expect.assertions(3);
});
