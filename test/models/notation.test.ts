import { describe, expect, test } from "vitest";
import { YuleError } from "../../src/core/errors.js";
import { parseNotation, writeNotation } from "../../src/models/notation.js";
import { canonical, families, parseModel } from "../../src/select/catalogue.js";

function thrown(act: () => unknown): YuleError {
  try {
    act();
  } catch (error) {
    if (error instanceof YuleError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

describe("a notation is taken apart", () => {
  test("groups, season and options", () => {
    const call = parseNotation(" Arima(0,1,1, mean = false)(0,1,1)[12] ");
    expect(call.name).toBe("arima");
    expect(call.groups).toEqual([
      ["0", "1", "1"],
      ["0", "1", "1"],
    ]);
    expect(call.season).toBe(12);
    expect([...call.options]).toEqual([["mean", "false"]]);
  });

  test("nested notations stay whole", () => {
    expect(parseNotation("ensemble(arima(0,1,1)(0,1,1)[12], theta)").groups).toEqual([
      ["arima(0,1,1)(0,1,1)[12]", "theta"],
    ]);
  });

  test("a season may follow the name", () => {
    expect(parseNotation("snaive[12]")).toMatchObject({ name: "snaive", groups: [], season: 12 });
  });

  test.each([
    "",
    "(1,2)",
    "arima(1,0",
    "arima(1,0]",
    "arima 1",
    "snaive[0]",
    "snaive[x]",
    "snaive[12](1)",
    "ar(,)",
    "ar(3, method=burg, method=ols)",
  ])("%j is refused", (text) => {
    const error = thrown(() => parseNotation(text));
    expect(error.code).toBe("bad-model");
    expect(error.category).toBe("usage");
  });

  test("writing is the inverse of reading", () => {
    const text = writeNotation(
      "arima",
      [
        [1, 0, 0],
        [0, 1, 1],
      ],
      [["mean", false]],
      12,
    );
    expect(text).toBe("arima(1,0,0, mean=false)(0,1,1)[12]");
    expect(parseNotation(text)).toEqual(parseNotation("arima(1,0,0,mean=false)(0,1,1)[12]"));
  });
});

describe("the registry", () => {
  test("every form a family shows is understood, and its canonical form is a fixed point", () => {
    for (const family of families()) {
      for (const form of family.forms) {
        const once = canonical(form);
        expect(canonical(once), form).toBe(once);
      }
    }
  });

  test("names are unique, and so are the kinds of process up to identity", () => {
    const names = families().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const byKind = new Map<string, unknown>();
    for (const process of families().flatMap((family) => family.processes)) {
      expect(byKind.get(process.kind) ?? process, process.kind).toBe(process);
      byKind.set(process.kind, process);
    }
  });

  test("an unknown model names the nearest", () => {
    const error = thrown(() => parseModel("naiv"));
    expect(error.code).toBe("unknown-model");
    expect(error.message).toContain("did you mean naive?");
  });

  test("a period where none is taken, arguments where none are taken, an unknown option", () => {
    expect(thrown(() => parseModel("mean[12]")).code).toBe("bad-model");
    expect(thrown(() => parseModel("naive(3)")).code).toBe("bad-model");
    expect(thrown(() => parseModel("naive(lag=3)")).code).toBe("unknown-option");
  });
});
