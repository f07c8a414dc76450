import { describe, expect, test } from "vitest";
import { betaLower, betaUpper, fUpper, logBeta } from "../../src/math/special-functions/beta.js";
import { countCdf, countLogProbability, countQuantile } from "../../src/math/special-functions/counts.js";
import { erf, erfc } from "../../src/math/special-functions/erf.js";
import {
  chiSquareUpper,
  digamma,
  gammaLower,
  gammaUpper,
  logGamma,
} from "../../src/math/special-functions/gamma.js";
import { normalCdf, normalLogCdf, normalQuantile } from "../../src/math/special-functions/normal.js";
import { gaussHermite, gaussLegendre } from "../../src/math/special-functions/quadrature.js";
import {
  studentTCdf,
  studentTLogDensity,
  studentTQuantile,
} from "../../src/math/special-functions/student-t.js";
import { referenceCases } from "../reference.js";

type Input = Readonly<Record<string, number>>;

const all = referenceCases<number>("distributions");

function errors(
  prefix: string,
  compute: (input: Input) => number,
  scale = (expected: number) => Math.abs(expected),
) {
  const mine = all.filter(({ id }) => id.replace(/-\d+$/, "") === prefix);
  const list = mine.map(({ id, input, result }) => {
    const actual = compute(input as Input);
    return {
      id,
      input,
      expected: result,
      actual,
      error: actual === result ? 0 : Math.abs(actual - result) / scale(result),
    };
  });
  return { count: list.length, worst: list.reduce((a, b) => (b.error <= a.error ? a : b)) };
}

// test/reference/distributions.json holds values computed in 40 to 500 digits. The bounds are what each function promises;
// conditioning alone costs about 1e-16 times the logarithm of a tail, so 1e-12 leaves room at 1e-300 and below.
const functions: [prefix: string, bound: number, compute: (input: Input) => number][] = [
  ["normal-cdf", 2e-15, ({ x }) => normalCdf(x!)],
  ["normal-logcdf", 2e-15, ({ x }) => normalLogCdf(x!)],
  ["normal-quantile", 2e-15, ({ p }) => normalQuantile(p!)],
  ["erf", 2e-15, ({ x }) => erf(x!)],
  ["erfc", 2e-15, ({ x }) => erfc(x!)],
  ["loggamma", 2e-15, ({ x }) => logGamma(x!)],
  ["log-beta", 1e-14, ({ a, b }) => logBeta(a!, b!)],
  ["gamma-lower", 1e-12, ({ a, x }) => gammaLower(a!, x!)],
  ["gamma-upper", 1e-12, ({ a, x }) => gammaUpper(a!, x!)],
  ["chi-square-upper", 1e-12, ({ x, df }) => chiSquareUpper(x!, df!)],
  ["beta-lower", 1e-12, ({ a, b, x }) => betaLower(a!, b!, x!)],
  ["beta-upper", 1e-12, ({ a, b, x }) => betaUpper(a!, b!, x!)],
  ["f-upper", 1e-12, ({ x, df1, df2 }) => fUpper(x!, df1!, df2!)],
  ["t-quantile", 1e-12, ({ p, df }) => studentTQuantile(p!, df!)],
  ["t-cdf", 1e-12, ({ t, df }) => studentTCdf(t!, df!)],
  ["t-logdensity", 1e-13, ({ t, df }) => studentTLogDensity(t!, df!)],
  ["count-cdf", 1e-12, ({ k, mean, alpha }) => countCdf(k!, mean!, alpha!)],
];

describe("special functions against many digits", () => {
  test.each(functions)("%s to %d relative", (prefix, bound, compute) => {
    const { count, worst } = errors(prefix, compute);
    expect(count).toBeGreaterThan(5);
    expect(worst.error, JSON.stringify(worst)).toBeLessThan(bound);
  });

  test("digamma to 2e-15, absolute about its root", () => {
    const { worst } = errors(
      "digamma",
      ({ x }) => digamma(x!),
      (expected) => Math.max(1, Math.abs(expected)),
    );
    expect(worst.error, JSON.stringify(worst)).toBeLessThan(2e-15);
  });

  test("log probabilities of counts to 1e-13 of their size or one", () => {
    const { worst } = errors(
      "count-logp",
      ({ k, mean, alpha }) => countLogProbability(k!, mean!, alpha!),
      (expected) => Math.max(1, Math.abs(expected)),
    );
    expect(worst.error, JSON.stringify(worst)).toBeLessThan(1e-13);
  });

  test("the quantile of counts finds back every count", () => {
    for (const { input, result } of all.filter(({ id }) => id.startsWith("count-cdf"))) {
      const { k, mean, alpha } = input as Input;
      const p = countCdf(k!, mean!, alpha!);
      if (p < 1) expect(countQuantile(p, mean!, alpha!), `${k} ${result}`).toBe(k);
    }
  });
});

describe("quadrature rules against 40 digits", () => {
  const rules = referenceCases<number[]>("distributions").filter(({ id }) => id.startsWith("gauss-"));
  test.each(rules.map(({ id, input, result }) => [id, (input as Input).n!, result] as const))(
    "%s",
    (id, n, expected) => {
      const rule = id.includes("legendre") ? gaussLegendre(n) : gaussHermite(n);
      const values = id.includes("nodes") ? rule.nodes : rule.weights;
      expect(values.length).toBe(n);
      // Far Hermite weights are tiny: relative too.
      expected.forEach((value, i) => {
        expect(Math.abs(values[i]! - value)).toBeLessThanOrEqual(1e-13 * (id.includes("nodes") ? 1 : value));
      });
    },
  );

  test("a rule of n nodes integrates polynomials of degree 2n - 1", () => {
    const { nodes, weights } = gaussHermite(4);
    const moment = (power: number) => nodes.reduce((sum, x, i) => sum + weights[i]! * x ** power, 0);
    [1, 0, 1, 0, 3, 0, 15, 0].forEach((exact, power) => {
      expect(moment(power)).toBeCloseTo(exact, 12);
    });
    expect(moment(8)).not.toBeCloseTo(105, 0);
  });
});

// portmanteau.json: R's own p-values. Box.test and jarque.bera.test subtract from 1, so they are good to 1e-15 absolute only.
describe("p-values of R's tests", () => {
  interface Test {
    readonly statistic: number;
    readonly parameter: number;
    readonly pvalue: number;
  }
  const rows = referenceCases<Test>("portmanteau");

  test("chi-square tails", () => {
    const chiSquare = rows.filter(
      ({ id, result }) => /^(box|jb)-/.test(id) && Number.isFinite(result.pvalue),
    );
    expect(chiSquare.length).toBeGreaterThan(50);
    for (const { result } of chiSquare) {
      expect(Math.abs(chiSquareUpper(result.statistic, result.parameter) - result.pvalue)).toBeLessThan(
        2e-14,
      );
    }
  });

  test("normal tails", () => {
    const runs = rows.filter(({ id, result }) => id.startsWith("runs-") && Number.isFinite(result.statistic));
    expect(runs.length).toBeGreaterThan(3);
    for (const { result } of runs) {
      expect(Math.abs((2 * normalCdf(-Math.abs(result.statistic))) / result.pvalue - 1)).toBeLessThan(1e-12);
    }
  });
});
