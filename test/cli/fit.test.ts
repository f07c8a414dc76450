import { describe, expect, test } from "vitest";
import { referenceCases, referenceSeries } from "../reference.js";
import { folder, run } from "./run.js";

const at = folder();

function csvOf(name: string): string {
  const { values } = referenceSeries(name);
  return at.write(
    `${name}.csv`,
    `y\n${Array.from(values, (value) => (Number.isNaN(value) ? "NA" : String(value))).join("\n")}\n`,
  );
}

interface Ar {
  readonly ar: number[];
  readonly varPred: number;
  readonly xMean: number;
  readonly asyVarCoef: number[][];
}

describe("fit", () => {
  test("json has the shape of the contract and R's numbers (ar.json, Burg, closed form: 1e-8)", async () => {
    const { result } = referenceCases<Ar>("ar").find(({ id }) => id === "ar-burg-2-log10Lynx")!;
    const { code, stdout } = await run([
      "fit",
      csvOf("log10Lynx"),
      "--model",
      "ar(2, method=burg)",
      "-f",
      "json",
    ]);
    expect(code).toBe(0);
    const [fit] = JSON.parse(stdout).fits;
    expect(Object.keys(fit)).toEqual(
      expect.arrayContaining([
        ...["id", "model", "status", "converged", "observations", "coefficients", "sigma2", "logLikelihood"],
        ...["aic", "aicc", "bic", "residualChecks", "notes"],
      ]),
    );
    expect(fit).toMatchObject({
      id: "log10Lynx",
      model: "ar(2, method=burg)",
      status: "ok",
      observations: 114,
    });
    expect(fit.coefficients.map(({ name }: { name: string }) => name)).toEqual(["ar1", "ar2", "mean"]);
    fit.coefficients
      .slice(0, 2)
      .forEach(({ estimate, stdError }: { estimate: number; stdError: number }, j: number) => {
        expect(estimate / result.ar[j]!).toBeCloseTo(1, 8);
        expect(stdError / Math.sqrt(result.asyVarCoef[j]![j]!)).toBeCloseTo(1, 8);
      });
    expect(fit.sigma2 / result.varPred).toBeCloseTo(1, 8);
  });

  test("json has the covariance and the family's details, auto-arima's search among them", async () => {
    const { stdout } = await run([
      "fit",
      csvOf("AirPassengers"),
      "--model",
      "auto-arima",
      "--period",
      "12",
      "--format",
      "json",
    ]);
    const [item] = JSON.parse(stdout).fits;
    expect(item.covariance.length).toBe(item.coefficients.length);
    expect(Math.sqrt(item.covariance[0][0])).toBeCloseTo(item.coefficients[0].stdError, 12);
    const { search, psi } = item.details;
    expect(psi.length).toBe(24);
    expect(search.criterion).toBe("aicc");
    expect(search.candidates.length).toBeGreaterThan(10);
    expect(search.candidates.some((each: { score: number }) => Math.abs(each.score - item.aicc) < 1e-3)).toBe(
      true,
    );
    // A model that may not be chosen has no score.
    const rejected = search.candidates.find((each: { verdict: string }) => each.verdict === "near-unit-root");
    expect(rejected.score).toBeNull();
  });

  test("the residual check counts the model's coefficients", async () => {
    const { stdout } = await run([
      "fit",
      csvOf("sunspot.year"),
      "--model",
      "ar(2)",
      "--model",
      "mean",
      "-f",
      "json",
    ]);
    const [ar, mean] = JSON.parse(stdout).fits;
    expect(ar.residualChecks.ljungBox.df).toBe(8);
    expect(mean.residualChecks.ljungBox.df).toBe(10);
    expect(mean.residualChecks.ljungBox.pValue).toBeLessThan(1e-10);
  });

  test("one residual check a fit, over two of the model's season, else of the series'", async () => {
    const { stdout } = await run([
      ...["fit", csvOf("presidents"), "--model", "arima(1,0,1)(1,0,0)[8]", "--model", "arima(1,0,0)"],
      ...["--period", "4", "-f", "json"],
    ]);
    const [seasonal, plain] = JSON.parse(stdout).fits;
    expect(stdout.match(/"?ljungBox"?/g)).toHaveLength(2);
    expect(seasonal.residualChecks.ljungBox.df).toBe(16 - 3);
    expect(seasonal.residualChecks.ljungBox.pValue).toBeCloseTo(0.385, 2);
    expect(plain.residualChecks.ljungBox.df).toBe(8 - 1);
  });

  test("quantities that do not exist are null, in csv blank", async () => {
    const { stdout } = await run(["fit", csvOf("constant"), "--model", "naive", "-f", "json"]);
    const [fit] = JSON.parse(stdout).fits;
    expect(fit.residualChecks.ljungBox).toBeNull();
    expect(fit.notes[0].code).toBe("no-variation");
    expect(stdout).not.toMatch(/NaN|Infinity/);
  });

  test("csv and tables have one row a quantity", async () => {
    const { stdout } = await run(["fit", csvOf("Nile"), "--model", "ar(1)"]);
    const [head, ...lines] = stdout.trim().split("\n");
    expect(head).toBe("model,term,estimate,std_error");
    expect(lines.map((line) => line.split(",")[1])).toEqual(
      expect.arrayContaining([
        "ar1",
        "mean",
        "sigma2",
        "logLikelihood",
        "aic",
        "aicc",
        "bic",
        "ljungBox.pValue",
      ]),
    );
  });

  test("a terminal gets the cycles that the roots stand for", async () => {
    const { stdout } = await run(["fit", csvOf("sunspot.year"), "--model", "ar(2)", "--no-color"], {
      terminal: 80,
    });
    expect(stdout).toContain("sunspot.year, ar(2), 289 values");
    expect(stdout).toMatch(/ar1 +1\.3/);
    expect(stdout).toMatch(/± .*i +1\.\d+ +10\.\d+ steps/);
    expect(stdout).toMatch(/Ljung-Box Q = .* df, p = /);
  });
});
