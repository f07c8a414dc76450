import { describe, expect, test } from "vitest";
import {
  ar,
  deepar,
  fitAll,
  forecast,
  forecastAll,
  forecastEach,
  forecastRows,
  naive,
  type Panel,
  parseModel,
  random,
  type Series,
  type SeriesOutcome,
  series,
} from "../../src/index.js";

const wave = (id: string, phase: number) =>
  series(
    Array.from({ length: 40 }, (_, t) => 10 + 3 * Math.sin(t + phase) + 0.1 * ((t * 7919) % 11)),
    { id },
  );
const PANEL: Panel = [wave("a", 0), series([-1, 2, 3, 4, 5, 6], { id: "negative" }), wave("c", 2)];

function resultOf<T>(outcome: SeriesOutcome<T>): T {
  if (outcome.status === "failed") throw outcome.error;
  return outcome.value;
}

describe("fitAll", () => {
  test("gives one outcome a series, in order, as fitting each by itself does", async () => {
    const panel = [PANEL[0]!, PANEL[2]!];
    const outcomes = await fitAll(panel, "ar(2)");
    expect(outcomes.map(({ id }) => id)).toEqual(["a", "c"]);
    for (const [at, outcome] of outcomes.entries()) {
      const alone = ar({ order: 2 }).fit(panel[at]!);
      expect(resultOf(outcome).params).toEqual(alone.params);
    }
  });

  test("a series that cannot be fitted is an outcome, and the others go on", async () => {
    const outcomes = await fitAll(PANEL, "log(naive)");
    expect(outcomes.map(({ status }) => status)).toEqual(["ok", "failed", "ok"]);
    const failed = outcomes[1]!;
    expect(failed.status === "failed" && failed.error.category).toBe("data");
    expect(failed.status === "failed" && failed.error.message).toContain("negative");
  });

  test("a model that learns from the panel is fitted once, to the series it can take", async () => {
    const panel: Panel = [wave("a", 0), series([], { id: "empty" }), wave("c", 2)];
    const model = deepar({ hidden: 4, epochs: 1, batches: 2 });
    const outcomes = await fitAll(panel, model, { seed: 3 });
    expect(outcomes.map(({ status }) => status)).toEqual(["ok", "failed", "ok"]);
    const [first, , third] = outcomes;
    const together = await model.fitPanel!([panel[0]!, panel[2]!], { rng: random(3) });
    expect(resultOf(first!).params).toEqual(together[0]!.params);
    expect(resultOf(third!).state).toEqual(together[1]!.state);
  });

  test("the policy for missing values holds for models that learn from the panel too", async () => {
    const gappy = wave("gappy", 1);
    const y = gappy.y.slice();
    y[5] = Number.NaN;
    const outcomes = await fitAll([wave("a", 0), { ...gappy, y }], "naive", { missing: "error" });
    expect(outcomes.map(({ status }) => status)).toEqual(["ok", "failed"]);
  });

  test("reports progress and stops when it is aborted", async () => {
    const seen: string[] = [];
    await fitAll(PANEL, naive(), {
      onProgress: ({ done, total, message }) => seen.push(`${done}/${total} ${message}`),
    });
    expect(seen).toEqual(["1/3 a", "2/3 negative", "3/3 c"]);
    const abort = new AbortController();
    const running = fitAll(PANEL, naive(), { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(running).rejects.toThrow(/abort/i);
    expect(seen).toHaveLength(3);
  });

  test.each([[null], [series([1, 2, 3])], [[[1, 2, 3]]], ["panel"]])(
    "refuses %j as a panel",
    async (wrong) => {
      await expect(fitAll(wrong as unknown as Panel, "naive")).rejects.toMatchObject({ code: "bad-panel" });
    },
  );

  test("refuses an unknown model before any work", async () => {
    await expect(fitAll(PANEL, "navie")).rejects.toMatchObject({ code: "unknown-model" });
  });
});

describe("forecastAll and forecastEach", () => {
  test("give the forecasts of each series by itself", async () => {
    const outcomes = await forecastAll(PANEL, "log(ar(1))", { horizon: 4, paths: 50, seed: 9 });
    expect(outcomes.map(({ status }) => status)).toEqual(["ok", "failed", "ok"]);
    const alone = forecast(parseModel("log(ar(1))").fit(PANEL[2]!, { rng: random(9) }), {
      horizon: 4,
      paths: 50,
      seed: 9,
    });
    expect(resultOf(outcomes[2]!).mean).toEqual(alone.mean);
    const each: SeriesOutcome<unknown>[] = [];
    for await (const outcome of forecastEach(PANEL, "log(ar(1))", { horizon: 4, paths: 50, seed: 9 }))
      each.push(outcome);
    expect(each.map(({ id, status }) => `${id} ${status}`)).toEqual(["a ok", "negative failed", "c ok"]);
    expect(JSON.stringify(each[2])).toBe(JSON.stringify(outcomes[2]));
  });

  test("forecastEach takes the next series when the next outcome is asked for", async () => {
    let taken = 0;
    async function* endless(): AsyncGenerator<Series> {
      for (;;) yield wave(`s${taken++}`, taken);
    }
    const outcomes: string[] = [];
    for await (const { id } of forecastEach(endless(), "naive", { horizon: 1 })) {
      outcomes.push(id);
      if (outcomes.length === 5) break;
    }
    expect(outcomes).toEqual(["s0", "s1", "s2", "s3", "s4"]);
    expect(taken).toBe(5);
  });

  test("future inputs are given by id", async () => {
    const x = Float64Array.from({ length: 40 }, (_, t) => t % 3);
    const panel = ["a", "b"].map((id, k) =>
      series(
        x.map((value, t) => 5 + (k + 1) * value + 0.01 * ((t * 7919) % 13)),
        { id, inputs: { x } },
      ),
    );
    const outcomes = await forecastAll(panel, "arima(0,0,0)", {
      horizon: 2,
      inputs: (id) => ({ x: id === "a" ? [0, 0] : [1, 1] }),
    });
    expect(resultOf(outcomes[0]!).mean[0]).toBeCloseTo(5, 0);
    expect(resultOf(outcomes[1]!).mean[0]).toBeCloseTo(7, 0);
  });

  test("models of whole panels are refused one by one", async () => {
    const iterator = forecastEach(PANEL, deepar({ hidden: 4, epochs: 1 }));
    await expect(iterator.next()).rejects.toMatchObject({ code: "needs-panel" });
  });
});

test("forecastRows has the columns of the CSV, with the median behind", async () => {
  const monthly = series([3, 5, 4, 6], { id: "shop", start: "2024-01", frequency: "M", period: 1 });
  const ahead = forecast(naive().fit(monthly), { horizon: 2 });
  const rows = forecastRows(ahead, [95, 80]);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({
    unique_id: "shop",
    ds: ahead.times[0],
    model: "naive",
    mean: 6,
    median: 6,
  });
  expect(Object.keys(rows[0]!)).toEqual([
    "unique_id",
    "ds",
    "model",
    "mean",
    "median",
    "lo-80",
    "hi-80",
    "lo-95",
    "hi-95",
  ]);
  expect(rows[1]!["lo-95"]).toBeLessThan(rows[1]!["lo-80"]!);
});
