import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { type Series, series, slice } from "../../../src/core/series.js";
import { negativeBinomial } from "../../../src/distributions/families/negative-binomial.js";
import { forecast } from "../../../src/engine/forecast.js";
import { replay } from "../../../src/engine/replay.js";
import { pathStreams, roll, rollStepwise } from "../../../src/engine/roll.js";
import { update } from "../../../src/engine/update.js";
import { load, save } from "../../../src/io/model-file.js";
import { normalQuantile } from "../../../src/math/special-functions/normal.js";
import { pooled } from "../../../src/models/pooled/index.js";

type Rng = ReturnType<typeof random>;
const noise = (rng: Rng) => normalQuantile(rng.uniform());

function panelOf(
  count: number,
  rows: number,
  value: (rng: Rng, i: number) => (t: number) => number,
): Series[] {
  return Array.from({ length: count }, (_, i) => {
    const at = value(random(11).fork(i), i);
    return series(
      Array.from({ length: rows }, (__, t) => at(t)),
      { id: `s${i}`, start: "2024-01-01", frequency: "D" },
    );
  });
}

/** Daily visits: a level that moves, busy and quiet weekdays, now and then a day of ten to forty times as many. */
const visits = (rng: Rng) => {
  const size = 10 ** (1.5 + 1.5 * rng.uniform());
  let level = 0;
  return (t: number) => {
    level = 0.95 * level + 0.15 * noise(rng);
    const spike = rng.uniform() < 0.01 ? 10 + 30 * rng.uniform() : 1;
    return Math.round(size * spike * Math.exp(level + 0.4 * noise(rng) + (t % 7 < 5 ? 0.2 : -0.4)));
  };
};

/** Speeds that are the same every week but for sudden dips, which end slowly. */
const speeds = (rng: Rng) => {
  let dip = 0;
  return (t: number) => {
    dip = rng.uniform() < 0.06 ? 30 * rng.uniform() : 0.7 * dip;
    return 60 - (t % 7 === 4 ? 25 : 0) - dip + noise(rng);
  };
};

/** 5 % a year for some, −3 % for others, with a week. */
const trends = (rng: Rng, i: number) => (t: number) =>
  100 *
  (i + 1) *
  Math.exp(
    ((i % 2 === 0 ? 0.05 : -0.03) * t) / 40 + 0.1 * Math.sin((2 * Math.PI * t) / 7) + 0.05 * noise(rng),
  );

/** Counts of which most are 0. */
const demands = (rng: Rng) => {
  const count = negativeBinomial(0.2 + 0.8 * rng.uniform(), 0.7);
  return () => count.sample(rng);
};

/** Mean absolute errors of the medians, in units of those of repeating the last week. */
function errorsAgainstWeeks(
  fits: Awaited<ReturnType<typeof fitted>>,
  panel: readonly Series[],
  h: number,
): number {
  let [own, weeks] = [0, 0];
  fits.forEach((one, i) => {
    const { y } = panel[i]!;
    const from = y.length - h;
    forecast(one, { horizon: h, paths: 100 }).median.forEach((middle, k) => {
      own += Math.abs(y[from + k]! - middle) / (1 + y[from]!);
      weeks += Math.abs(y[from + k]! - y[from + k - 7 * Math.ceil((k + 1) / 7)]!) / (1 + y[from]!);
    });
  });
  return own / weeks;
}

function fitted(panel: readonly Series[], h: number) {
  return pooled().fitPanel(
    panel.map((one) => slice(one, 0, one.y.length - h)),
    { horizon: h },
  );
}

