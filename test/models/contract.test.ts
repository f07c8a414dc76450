import { describe, expect, expectTypeOf, test } from "vitest";
import { YuleError } from "../../src/core/errors.js";
import type { Model } from "../../src/core/model.js";
import {
  type ArimaOptions,
  ar,
  arima,
  auto,
  autoArima,
  autoEts,
  bounded,
  boxCox,
  calibrated,
  croston,
  deepar,
  type EtsOptions,
  ensemble,
  ets,
  families,
  fourier,
  holt,
  holtWinters,
  log,
  mstl,
  naive,
  parseModel,
  series,
  ses,
  snaive,
  theta,
  tsb,
} from "../../src/index.js";

const y = Float64Array.from({ length: 60 }, (_, t) => 20 + 5 * Math.sin(t / 2) + ((t * 7) % 5));
const data = series(y, { period: 12 });

describe("types run through from the options to the fit", () => {
  test("estimates and details are those of the model", () => {
    const fitted = arima({ order: [1, 0, 1] }).fit(data);
    expectTypeOf(fitted.params.ar).toEqualTypeOf<readonly number[]>();
    expectTypeOf(fitted.report.details.roots.ar[0]!.modulus).toEqualTypeOf<number>();
    expectTypeOf(fitted.report.details.stationary).toEqualTypeOf<boolean>();
    expect(fitted.params.ar).toHaveLength(1);
    expectTypeOf(ar().fit(data).report.details.orderSearch).toEqualTypeOf<{
      readonly criterion: string;
      readonly values: readonly number[];
    } | null>();
    expectTypeOf(ets().fit(data).params.level).toEqualTypeOf<number>();
    expectTypeOf(ets().fit(data).report.details.form).toEqualTypeOf<string>();
    expectTypeOf(autoArima().fit(data).report.details.search.endedEarly).toEqualTypeOf<boolean>();
    expectTypeOf(autoEts().fit(data).report.details.search[0]!.model).toEqualTypeOf<string>();
    expectTypeOf(theta().fit(data).report.details.driftError).toEqualTypeOf<number>();
    expectTypeOf(snaive().fit(data).params.lag).toEqualTypeOf<number>();
    expectTypeOf(deepar).returns.toExtend<Model>();
  });

  test("a model around another has its details and those of the model in it", () => {
    const adjusted = mstl(arima({ order: [1, 0, 0] }), { periods: [4] }).fit(data).report.details;
    expectTypeOf(adjusted.seasons).toEqualTypeOf<readonly number[]>();
    expectTypeOf(adjusted.stationary).toEqualTypeOf<boolean>();
    expect(adjusted).toMatchObject({ seasons: [4], stationary: true });
    const logs = log(calibrated(arima({ order: [1, 0, 0] }))).fit(data).report.details;
    expectTypeOf(logs.onModelScale.aicc).toEqualTypeOf<number>();
    expectTypeOf(logs.stationary).toEqualTypeOf<boolean>();
    expect(logs).toMatchObject({ onModelScale: { aicc: expect.any(Number) }, stationary: true });
    const { members = [] } = ensemble([naive(), ar()]).fit(data).report.details;
    expectTypeOf(members[0]!.weight).toEqualTypeOf<number>();
    expect(members.map(({ weight }) => weight)).toEqual([0.5, 0.5]);
    expect(auto().fit(data).report.details.members).not.toHaveLength(0);
  });

  test("options are those of the schema", () => {
    expectTypeOf<ArimaOptions["order"]>().toEqualTypeOf<readonly [number, number, number]>();
    expectTypeOf<EtsOptions["trend"]>().toEqualTypeOf<"N" | "A" | "Ad" | "M" | "Md" | undefined>();
    // @ts-expect-error An order is required.
    expect(() => arima({})).toThrow(/needs its order/);
    // @ts-expect-error A word that the method cannot be.
    expect(() => ar({ method: "brug" })).toThrow(/did you mean burg/);
    // @ts-expect-error An option that is none.
    expect(() => theta({ periodd: 12 })).toThrow(/did you mean period\?/);
  });
});

