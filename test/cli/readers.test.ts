import { describe, expect, test } from "vitest";
import {
  choice,
  flag,
  horizon,
  levels,
  list,
  number,
  period,
  transform,
} from "../../src/cli/options/readers.js";
import { YuleError } from "../../src/core/errors.js";

function refusal(act: () => unknown): YuleError {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(YuleError);
    return error as YuleError;
  }
  throw new Error("Nothing was refused.");
}

describe("what options take", () => {
  test("a horizon is a whole number of steps", () => {
    expect(horizon("24", "--horizon")).toBe(24);
    expect(horizon("1e3", "--horizon")).toBe(1000);
  });

  test.each(["0", "-1", "2.5", "1000000", "twelve", "", " ", "NaN", "Infinity", "0x10", "12abc"])(
    "the horizon %j is refused with the option named",
    (text) => {
      const error = refusal(() => horizon(text, "--horizon"));
      expect(error.code).toBe("bad-horizon");
      expect(error.category).toBe("usage");
      expect(error.message).toContain("--horizon");
      expect(error.message).toContain(JSON.stringify(text));
    },
  );

  test("levels are ascending percentages, each once", () => {
    expect(levels("95,80,95", "--level")).toEqual([80, 95]);
    expect(levels("99.5", "--level")).toEqual([99.5]);
  });

  test.each(["0", "100", "101", "-5", "80,", "eighty", "", "80;95"])("the levels %j are refused", (text) => {
    expect(refusal(() => levels(text, "YULE_LEVEL")).code).toBe("bad-level");
  });

  test("a choice names the nearest word", () => {
    const format = choice("table", "csv", "json");
    expect(format("JSON", "--format")).toBe("json");
    expect(refusal(() => format("jsn", "--format")).message).toContain("did you mean json?");
  });

  test("a transformation may carry its lambda", () => {
    expect(transform("log", "--transform")).toBe("log");
    expect(transform("box-cox:0.5", "--transform")).toEqual({ lambda: 0.5 });
    expect(transform("box-cox:Likelihood", "--transform")).toEqual({ lambda: "likelihood" });
    expect(refusal(() => transform("box-cox:", "--transform")).code).toBe("bad-transform");
    expect(refusal(() => transform("box-cox:x", "--transform")).code).toBe("bad-transform");
    expect(refusal(() => transform("logs", "--transform")).message).toContain("did you mean log?");
  });

  test("periods, numbers, lists and flags", () => {
    expect(period("auto", "--period")).toBe("auto");
    expect(period("12", "--period")).toBe(12);
    expect(refusal(() => period("0", "--period")).code).toBe("bad-period");
    expect(number("-1.5e3", "--min")).toBe(-1500);
    expect(refusal(() => number("", "--min")).code).toBe("bad-min");
    expect(list("a, b", "--inputs")).toEqual(["a", "b"]);
    expect(list('"sales, net", b,"say ""hi"""', "--value")).toEqual(["sales, net", "b", 'say "hi"']);
    expect(refusal(() => list("a,", "--inputs")).code).toBe("bad-inputs");
    expect(refusal(() => list("", "--inputs")).code).toBe("bad-inputs");
    expect(refusal(() => list("a,,b", "--inputs")).code).toBe("bad-inputs");
    expect(flag("yes", "YULE_QUIET")).toBe(true);
    expect(flag("0", "YULE_QUIET")).toBe(false);
    expect(refusal(() => flag("maybe", "YULE_QUIET")).code).toBe("bad-quiet");
  });
});
