import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { apply } from "../../src/engine/update.js";
import {
  auto,
  type Fitted,
  fitAll,
  forecast,
  forecastEach,
  interval,
  load,
  type Panel,
  parseModel,
  pooled,
  random,
  save,
  series,
  slice,
} from "../../src/index.js";
import { workerThreads } from "../../src/io/threads.js";
import { epochsWithin } from "../../src/select/auto/effort/network.js";

/** Monthly series of one shape and many sizes, whose noise is an autoregression that all share. */
function panelOf(count: number, rows: number): Panel {
  return Array.from({ length: count }, (_, i) => {
    const rng = random(1000 + i);
    const size = 10 ** (1 + 2 * rng.uniform());
    let noise = 0;
    const y = Array.from({ length: rows }, (_, t) => {
      noise = 0.8 * noise + 0.3 * (rng.uniform() + rng.uniform() + rng.uniform() - 1.5);
      return size * (3 + Math.sin((2 * Math.PI * (t + i)) / 12) + noise);
    });
    return series(y, { id: `s${i}`, start: "2018-01", frequency: "M" });
  });
}

const high = () => auto({ effort: "high" });
const membersOf = ({ report }: Fitted) =>
  (report.details.members as readonly { model: string; weight: number }[]).filter(({ weight }) => weight > 0);
const codesOf = ({ report }: Fitted) => report.notes.map(({ code }) => code);

describe("auto with high effort on a panel of few series", () => {
  const panel = panelOf(20, 52);
  const known = panel.map((one) => slice(one, 0, 40));
  let fits: readonly Fitted[];
  beforeAll(async () => {
    fits = await high().fitPanel!(known, { rng: random(1), horizon: 12 });
  });

  test("pooled and a network take part where past errors say so, and a note tells who learned", () => {
    const models = fits.flatMap((fitted) => membersOf(fitted).map(({ model }) => model));
    expect(models.filter((model) => model === "pooled").length).toBeGreaterThan(5);
    expect(models.some((model) => model.startsWith("raster("))).toBe(true);
    for (const fitted of fits) {
      expect(fitted.notation).toBe("auto(effort=high)");
      expect(codesOf(fitted)).toContain("learned-together");
      expect(membersOf(fitted).reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
    }
  });

  test("the pooled member is the model that pooled() learns from the same series", async () => {
    const learned = await pooled().fitPanel(known, { horizon: 12 });
    const at = fits.findIndex((fitted) => membersOf(fitted).some(({ model }) => model === "pooled"));
    const found = (fits[at]!.params as { members: readonly { coefficients?: unknown }[] }).members;
    expect(found.map(({ coefficients }) => coefficients)).toContainEqual(learned[at]!.params.coefficients);
  });

  test("its intervals hold about what they say", () => {
    let [within, count] = [0, 0];
    for (const [i, fitted] of fits.entries()) {
      const { lower, upper } = interval(forecast(fitted, { horizon: 12 }), 80);
      panel[i]!.y.slice(40).forEach((y, h) => {
        count++;
        if (y >= lower[h]! && y <= upper[h]!) within++;
      });
    }
    // Errors of one series are of one piece: 240 values count as about 40, whose standard error is 6 %.
    expect(within / count).toBeGreaterThan(0.62);
    expect(within / count).toBeLessThan(0.97);
  });

  test("a saved model forecasts the same bits", () => {
    const before = forecast(fits[2]!, { horizon: 6 });
    const after = forecast(load(save(fits[2]!)), { horizon: 6 });
    expect(Array.from(after.mean)).toEqual(Array.from(before.mean));
    expect(Array.from(interval(after, 95).upper)).toEqual(Array.from(interval(before, 95).upper));
  });

  test("the numbers do not depend on the threads, nor on which way the panel is fitted", async () => {
    // Workers run JavaScript: the worker's module is bundled as the package ships it.
    const folder = mkdtempSync(join(tmpdir(), "yule-"));
    const outfile = join(folder, "worker.mjs");
    const entry = resolve(import.meta.dirname, "../../src/io/thread-worker.ts");
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      logLevel: "silent",
    });
    const threads = workerThreads(2, pathToFileURL(outfile));
    const outcomes = await fitAll(known, "auto(effort=high)", { threads, horizon: 12 });
    rmSync(folder, { recursive: true });
    for (const [i, outcome] of outcomes.entries()) {
      if (outcome.status !== "ok") throw outcome.error;
      expect(outcome.value.params).toEqual(fits[i]!.params);
    }
  });

  test("no past forecast has seen what came: other ends of the series change no loss before them", async () => {
    const { learn } = await import("../../src/select/auto/effort/learn.js");
    const { pastOrigins, prepare } = await import("../../src/select/auto/fit/index.js");
    const originsOf = async (panel: Panel) => {
      const prepared = panel.map((one) => prepare(one));
      const { candidates } = await learn(
        { model: pooled(), pastFits: 2 },
        prepared,
        {},
        { pastOrigins, apply },
      );
      const one = prepared[3]!;
      return candidates.get(one)!.model.fit(slice(one.series, 0, 30)).params;
    };
    const other = known.map((one) => ({ ...one, y: one.y.map((y, t) => (t < 34 ? y : 1.1 * y)) }));
    expect(await originsOf(other)).toEqual(await originsOf(known));
  });
});

