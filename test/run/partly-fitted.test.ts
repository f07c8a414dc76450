import { describe, expect, test } from "vitest";
import { numericalError, YuleError } from "../../src/core/errors.js";
import type { Model } from "../../src/core/model.js";
import type { Panel } from "../../src/core/series.js";
import { rollTogether } from "../../src/evaluate/rolling.js";
import { auto, evaluate, fitAll, forecastAll, series, slice, withMissing } from "../../src/index.js";
import { drift } from "../../src/models/baselines/index.js";
import { changed, fitInTurn, foundOf, PartlyFitted } from "../../src/models/partly-fitted.js";

const panel: Panel = ["a", "bad", "c"].map((id, i) =>
  series(
    Array.from({ length: 30 }, (_, t) => 10 * i + t + ((t * 7) % 5)),
    { id },
  ),
);

/** A model of a panel that cannot fit one of its series. */
function failing(thrown: () => unknown): Model & Required<Pick<Model, "fitPanel">> {
  const model = drift();
  return {
    ...model,
    fitPanel: (all, options = {}) =>
      fitInTurn(all, options, (one) => {
        if (one.id === "bad") throw thrown();
        return model.fit(one);
      }),
  };
}
const numerical = () => numericalError("not-finite", "bad", Number.NaN, "The variance of bad is not finite.");

describe("a series that fails in a fit to a whole panel", () => {
  test("is an outcome of its own, and the others are those of single fits", async () => {
    const outcomes = await forecastAll(panel, failing(numerical), { horizon: 3 });
    expect(outcomes.map(({ status }) => status)).toEqual(["ok", "failed", "ok"]);
    const failed = outcomes[1]!;
    expect(failed.status === "failed" && failed.error.message).toBe("The variance of bad is not finite.");
    const alone = await forecastAll(panel, drift(), { horizon: 3 });
    expect(outcomes[2]!.status === "ok" && Array.from(outcomes[2]!.value.mean)).toEqual(
      alone[2]!.status === "ok" && Array.from(alone[2]!.value.mean),
    );
  });

  test("is named where the error was none of ours", async () => {
    const outcomes = await fitAll(
      panel,
      failing(() => new TypeError("x is undefined")),
    );
    const failed = outcomes[1]!;
    expect(failed.status === "failed" && failed.error.code).toBe("internal");
    expect(failed.status === "failed" && failed.error.message).toMatch(/on the series bad/);
  });

  test("is told with the gaps of others filled", async () => {
    const gap = panel.map((one) => ({ ...one, y: one.y.map((y, t) => (t === 8 ? Number.NaN : y)) }));
    const found = await foundOf(withMissing(failing(numerical), "interpolate").fitPanel(gap));
    expect(found[1]).toBeInstanceOf(YuleError);
    const [first] = found;
    expect(!(first instanceof Error) && first!.report.notes.map(({ code }) => code)).toContain(
      "interpolated",
    );
  });

  test("is left out of a rolling evaluation, and named", async () => {
    const folds = panel.map(() => [{ from: 0, origin: 20 }]);
    const rolled = await rollTogether(panel, folds, failing(numerical), { horizon: 3, levels: [80] });
    expect(rolled.map((own) => own instanceof Error)).toEqual([false, true, false]);
    const train = panel.map((one) => slice(one, 0, 25));
    const tests = panel.map((one) => slice(one, 25, 30));
    const { scores } = await evaluate(train, tests, [failing(numerical)]);
    expect(scores[0]!.failures).toEqual([{ id: "bad", message: "The variance of bad is not finite." }]);
    expect(scores[0]!.count).toBe(10);
  });

  test("thrown, it is the error of the first series that failed", async () => {
    const fits = failing(numerical).fitPanel(panel);
    await expect(fits).rejects.toThrow("The variance of bad is not finite.");
    const again = changed(failing(numerical).fitPanel(panel), (fitted) => ({ ...fitted, notation: "other" }));
    const error = await again.catch((thrown: unknown) => thrown);
    expect(error instanceof PartlyFitted && error.code).toBe("not-finite");
    const found = error instanceof PartlyFitted ? error.fits : [];
    expect(found.map((one) => (one instanceof Error ? null : one.notation))).toEqual([
      "other",
      null,
      "other",
    ]);
  });

  test("an abort ends it all", async () => {
    const stop = new AbortController();
    const fits = failing(() => {
      stop.abort(new Error("enough"));
      return numerical();
    }).fitPanel(panel, { signal: stop.signal });
    await expect(fits).rejects.toThrow("enough");
  });
});

test("auto takes inputs that explain a series exactly, without those of the future", () => {
  const x = Array.from({ length: 60 }, (_, t) => 100 + 10 * ((t * 37) % 11));
  const exact = series(x, { id: "s", start: "2000-01", frequency: "M", inputs: { x } });
  expect(auto().fit(exact).origin.inputNames).toEqual(["x"]);
});
