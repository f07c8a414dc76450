import { describe, expect, test } from "vitest";
import { series } from "../src/core/series.js";
import { transformed } from "../src/distributions/derived/transformed.js";
import { normal } from "../src/distributions/families/normal.js";
import { forecast } from "../src/engine/forecast.js";
import { mean } from "../src/models/baselines/index.js";
import { withSeasons } from "../src/models/decomposed/index.js";
import { autoEts } from "../src/select/auto-ets/index.js";
import { Worst } from "./diagnostics/reference.js";
import { readReference, referenceCases, referenceSeries } from "./reference.js";

/** What becomes of the cases of a file: the test that compares them, or why they are not compared. */
type Ledger = readonly (readonly [pattern: RegExp, where: string])[];

const ETS = "models/ets/estimation.test.ts";
const BASELINES = "models/baselines.test.ts";
const CLEAN = "diagnostics/clean.test.ts";

const LEDGERS: Readonly<Record<string, Ledger>> = {
  ets: [
    [
      /-(?!ZZZ)[AMNd]+$(?<!short6-ANN)/,
      `${ETS}, AICc never above R's by 0.01; where R found the maximum, forecasts too`,
    ],
    [/(?<!constant|short6)-ZZZ$/, "select/auto-ets.test.ts, AICc never above R's by 0.01"],
    [/constant-ZZZ$/, "left out: R's likelihood is infinite; auto-ets.test.ts has the constant series"],
    [/short6/, "left out: of six values R estimates by another method and gives no likelihood"],
  ],
  "ets-likelihood": [[/^etslik/, "models/ets/likelihood.test.ts, 1e-8 and better"]],
  holtwinters: [
    [/-(exp|holt|add)$/, `${ETS}, 1e-9 at fixed parameters, R's sum of squares reached when estimated`],
    [
      /-mult$/,
      "left out: stats::HoltWinters updates its season with the new level, which no state-space form does",
    ],
  ],
  decompose: [[/^(stl|mstl|decompose)-/, "diagnostics/decomposition.test.ts, 1e-8 of the range"]],
  boxcox: [
    [/^(lambda|guerrero|boxcox)-|^invboxcox-(outside|negative)/, "diagnostics/box-cox.test.ts"],
    [
      /^invboxcox-biasadj/,
      "below: R's second-order formula, where the mean of a transformed distribution is exact",
    ],
  ],
  accuracy: [[/./, "evaluate/measures.test.ts, 1e-10"]],
  scores: [
    [/^(pinball|winkler|dm)-/, "evaluate/measures.test.ts, 1e-10"],
    [/^(crps-gaussian|logscore-gaussian|pit-gaussian|crps-sample-edf)-/, "distributions/crps.test.ts"],
    [
      /^crps-sample-fair-/,
      "left out: the unbiased estimate for small ensembles; a sample is scored as the distribution it is",
    ],
    [/^quantile8-/, "left out: R's type 8; samples have type 7 quantiles here"],
  ],
  tscv: [[/^cv-/, "evaluate/backtest.test.ts, rows 25 to 59 of all"]],
  clean: [
    [/^(na\.interp|na\.interp-linear|tsoutliers|na\.contiguous|findfrequency)-/, CLEAN],
    [/^tsclean-(?!airOutlier)/, CLEAN],
    [/^tsclean-airOutlier/, "left out: R's robust STL rests on a wrong median there and misses two outliers"],
  ],
  "simple-forecasts": [
    [/^(meanf-x|naive-x|rwf-x-drift-TRUE|snaive-x)-(?!presidents)/, `${BASELINES}, 1e-9`],
    [
      /^(meanf-x|naive-x|rwf-x-drift-TRUE|snaive-x)-presidents/,
      "left out: R counts missing values into n and carries NA forward",
    ],
    [/^meanf-se-/, "below: mean and standard error"],
    [
      /^(ses-alpha0\.3-simple|holt-fixed-simple|hw-(additive|mult)-simple-fixed)-(?!presidents)/,
      `${ETS}, 1e-9`,
    ],
    [/^(ses-alpha0\.3-simple|holt-fixed-simple)-presidents/, "left out: R's result is missing"],
    [
      /^(ses|holt|holt-damped|hw-additive|hw-mult)-(?!alpha|fixed|simple|damped|additive-simple|mult-simple|short6|constant)/,
      `${ETS}, at least as likely`,
    ],
    [/^(ses|holt|holt-damped)-(short6|constant)/, "left out: R gives no finite likelihood"],
    [/^thetaf-(?!presidents)/, "models/theta/theta.test.ts"],
    [/^thetaf-presidents/, "left out: R refuses missing values"],
    [/^lambda0-/, "models/simple-forecasts.test.ts, 1e-9"],
    [/^croston/, "models/intermittent/intermittent.test.ts, 1e-9"],
  ],
  "nnetar-m3": [[/./, "models/nnar/nnar.test.ts, the mean error, with YULE_DATA"]],
  "tbats-nnetar": [
    [/^tbats/, "below: mstl(auto-ets) within 5 %; TBATS itself is not built"],
    [/^nnetar/, "models/nnar/nnar.test.ts, near: R's random numbers are others"],
  ],
  "statsmodels-models": [
    [/^(stl|Rsettings-stl)-/, "diagnostics/decomposition.test.ts, 1e-8 of the range"],
    [/^ets-aan-fixed/, "models/ets/likelihood.test.ts, 1e-8"],
    [/^arima-/, "of the ARIMA suite"],
  ],
};

