import { describe, expect, test } from "vitest";
import { YuleError } from "../../src/core/errors.js";
import type { Fitted, Model } from "../../src/core/model.js";
import { type Series, slice } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { save } from "../../src/io/model-file.js";
import { withMissing } from "../../src/models/missing.js";
import { parseModel } from "../../src/select/catalogue.js";
import { ROWS } from "./rows.js";

/** How an attempt ends, in words that can be compared: an error, or the saved model with its notes and its forecast. */
function outcome(attempt: () => Fitted, future?: Readonly<Record<string, readonly number[]>>): unknown {
  try {
    const fitted = attempt();
    const { mean } = forecast(fitted, { horizon: 3, paths: 200, ...(future ? { inputs: future } : {}) });
    return { saved: save(fitted), notes: fitted.report.notes.map(({ code }) => code), mean: [...mean] };
  } catch (error) {
    expect(error).toBeInstanceOf(YuleError);
    return { code: (error as YuleError).code, message: (error as Error).message };
  }
}

const withPrice = (on: Series): Series => ({
  ...on,
  inputs: { names: ["price"], columns: [on.y.map((_, t) => 3 + Math.sin(t / 3) + ((t * 7) % 5) / 10)] },
});
const holed = (on: Series): Series => ({ ...on, y: on.y.map((y, t) => (t === 20 ? Number.NaN : y)) });

describe.each(ROWS)("$notation, by notation and by constructor", ({ notation, build, on }) => {
  const written = parseModel(notation);
  const made = build();

  test("is one model: the same notation, the same fit", () => {
    expect(made.notation).toBe(written.notation);
    expect(outcome(() => made.fit(on))).toEqual(outcome(() => written.fit(on)));
  });

  test("treats inputs alike: used, left out and told, or refused", () => {
    const priced = withPrice(on);
    const future = { price: [3.5, 3.2, 3.4] };
    const result = outcome(() => made.fit(priced), future);
    expect(result).toEqual(outcome(() => written.fit(priced), future));
    expect(result).toEqual(outcome(() => withMissing(made, "error").fit(priced), future));
    expectSaid(result);
  });

  test("refuses values that cannot be squared alike", () => {
    const huge = { ...on, y: on.y.map((y, t) => (t === 7 ? 1e200 : y)) };
    for (const model of [made, written])
      expect(outcome(() => model.fit(huge))).toMatchObject({ code: "too-large" });
  });

  test("treats gaps by the policy that was asked for, one series or a panel", async () => {
    const panel = [on, holed(on)];
    const refusing = withMissing(made, "error");
    expect(outcome(() => refusing.fit(panel[1]!))).toMatchObject({ code: "missing-values" });
    const filling = withMissing(made, "interpolate");
    // What lies between two counts is none.
    const counts = notation.includes("negative-binomial");
    expect(outcome(() => filling.fit(panel[1]!))).toMatchObject(
      counts ? { code: "not-counts" } : { notes: expect.arrayContaining(["interpolated"]) },
    );
    expect((made.fitPanel === undefined) === (refusing.fitPanel === undefined)).toBe(true);
    if (made.fitPanel === undefined) return;
    await expect(refusing.fitPanel!(panel)).rejects.toMatchObject({
      code: "missing-values",
      argument: on.id,
    });
    expect(refusing.refusal!(panel[1]!)).toMatchObject({ code: "missing-values" });
    expect(refusing.refusal!(panel[0]!)).toBeNull();
    if (counts) return;
    const fits = await filling.fitPanel!(panel);
    expect(fits.map((fitted) => fitted.report.notes.some(({ code }) => code === "interpolated"))).toEqual([
      false,
      true,
    ]);
  });

  test("fits a panel series by series, in order, by constructor as by notation", async () => {
    const panel = [on, { ...slice(on, 0, on.y.length - 5), id: "shorter" }, { ...on, id: "again" }];
    const ids = (fits: readonly Fitted[]) => fits.map(({ origin }) => [origin.id, origin.length]);
    const [a, b] = await Promise.all([made, written].map((model) => fitEach(model, panel)));
    expect(ids(a!)).toEqual(panel.map(({ id, y }) => [id, y.length]));
    expect(a!.map(save)).toEqual(b!.map(save));
  });
});

/** An input is used, or a note says it was not, or an error names it. */
function expectSaid(result: unknown): void {
  const { notes, saved, message } = result as { notes?: string[]; saved?: string; message?: string };
  if (message !== undefined) expect(message).toContain("price");
  else if (!notes!.includes("inputs-ignored")) expect(saved).toContain('"price"');
}

async function fitEach(model: Model, panel: readonly Series[]): Promise<readonly Fitted[]> {
  return model.fitPanel === undefined ? panel.map((series) => model.fit(series)) : model.fitPanel(panel);
}
