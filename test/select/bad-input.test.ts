import { describe, expect, test } from "vitest";
import { YuleError } from "../../src/core/errors.js";
import { interval } from "../../src/core/forecast.js";
import { random } from "../../src/core/random.js";
import { type Series, series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { parseModel } from "../../src/select/catalogue.js";

const WAVE = [9, 4, -2, -6, -8, -3, 2, 5, 7, 3, -4, -7];

function monthly(n: number, value: (t: number) => number, period = 12): Series {
  return series(
    Float64Array.from({ length: n }, (_, t) => value(t)),
    { id: "sales", period },
  );
}

const rng = random(4);
const noise = Float64Array.from({ length: 200 }, () => rng.uniform());
const wavy = (t: number) => 50 + WAVE[t % 12]! + noise[t]!;

/** What becomes of a model: a forecast, or the code of the sentence that says why there is none. */
type Fate = "forecast" | string;

const SHORT = "shorter than two seasons";
const ZEROS = "all zeros";
const SPARSE = "99 % zeros";
const BELOW = "negative";
const LONG = "a period longer than the series";

const DATA: Readonly<Record<string, Series>> = {
  [SHORT]: monthly(20, wavy),
  [ZEROS]: monthly(60, () => 0),
  [SPARSE]: monthly(200, (t) => (t === 77 || t === 150 ? 3 : 0)),
  [BELOW]: monthly(60, (t) => wavy(t) - 100),
  [LONG]: monthly(40, wavy, 52),
};

/** By model: what does not end in a forecast. */
const FATES: Readonly<Record<string, Readonly<Record<string, Fate>>>> = {
  auto: {},
  "auto-ets": {},
  "auto-arima": {},
  "ets(A,N,N)": {},
  "ets(A,Ad,N)": {},
  "ets(A,N,A)": { [LONG]: "series-too-short" },
  "ets(M,N,N)": { [ZEROS]: "not-positive", [SPARSE]: "not-positive", [BELOW]: "not-positive" },
  "ets(M,N,M)": {
    [ZEROS]: "not-positive",
    [SPARSE]: "not-positive",
    [BELOW]: "not-positive",
    [LONG]: "series-too-short",
  },
  ses: {},
  holt: {},
  "holt-winters": { [LONG]: "series-too-short" },
  "holt-winters(seasonal=multiplicative)": {
    [ZEROS]: "not-positive",
    [SPARSE]: "not-positive",
    [BELOW]: "not-positive",
    [LONG]: "series-too-short",
  },
  theta: {},
  "theta(method=dynamic)": {},
  "theta(method=optimised)": {},
  "theta(season=multiplicative)": {
    [ZEROS]: "not-positive",
    [SPARSE]: "not-positive",
    [BELOW]: "not-positive",
  },
  croston: { [BELOW]: "negative-demand" },
  "croston(variant=sba)": { [BELOW]: "negative-demand" },
  tsb: { [BELOW]: "negative-demand" },
  adida: { [BELOW]: "negative-demand" },
  imapa: { [BELOW]: "negative-demand" },
  "mstl(ses)": { [SHORT]: "too-short", [LONG]: "too-short" },
  "fourier(arima(1,0,0), harmonics=2)": {},
  "log(ses)": {
    [ZEROS]: "outside-transform",
    [SPARSE]: "outside-transform",
    [BELOW]: "outside-transform",
  },
  "box-cox(naive)": {},
  "bounded(ses, min=0)": { [BELOW]: "outside-bounds" },
  "ensemble(auto-ets,theta)": {},
  "calibrated(theta)": {},
  snaive: { [LONG]: "series-too-short" },
  naive: {},
  mean: {},
  drift: {},
};

const ROWS = Object.entries(FATES).flatMap(([notation, fates]) =>
  Object.keys(DATA).map((data) => [notation, data, fates[data] ?? "forecast"] as const),
);

describe("every model meets every difficult series", () => {
  test.each(ROWS)("%s, %s: %s", (notation, data, fate) => {
    const source = DATA[data]!;
    const model = parseModel(notation);
    if (fate !== "forecast") {
      const refused = () => model.fit(source);
      expect(refused).toThrow(expect.objectContaining({ code: fate }));
      // One sentence, with what was found in it.
      expect(refused).toThrow(/^[A-Z][^\n]*[0-9][^\n]*\.$/);
      return;
    }
    const fitted = model.fit(source);
    const ahead = forecast(fitted, { horizon: 15, paths: 200 });
    const { lower, upper } = interval(ahead, 95);
    ahead.mean.forEach((value, h) => {
      expect(value).toSatisfy(Number.isFinite);
      expect(lower[h]).toSatisfy(Number.isFinite);
      expect(upper[h]! - lower[h]!).toBeGreaterThanOrEqual(0);
      if (data === ZEROS) expect([value, lower[h], upper[h]]).toEqual([0, 0, 0]);
      if (data === BELOW) expect(value).toBeLessThan(0);
      if (data === SPARSE) expect(Math.abs(value)).toBeLessThan(0.5);
    });
    expect(fitted.report.notes.map(({ code }) => code)).not.toContain("not-converged");
  });
});

describe("notations of members are checked before anything is fitted", () => {
  test.each([
    ["ensemble(ets(A,Q,N),naive)", /trend of ets must be one of N, A, Ad, M, Md, not "Q"/],
    ["ensemble(auto-etz,naive)", /no model called "auto-etz"; did you mean auto-ets/],
    [
      "ensemble(theta(method=best),naive)",
      /method of theta must be one of standard, optimised, dynamic, not "best"/,
    ],
    ["ensemble(naive)", /needs at least two models, not 1/],
    ["mstl(ets(X))", /needs its error, trend and season/],
    ["mstl(naive, periods=24+)", /second value of the periods of mstl must be a whole number from 2/],
    ["log(foo)", /no model called "foo"/],
    ["calibrated(croston(variant=sab))", /variant of croston must be one of .*, not "sab"/],
    ["croston(alpha=2)", /alpha/],
  ])("%s", (notation, message) => {
    const refused = () => parseModel(notation);
    expect(refused).toThrow(YuleError);
    expect(refused).toThrow(expect.objectContaining({ category: "usage" }));
    expect(refused).toThrow(message);
  });
});