interface Named {
  readonly id: string;
}

describe.each(Object.entries(LEDGERS))("%s.json", (file, ledger) => {
  test("every case is compared or left out for a reason, once", () => {
    const cases = readReference(file).cases as readonly Named[];
    const counts = new Map(ledger.map(([, where]) => [where, 0]));
    for (const { id } of cases) {
      const hits = ledger.filter(([pattern]) => pattern.test(id));
      expect(hits.length, `${id}: ${hits.map(([, where]) => where).join("; ")}`).toBe(1);
      counts.set(hits[0]![1], counts.get(hits[0]![1])! + 1);
    }
    for (const [where, count] of counts) {
      expect(count, where).toBeGreaterThan(0);
      console.log(`${file}: ${count} of ${cases.length}: ${where}`);
    }
  });
});

test("the mean after a Box-Cox transformation is R's second-order one, to the next order", () => {
  const worst = new Worst();
  for (const { id, series: name, call, result } of referenceCases<number[]>("boxcox")) {
    if (!id.startsWith("invboxcox-biasadj")) continue;
    const lambda = Number(/lambda=(-?[\d.]+)/.exec(call)![1]);
    const { values } = referenceSeries(name!);
    const seen = values.filter((value) => !Number.isNaN(value)).slice(0, result.length);
    result.forEach((approximate, i) => {
      const variance = 0.01 + (0.09 * i) / (result.length - 1);
      const y = seen[i]!;
      if (!Number.isFinite(approximate) || !(y > 0)) return;
      const centre = lambda === 0 ? Math.log(y) : (y ** lambda - 1) / lambda;
      const exact = transformed(normal(centre, variance), { kind: "box-cox", lambda }).mean;
      // What the variance is relative to y; where it is large neither is near the other.
      const spread = variance * y ** (-2 * lambda);
      if (spread > 0.1) return;
      worst.note(
        "exact against second order, over spread²",
        Math.abs(exact / approximate - 1) / spread ** 2,
        id,
      );
    });
  }
  worst.report("boxcox, biasadj");
  expect(worst.of("exact against second order, over spread²")).toBeLessThan(1);
});

test("the mean's standard error is meanf's", () => {
  const worst = new Worst();
  for (const { id, series: name, result } of referenceCases<{ mean: number; se: number; sd: number }>(
    "simple-forecasts",
  )) {
    if (!id.startsWith("meanf-se-")) continue;
    const { values, period } = referenceSeries(name!);
    const { report } = mean().fit(series(values, { period }));
    const [coefficient] = report.coefficients;
    worst.relative("mean", coefficient!.estimate, result.mean, id);
    worst.relative("sd", Math.sqrt(report.sigma2), result.sd, id);
    // R counts missing values into n.
    if (name !== "presidents") worst.relative("se", coefficient!.stdError, result.se, id);
  }
  worst.report("simple-forecasts, meanf");
  for (const quantity of ["mean", "sd", "se"]) expect(worst.of(quantity)).toBeLessThan(1e-9);
});

test("what TBATS forecasts, mstl(auto-ets) forecasts within 5 %", () => {
  const { series: name, result } = referenceCases<{ forecast: { mean: number[] } }>("tbats-nnetar")[0]!;
  const { values, period } = referenceSeries(name!);
  const ahead = forecast(withSeasons(autoEts()).fit(series(values, { period })), {
    horizon: result.forecast.mean.length,
  });
  result.forecast.mean.forEach((value, h) => {
    expect(Math.abs(ahead.mean[h]! / value - 1)).toBeLessThan(0.05);
  });
});