describe("panels that a plain regression does badly on", () => {
  test("one series that stood at 0 for a long time does not make the others explode", async () => {
    const panel = panelOf(30, 400, visits);
    const asleep = panelOf(1, 400, () => (t) => (t === 3 ? 0.01 : t < 360 ? 0 : t % 9 === 0 ? 500 : 40))[0]!;
    const fits = await fitted([...panel, { ...asleep, id: "asleep" }], 28);
    [...panel, asleep].forEach((one, i) => {
      const { distributions, mean } = forecast(fits[i]!, { horizon: 28, paths: 100 });
      const highest = Math.max(...one.y);
      expect(Math.max(...mean)).toBeLessThanOrEqual(highest);
      expect(Math.max(...distributions.map((d) => d.quantile(0.9)))).toBeLessThan(3 * highest);
    });
  });

  test("counts with spikes: logarithms are taken, forecasts follow the usual days", async () => {
    const panel = panelOf(40, 400, visits);
    const fits = await fitted(panel, 28);
    expect(fits[0]!.report.details.logarithms).toBe(true);
    expect(errorsAgainstWeeks(fits, panel, 28)).toBeLessThan(0.72);
  });

  test("the same week again but for dips: deviations from the usual week are regressed", async () => {
    const panel = panelOf(40, 300, speeds);
    const fits = await fitted(panel, 14);
    expect(fits[0]!.report.details.usual).toEqual({ cycle: 7, turns: 8 });
    expect(fits[0]!.report.coefficients.map(({ name }) => name)).not.toContain("intercept");
    expect(errorsAgainstWeeks(fits, panel, 14)).toBeLessThan(0.75);
  });

  test("trends go on, and no further than they went", async () => {
    const panel = panelOf(24, 200, trends);
    const fits = await fitted(panel, 28);
    expect(errorsAgainstWeeks(fits, panel, 28)).toBeLessThan(1);
    fits.forEach((one, i) => {
      const { mean } = forecast(one, { horizon: 200, paths: 10 });
      const last = panel[i]!.y[171]!;
      expect(mean.at(-1)! / last).toBeLessThan(2);
      expect(mean.at(-1)! / last).toBeGreaterThan(0.3);
    });
  });
});

describe("widths", () => {
  test.each([
    ["visits", visits],
    ["speeds", speeds],
    ["trends", trends],
  ] as const)("$0: 80 and 95 % intervals hold what they say", async (_, kind) => {
    const panel = panelOf(80, 260, kind);
    const fits = await fitted(panel, 14);
    const inside = [0, 0];
    fits.forEach((one, i) => {
      forecast(one, { horizon: 14, paths: 300 }).distributions.forEach((d, h) => {
        const y = panel[i]!.y[246 + h]!;
        [0.1, 0.025].forEach((p, l) => {
          if (y >= d.quantile(p) && y <= d.quantile(1 - p)) inside[l]!++;
        });
      });
    });
    const [inner, outer] = inside.map((count) => count / (80 * 14));
    // 1120 values, those of a series dependent: three standard errors of about 2.2 and 0.8 %.
    expect(Math.abs(inner! - 0.8)).toBeLessThan(0.07);
    expect(Math.abs(outer! - 0.95)).toBeLessThan(0.025);
  });
});

describe("logarithms, deviations and counts keep the laws of every model", () => {
  test.each([
    ["visits", visits],
    ["speeds", speeds],
    ["demands", demands],
  ] as const)("$0: fast paths, replay, update and files agree with single steps", async (_, kind) => {
    const panel = panelOf(20, 300, kind);
    const [one] = await fitted(panel, 14);
    const { process, params, state } = one!;
    const none = Array.from({ length: 9 }, () => new Float64Array(0));
    const fast = roll(process, params, state, none, pathStreams(3, 20));
    const slow = rollStepwise(process, params, state, none, pathStreams(3, 20));
    fast.values.forEach((value, i) => {
      expect(Math.abs(value - slow.values[i]!)).toBeLessThan(1e-9 * (1 + value));
    });
    const known = slice(panel[0]!, 0, 286);
    expect(replay(process, params, known).state).toEqual(state);
    let log = 0;
    let memory = process.start(params, known);
    for (const y of known.y) {
      const density = process.conditional(params, memory, none[0]!);
      if (density.kind !== "diffuse") log += density.logDensity(y);
      memory = process.advance(params, memory, y, none[0]!);
    }
    expect(log / one!.report.logLikelihood).toBeCloseTo(1, 9);
    const more = [...panel[0]!.y.slice(286, 289), Number.NaN, panel[0]!.y[290]!];
    const whole = { ...panel[0]!, y: Float64Array.from([...known.y, ...more]) };
    expect(update(one!, more).state).toEqual(replay(process, params, whole).state);
    expect(forecast(load(save(one!)), { horizon: 9 }).mean).toEqual(forecast(one!, { horizon: 9 }).mean);
  });
});