describe("where high effort changes nothing, or is refused", () => {
  test("of fewer than 20 series each is forecast as by auto alone, and a warning says so", async () => {
    const few = panelOf(3, 40);
    const fits = await high().fitPanel!(few);
    for (const [i, fitted] of fits.entries()) {
      expect(Array.from(forecast(fitted).mean)).toEqual(Array.from(forecast(auto().fit(few[i]!)).mean));
      expect(codesOf(fitted)).toContain("effort-unused");
    }
  });

  test("series of several kinds learn only from their own kind", async () => {
    const odd = series(panelOf(1, 40)[0]!.y, { id: "odd", start: "2018-01-01", frequency: "D" });
    const fits = await high().fitPanel!([odd, panelOf(2, 40)[1]!]);
    expect(fits[0]!.report.notes.find(({ code }) => code === "effort-unused")!.message).toContain(
      "no other series has its frequency",
    );
  });

  test("fit is refused, and the message says what to do; a panel of one is forecast as by auto, with a warning", async () => {
    const [one] = panelOf(1, 40);
    expect(() => high().fit(one!)).toThrow(/s0 is a single one; leave effort=high out/);
    const [fitted] = await high().fitPanel!([one!]);
    expect(Array.from(forecast(fitted!).mean)).toEqual(Array.from(forecast(auto().fit(one!)).mean));
    expect(codesOf(fitted!)).toContain("effort-unused");
  });

  test("a stream of series is refused, since all of them are needed", async () => {
    const source = forecastEach(panelOf(2, 40), "auto(effort=high)");
    await expect(source.next()).rejects.toThrow(/fitted to all series together; use forecastAll/);
  });

  test("a series without values is an outcome of its own", async () => {
    const [one, two] = panelOf(2, 40);
    const none = { ...one!, y: one!.y.map(() => Number.NaN) };
    const outcomes = await fitAll([none, two!, { ...two!, id: "three" }], "auto(effort=high)");
    expect(outcomes.map(({ status }) => status)).toEqual(["failed", "ok", "ok"]);
  });

  test("an aborted fit ends with the reason", async () => {
    const stop = new AbortController();
    stop.abort(new Error("enough"));
    await expect(high().fitPanel!(panelOf(2, 40), { signal: stop.signal })).rejects.toThrow("enough");
  });

  test("only a high effort makes auto a model of panels", () => {
    expect(parseModel("auto").fitPanel).toBeUndefined();
    expect(parseModel("auto").refusal).toBeUndefined();
    expect(parseModel("auto(effort=normal)").notation).toBe("auto");
    expect(parseModel("auto(effort=high)").fitPanel).toBeDefined();
    expect(() => parseModel("auto(effort=max)")).toThrow(/normal or high/);
  });
});

test("the epochs of the network follow from a budget of steps, and from the rows of the panel", () => {
  expect(epochsWithin(60, 1e6)).toBe(41);
  expect(epochsWithin(60, 2000)).toBe(6);
  expect(epochsWithin(10, 1e6)).toBe(100);
  expect(epochsWithin(336, 10)).toBe(5);
});
