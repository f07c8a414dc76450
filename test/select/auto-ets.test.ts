import { describe, expect, test } from "vitest";
import { YuleError } from "../../src/core/errors.js";
import { series, slice } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { familyOf } from "../../src/models/contract/family-of.js";
import { ets } from "../../src/models/ets/index.js";
import { parseNotation } from "../../src/models/notation.js";
import { autoEts, autoEtsModel } from "../../src/select/auto-ets/index.js";
import { referenceCases, referenceSeries } from "../reference.js";

interface Stored {
  readonly method: string;
  readonly aicc: number | null;
}

function longestStretch(name: string) {
  const { values, period } = referenceSeries(name);
  let best = [0, 0];
  let from = 0;
  for (let t = 0; t <= values.length; t++) {
    if (t < values.length && !Number.isNaN(values[t]!)) continue;
    if (t - from > best[1]! - best[0]!) best = [from, t];
    from = t + 1;
  }
  return slice(series(values, { period, id: name }), best[0]!, best[1]!);
}

// R's ets chooses among the same forms but stops its optimiser early (test/reference/ets.json): never above it, often below.
describe("the choice is at least as good as R's by AICc", () => {
  const cases = referenceCases<Stored>("ets").filter(
    ({ id, result }) => id.endsWith("ZZZ") && typeof result.aicc === "number" && Number.isFinite(result.aicc),
  );
  test("the reference file has ten searches", () => expect(cases.length).toBe(10));
  test.each(cases)("$id", ({ series: name, result }) => {
    const fitted = autoEts().fit(longestStretch(name!));
    expect(fitted.report.aicc).toBeLessThan(result.aicc! + 0.01);
    const chosen = fitted.notation
      .replace(/\[\d+\]/, "")
      .toUpperCase()
      .replace("D", "d");
    // Where R's maximum is ours, so is its choice.
    if (result.aicc! - fitted.report.aicc < 0.001) expect(chosen).toBe(result.method);
  });
});

describe("what was chosen is the best of all forms fitted one by one", () => {
  const trends = ["N", "A", "Ad"] as const;
  test.each(["USAccDeaths", "logAirPassengers", "Nile"])("%s", (name) => {
    const { values, period } = referenceSeries(name);
    const data = series(values, { period });
    const seasons = period > 1 ? (["N", "A", "M"] as const) : (["N"] as const);
    let best = Number.POSITIVE_INFINITY;
    let which = "";
    for (const error of ["A", "M"] as const) {
      for (const trend of trends) {
        for (const season of seasons) {
          if (error === "A" && season === "M") continue;
          const { report, notation } = ets({ error, trend, season }).fit(data);
          if (report.aicc < best) {
            best = report.aicc;
            which = notation;
          }
        }
      }
    }
    const chosen = autoEts().fit(data);
    expect(chosen.notation).toBe(which);
    expect(chosen.report.aicc).toBeCloseTo(best, 6);
  });
});

test("criteria, damping and relative errors can be restricted", () => {
  const { values, period } = referenceSeries("AirPassengers");
  const data = series(values, { period });
  expect(autoEts({ multiplicative: false }).fit(data).notation).toMatch(/^ets\(A,.*,[NA]\)/);
  expect(autoEts({ damped: false }).fit(data).notation).not.toContain("d");
  expect(autoEts({ damped: true }).fit(data).notation).toContain("Ad");
  expect(autoEts({ period: 1 }).fit(data).notation).toMatch(/,N\)$/);
  expect(autoEts({ criterion: "bic" }).fit(data).report.bic).toBeLessThanOrEqual(
    autoEts().fit(data).report.bic + 1e-9,
  );
  expect(autoEts({ multiplicativeTrend: true }).fit(data).report.aicc).toBeLessThanOrEqual(
    autoEts().fit(data).report.aicc + 0.01,
  );
});

test("what was tried is told", () => {
  const { values, period } = referenceSeries("USAccDeaths");
  const { report, notation } = autoEts().fit(series(values, { period }));
  const note = report.notes.find(({ code }) => code === "form-chosen")!;
  expect(note.message).toContain(`${notation} of 15 forms by aicc`);
  expect((report.details.search as unknown[]).length).toBe(15);
});

