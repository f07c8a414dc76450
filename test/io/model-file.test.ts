import { describe, expect, test } from "vitest";
import { YuleError } from "../../src/core/errors.js";
import { series } from "../../src/core/series.js";
import { load, save } from "../../src/io/model-file.js";
import { drift } from "../../src/models/baselines/index.js";

const text = save(drift().fit(series([3, 5, 4, 8], { id: "a", start: "2020-01", frequency: "M" })));

function refusal(json: string): YuleError {
  try {
    load(json, "m.json");
  } catch (error) {
    if (error instanceof YuleError) return error;
    throw error;
  }
  throw new Error("The file was accepted.");
}

describe("a model file that cannot be trusted is refused in one sentence", () => {
  test("truncated", () => {
    const error = refusal(text.slice(0, text.length / 2));
    expect(error).toMatchObject({ code: "bad-model-file", category: "data", argument: "m.json" });
    expect(error.message).toBe("m.json is not JSON, or was cut off; save the model again with --save.");
  });

  test("foreign", () => {
    for (const json of ['{"a":1}', "[]", "3", "null", '{"yule":"model","format":1}']) {
      expect(refusal(json).message).toMatch(/not a model that yule saved/);
    }
  });

  test("edited: any changed number is noticed", () => {
    expect(refusal(text.replace('"sigma2":', '"sigma2":1')).message).toMatch(/changed or damaged/);
    expect(refusal(text.replace("drift", "naive")).message).toMatch(/changed or damaged/);
  });

  test("from a newer version", () => {
    const error = refusal(text.replace('"format":1', '"format":2'));
    expect(error.code).toBe("newer-model-file");
    expect(error.message).toMatch(/update yule/);
  });

  test("reformatting the JSON does no harm", () => {
    expect(save(load(JSON.stringify(JSON.parse(text), null, 2)))).toBe(text);
  });
});
