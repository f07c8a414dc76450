import { describe, expect, test } from "vitest";
import {
  arima,
  auto,
  calendar,
  events,
  type Fitted,
  type Rng,
  random,
  type Series,
  series,
} from "../../src/index.js";
import { holidayDates } from "../../src/io/known/holidays.js";
import { withHolidays } from "../../src/prepare/calendar/holidays.js";
import { withEffects } from "../../src/select/auto/effects.js";

const normal = (rng: Rng) => Math.sqrt(-2 * Math.log(rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());
const day = (t: number) => new Date(Date.UTC(2021, 0, 1) + t * 86_400_000).toISOString().slice(0, 10);
const DAYS = 1096;
const WEEK = [0, 2, 3, 1, 8, 15, -20];
const EFFECTS: Readonly<Record<string, number>> = {
  promotion: 12,
  "Good Friday": -30,
  "Christmas Day": -30,
  "Christmas Day -1": 10,
};
const promotions = Array.from({ length: 13 }, (_, k) => ({
  name: "promotion",
  date: day(80 * k + 33),
  until: day(80 * k + 35),
}));
const empty = series(new Array(DAYS).fill(0), { id: "shop", start: "2021-01-01", frequency: "D" });
const dates = await holidayDates("DE", [empty], 0);
const known = withHolidays(events(calendar(empty, "weekday"), promotions), dates, [-1, 0]).series;

/** Sales with a week, promotions and holidays of known effect, and an autoregression around them. */
function shop(seed: number): Series {
  const rng = random(seed);
  const { names, columns } = known.inputs;
  let x = 0;
  const y = Array.from({ length: DAYS }, (_, t) => {
    x = 0.5 * x + 3 * normal(rng);
    const moved = Object.entries(EFFECTS).reduce(
      (sum, [name, effect]) => sum + effect * columns[names.indexOf(name)]![t]!,
      0,
    );
    return 100 + WEEK[(t + 4) % 7]! + moved + x;
  });
  return { ...known, y: Float64Array.from(y) };
}

const effectOf = ({ report }: Fitted, name: string) => report.coefficients.find((one) => one.name === name)!;

describe("effects of regressors known ahead", () => {
  test("lie within two standard errors of the truth as often as they should", () => {
    const SEEDS = 60;
    let inside = 0;
    const model = arima({ order: [1, 0, 0] });
    for (let seed = 1; seed <= SEEDS; seed++) {
      const fitted = model.fit(shop(seed));
      for (const [name, truth] of Object.entries(EFFECTS)) {
        const { estimate, stdError } = effectOf(fitted, name);
        if (Math.abs(estimate - truth) < 2 * stdError) inside++;
      }
    }
    // A normal estimate lies within 2 standard errors in 95.4 % of cases; 4 binomial standard errors of 240 are 5.4 %.
    expect(Math.abs(inside / (SEEDS * 4) - 0.954)).toBeLessThan(0.054);
  });

  test("are part of what auto tells, with standard errors that count how members disagree", () => {
    const { report } = auto().fit({ ...shop(5), period: 7 });
    const note = report.notes.find(({ code }) => code === "input-effects");
    expect(note?.message).toMatch(/promotion 1\d(\.\d+)? \(/);
    const { estimate, stdError } = effectOf({ report } as Fitted, "promotion");
    expect(Math.abs(estimate - 12)).toBeLessThan(3 * stdError);
  }, 120_000);

  test("of several members are averaged as Buckland, Burnham and Augustin do", () => {
    const member = (weight: number, estimate: number, stdError: number) => ({
      weight,
      coefficients: [{ name: "x", estimate, stdError }],
    });
    const members = [member(0.5, 10, 3), member(0.25, 14, 4), { weight: 0.25, coefficients: [] }];
    const fitted = { report: { details: { members }, coefficients: [], notes: [] } } as unknown as Fitted;
    const { coefficients, notes } = withEffects(fitted, ["x", "y"]).report;
    // Weights 2/3 and 1/3: mean 34/3; distances 4/3 and 8/3.
    expect(coefficients[0]!.estimate).toBeCloseTo(34 / 3, 12);
    const expected = (2 / 3) * Math.hypot(3, 4 / 3) + (1 / 3) * Math.hypot(4, 8 / 3);
    expect(coefficients[0]!.stdError).toBeCloseTo(expected, 12);
    expect(notes[0]!.message).toContain("without effect in any member: y");
  });
});

test("auto learns from an event that towers above the rest, instead of taking it as an error", () => {
  const rng = random(2);
  const y = Array.from({ length: 120 }, (_, t) => 50 + normal(rng) + (t === 40 || t === 100 ? 400 : 0));
  const plain = series(y, { start: "2024-01-01", frequency: "D", period: 1 });
  const codes = (one: Series) =>
    auto()
      .fit(one)
      .report.notes.map(({ code }) => code);
  expect(codes(plain)).toContain("outliers-replaced");
  const dated = events(plain, [
    { name: "fair", date: "2024-02-10" },
    { name: "fair", date: "2024-04-10" },
  ]);
  expect(codes(dated)).not.toContain("outliers-replaced");
  const { estimate, stdError } = effectOf(auto().fit(dated), "fair");
  expect(Math.abs(estimate - 400)).toBeLessThan(4 * stdError);
  expect(stdError).toBeLessThan(5);
});
