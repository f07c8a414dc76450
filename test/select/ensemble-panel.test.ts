import { describe, expect, test } from "vitest";
import {
  deepar,
  ensemble,
  fitAll,
  forecast,
  load,
  naive,
  parseModel,
  pooled,
  random,
  save,
  series,
  snaive,
  wavenet,
} from "../../src/index.js";
import { seasonalPanel } from "../models/network/panels.js";

const panel = seasonalPanel(4, 60);
const weightsOf = (details: Record<string, unknown>) =>
  (details.members as readonly { model: string; weight: number }[]).map(({ model, weight }) => [
    model,
    weight,
  ]);

describe("an ensemble with members that learn from all series of a panel", () => {
  test("has what they learned from the panel, and the others fitted to each series", async () => {
    const learned = await pooled().fitPanel(panel);
    const fits = await ensemble([pooled(), snaive()]).fitPanel!(panel);
    for (const [i, fitted] of fits.entries()) {
      const { members } = fitted.params as { members: readonly unknown[] };
      expect(members[0]).toEqual(learned[i]!.params);
      expect(members[1]).toEqual(snaive().fit(panel[i]!).params);
      expect(weightsOf(fitted.report.details).map(([, weight]) => weight)).toEqual([0.5, 0.5]);
    }
  });

  test("of networks forecasts the mean of their means, and is saved with them", async () => {
    const quick = { epochs: 2, batches: 4, hidden: 8, intervals: "own" } as const;
    const networks = [deepar(quick), wavenet(quick)];
    const options = { rng: random(1), horizon: 6 };
    const [fitted] = await ensemble(networks).fitPanel!(panel, options);
    const single = await Promise.all(networks.map((model) => model.fitPanel(panel, options)));
    const { process, params, state } = fitted!;
    const inputs = [new Float64Array(0)];
    const next = single.map(([one]) => one!.process.conditional(one!.params, one!.state, inputs[0]!).mean);
    expect(process.conditional(params, state, inputs[0]!).mean).toBeCloseTo((next[0]! + next[1]!) / 2, 9);
    const ahead = forecast(fitted!, { horizon: 6 });
    expect(forecast(load(save(fitted!)), { horizon: 6 }).mean).toEqual(ahead.mean);
  });

  test("leaves out a member that cannot take a series, and names it", async () => {
    const quick = { epochs: 1, batches: 2, hidden: 8 } as const;
    const huge = { ...panel[0]!, id: "huge", y: panel[0]!.y.map((y) => 1e31 * y) };
    const fits = await ensemble([deepar(quick), naive()]).fitPanel!([...panel, huge]);
    const { notes, details } = fits.at(-1)!.report;
    expect(notes.find(({ code }) => code === "member-dropped")!.message).toMatch(
      /^deepar\(.*was left out: huge is/,
    );
    expect(weightsOf(details)).toEqual([["naive", 1]]);
    expect(weightsOf(fits[0]!.report.details)).toHaveLength(2);
  });

  test("a series of one value is an outcome of its own, and the others are fitted", async () => {
    const short = series([4, Number.NaN, Number.NaN], {
      id: "short",
      start: "2001-01",
      frequency: "M",
      period: 12,
    });
    const outcomes = await fitAll([...panel, short], "ensemble(pooled, naive)");
    expect(outcomes.map(({ status }) => status)).toEqual(["ok", "ok", "ok", "ok", "failed"]);
  });

  test("refuses weights by past errors; of other members it is no model of panels", async () => {
    await expect(ensemble([pooled(), naive()], { weights: "errors" }).fitPanel!(panel)).rejects.toThrow(
      /pooled is fitted to all series together; leave weights=errors out/,
    );
    expect(parseModel("ensemble(theta,naive)").fitPanel).toBeUndefined();
    expect(parseModel("ensemble(pooled,naive)").fitPanel).toBeDefined();
  });
});