test("missing values are kept, and the likelihood is exact where the form is linear", () => {
  const { values, period } = referenceSeries("USAccDeaths");
  const holed = values.map((value, t) => (t % 11 === 4 ? Number.NaN : value));
  const fitted = autoEts().fit(series(holed, { period }));
  expect(fitted.report.observations).toBe(72 - 7);
  expect(fitted.notation).toMatch(/^ets\([AM],N,[AM]\)\[12\]$/);
  const { mean } = forecast(fitted, { horizon: 12 });
  const whole = forecast(autoEts().fit(series(values, { period })), { horizon: 12 }).mean;
  mean.forEach((value, h) => {
    expect(Math.abs(value - whole[h]!)).toBeLessThan(700);
  });
});

describe("series at the edges", () => {
  test("a constant is a level, without width", () => {
    const fitted = autoEts().fit(series(new Float64Array(40).fill(7), { period: 12 }));
    expect(fitted.notation).toBe("ets(A,N,N)");
    expect(forecast(fitted, { horizon: 3 }).mean[2]).toBeCloseTo(7, 12);
    expect(fitted.report.notes.some(({ code }) => code === "no-variation")).toBe(true);
  });

  test("data that are not all positive get no relative errors", () => {
    const { values, period } = referenceSeries("USAccDeaths");
    const fitted = autoEts().fit(
      series(
        values.map((value) => value - 9000),
        { period },
      ),
    );
    expect(fitted.notation).toMatch(/^ets\(A,/);
  });

  test("four values are enough, three are not", () => {
    expect(autoEts().fit(series([3, 4, 3.5, 5])).notation).toBe("ets(A,N,N)");
    const refused = () => autoEts().fit(series([3, 4, 3.5]));
    expect(refused).toThrow(YuleError);
    expect(refused).toThrow(/needs at least 4 observed values, series has 3/);
  });

  test("a period longer than the series plays no part", () => {
    expect(autoEts({ period: 52 }).fit(series([5, 6, 7, 6, 5, 6, 7, 8, 9, 8])).notation).toMatch(/,N\)$/);
  });

  test("a season longer than 100 is left to others, and said", () => {
    const y = Float64Array.from({ length: 400 }, (_, t) => Math.sin(t / 20) + Math.sin(7 * t * t));
    const { notation, report } = autoEts().fit(series(y, { period: 120 }));
    expect(notation).toMatch(/,N\)$/);
    expect(report.notes.find(({ code }) => code === "season-too-long")!.message).toContain("season of 120");
  });

  test("a decline is not run into a certain 0", () => {
    const y = Float64Array.from({ length: 48 }, (_, t) => {
      const share = 1 + 0.25 * Math.sin((2 * Math.PI * t) / 12) + 0.05 * Math.sin(7 * t * t);
      return (500 - 9.8 * t) * share;
    });
    const ahead = forecast(autoEts().fit(series(y, { period: 12 })), { horizon: 24 });
    const least = y.reduce((low, value) => Math.min(low, value));
    for (const one of ahead.distributions)
      expect(one.quantile(0.9) - one.quantile(0.1)).toBeGreaterThan(0.05 * least);
    expect(ahead.notes.map(({ code }) => code)).toContain("decline-to-zero");
  });

  test("all zeros, and a scale of 1e12 or 1e-12", () => {
    expect(forecast(autoEts().fit(series(new Float64Array(30))), { horizon: 2 }).mean[1]).toBe(0);
    const { values, period } = referenceSeries("USAccDeaths");
    const base = autoEts().fit(series(values, { period }));
    for (const by of [2 ** 40, 2 ** -40]) {
      const other = autoEts().fit(
        series(
          values.map((value) => value * by),
          { period },
        ),
      );
      expect(other.notation).toBe(base.notation);
      expect(forecast(other, { horizon: 1 }).mean[0]! / by).toBeCloseTo(
        forecast(base, { horizon: 1 }).mean[0]!,
        9,
      );
    }
  });
});

test("its notation is canonical", () => {
  for (const form of [
    ...autoEtsModel.forms,
    "auto-ets(multiplicative=false)",
    "auto-ets(multiplicative-trend=true)",
  ]) {
    const model = familyOf(autoEtsModel).build(parseNotation(form), () => autoEts());
    expect(model.notation).toBe(form);
  }
});