/** What the constructor and the notation refuse: the same code, argument, value and sentence. */
describe("a value is refused alike by constructor and notation", () => {
  const loose = <T>(value: unknown) => value as T;
  const cases: [string, () => unknown, string][] = [
    ["a word", () => ar({ method: loose("brug") }), "ar(auto, method=brug)"],
    ["an order", () => ar({ order: -1 }), "ar(-1)"],
    ["a highest order", () => ar({ maxOrder: 1.5 }), "ar(max-order=1.5)"],
    ["a flag", () => ar({ mean: loose("maybe") }), "ar(2, mean=maybe)"],
    ["one of three orders", () => arima({ order: [0, 5, 0] }), "arima(0,5,0)"],
    ["two orders", () => arima({ order: loose([0, 1]) }), "arima(0,1)"],
    ["no orders", () => arima(loose({})), "arima"],
    ["seasonal orders", () => arima({ order: [0, 1, 1], seasonal: [0, 1, 21] }), "arima(0,1,1)(0,1,21)[12]"],
    ["a mean of differences", () => arima({ order: [0, 1, 1], mean: true }), "arima(0,1,1, mean=true)"],
    [
      "held values",
      () => arima({ order: [1, 0, 0], fixed: { ar1: loose("x") } }),
      "arima(1,0,0, fixed=ar1:x)",
    ],
    ["a form", () => ets({ error: loose("Z") }), "ets(Z,N,N)"],
    ["a parameter of another form", () => ets({ beta: 0.1 }), "ets(A,N,N, beta=0.1)"],
    ["a period without a season", () => ets({ period: 12 }), "ets(A,N,N)[12]"],
    ["a smoothing", () => ses({ alpha: 2 }), "ses(alpha=2)"],
    ["a smoothing that is no number", () => holt({ beta: loose("much") }), "holt(beta=much)"],
    ["a word of two", () => holtWinters({ seasonal: loose("add") }), "holt-winters(seasonal=add)"],
    ["a theta", () => theta({ theta: 0.5 }), "theta(theta=0.5)"],
    ["auto or a number", () => tsb({ beta: 0 }), "tsb(beta=0)"],
    ["a variant", () => croston({ variant: loose("sab") }), "croston(variant=sab)"],
    ["a window", () => mstl(naive(), { window: 8 }), "mstl(naive, window=8)"],
    ["one of several periods", () => mstl(naive(), { periods: [24, 1] }), "mstl(naive, periods=24+1)"],
    [
      "harmonics",
      () => fourier(ar(), { periods: [12], harmonics: [7] }),
      "fourier(ar(auto), harmonics=7)[12]",
    ],
    ["a lambda", () => boxCox(naive(), { lambda: loose("log") }), "box-cox(naive, lambda=log)"],
    ["bounds", () => bounded(naive(), { min: 3, max: 2 }), "bounded(naive, min=3, max=2)"],
    [
      "a method of intervals",
      () => calibrated(naive(), { method: loose("exact") }),
      "calibrated(naive, method=exact)",
    ],
    ["a single member", () => ensemble([naive()]), "ensemble(naive)"],
    [
      "weights",
      () => ensemble([naive(), naive()], { weights: loose("best") }),
      "ensemble(naive,naive, weights=best)",
    ],
    ["a criterion", () => autoEts({ criterion: loose("hq") }), "auto-ets(criterion=hq)"],
    ["a difference", () => autoArima({ D: 3 }), "auto-arima(D=3)"],
    ["intervals", () => auto({ intervals: loose("wide") }), "auto(intervals=wide)"],
    ["units", () => deepar({ hidden: 42 }), "deepar(hidden=42)"],
    ["lags", () => deepar({ lags: [3, 1] }), "deepar(lags=3+1)"],
    ["a time", () => deepar({ timeBudget: -1 }), "deepar(time-budget=-1)"],
  ];

  test.each(cases)("%s", (_, construct, notation) => {
    const [made, written] = [refusal(construct), refusal(() => parseModel(notation))];
    expect(written).toEqual(made);
    expect(made.category).toBe("usage");
  });

  test("an option that is none names the nearest, as it is written in each", () => {
    expect(refusal(() => ar(loose({ maxOrdr: 3 }))).message).toBe(
      'The model ar has no option "maxOrdr"; did you mean maxOrder?',
    );
    expect(refusal(() => parseModel("ar(max-ordr=3)")).message).toBe(
      'The model ar has no option "max-ordr"; did you mean max-order?',
    );
  });
});

function refusal(attempt: () => unknown) {
  try {
    attempt();
  } catch (error) {
    expect(error).toBeInstanceOf(YuleError);
    const { code, category, argument, value, message } = error as YuleError;
    return { code, category, argument, value, message };
  }
  throw new Error("nothing was refused");
}

describe("names of earlier versions", () => {
  test.each([
    ["auto-arima(max-P=1, test=adf)", "auto-arima(max-seasonal-p=1, unit-root-test=adf)"],
    ["auto-arima(max-d=1, max-D=0)", "auto-arima(max-differences=1, max-seasonal-differences=0)"],
  ])("%s is read as %s", (before, now) => {
    expect(parseModel(before).notation).toBe(now);
  });

  test("seconds of deepar is its time budget; a refusal uses the name that was given", () => {
    expect(deepar({ seconds: 5 }).notation).toBe(deepar({ timeBudget: 5 }).notation);
    expect(() => deepar({ seconds: -1 })).toThrow(/The seconds of deepar/);
  });
});

test("the notation of every form reads back, and a constructor of its options writes it", () => {
  for (const { forms } of families())
    for (const form of forms) {
      const { notation } = parseModel(form);
      expect(parseModel(notation).notation, form).toBe(notation);
    }
  expect(log(ar({ order: 2, method: "burg" })).notation).toBe("log(ar(2, method=burg))");
  expect(calibrated(naive(), { horizon: 6 }).notation).toBe("calibrated(naive, horizon=6)");
});
