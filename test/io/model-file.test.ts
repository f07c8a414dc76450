import { describe, expect, test } from "vitest";
import { YuleError } from "../../src/core/errors.js";
import { series } from "../../src/core/series.js";
import { load, save } from "../../src/io/model-file.js";
import { loadModels, saveModels } from "../../src/io/model-files.js";
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
    for (const json of ['{"a":1}', "[]", "3", "null", '{"yule":"model","format":2}']) {
      expect(refusal(json).message).toMatch(/not a model that yule saved/);
    }
  });

  test("edited: any changed number is noticed", () => {
    expect(refusal(text.replace('"sigma2":', '"sigma2":1')).message).toMatch(/changed or damaged/);
    expect(refusal(text.replace("drift", "naive")).message).toMatch(/changed or damaged/);
  });

  test("from a newer version", () => {
    const error = refusal(text.replace('"format":2', '"format":3'));
    expect(error.code).toBe("newer-model-file");
    expect(error.message).toMatch(/update yule/);
  });

  test("reformatting the JSON does no harm", () => {
    expect(save(load(JSON.stringify(JSON.parse(text), null, 2)))).toBe(text);
  });
});

describe("a list of models", () => {
  const start = { start: "2020-01", frequency: "M" } as const;
  const list = saveModels(
    ["a", 'quote " and comma,', "line\u2028separator", "]}"].map((id) =>
      drift().fit(series([3, 5, 4, 8], { id, ...start })),
    ),
  );

  function refused(json: string): string {
    try {
      loadModels(json, "m.json");
    } catch (error) {
      if (error instanceof YuleError && error.code === "bad-model-file") return error.message;
      throw error;
    }
    throw new Error("The file was accepted.");
  }

  test("is read line by line as it was saved, and as a whole where it was laid out otherwise", () => {
    expect(saveModels(loadModels(list))).toBe(list);
    for (const laidOut of [
      JSON.stringify(JSON.parse(list), null, 2),
      JSON.stringify(JSON.parse(list)),
      list.replaceAll("\n", "\r\n"),
    ])
      expect(saveModels(loadModels(laidOut))).toBe(list);
  });

  test("shares the time axis of series that begin together", () => {
    const [first, second] = loadModels(list);
    expect(second!.origin.time).toBe(first!.origin.time);
  });

  test("cut off, edited or gone on with is refused, naming the model", () => {
    const lines = list.split("\n");
    expect(refused(lines.slice(0, 3).join("\n"))).toMatch(/^m\.json is not JSON, or was cut off/);
    expect(refused(list.slice(0, lines[0]!.length + 50))).toMatch(/^m\.json, model 1 is not JSON/);
    expect(refused(list.replace('"sigma2":', '"sigma2":1'))).toMatch(/^m\.json, model 1 was changed/);
    expect(refused(`${list}{}`)).toMatch(/goes on after its end/);
    expect(refused(`${lines[0]}\n]}`)).toMatch(/no model in it/);
  });
});
