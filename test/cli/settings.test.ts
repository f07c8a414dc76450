import { describe, expect, test } from "vitest";
import { folder, run } from "./run.js";

const at = folder();
at.write("y.csv", "t,y\n1,3\n2,5\n3,4\n4,8\n");
const world = { cwd: at.path };
const horizon = (stdout: string) => stdout.trim().split("\n").length - 1;

describe("where settings come from", () => {
  test("flags win over variables, variables over yule.config.json", async () => {
    at.write("yule.config.json", JSON.stringify({ horizon: 3, model: ["naive"], level: [90], quiet: true }));
    const file = await run(["forecast", "y.csv"], world);
    expect(file.stderr).toBe("");
    expect(file.stdout.split("\n")[0]).toBe("ds,model,mean,lo-90,hi-90");
    expect(horizon(file.stdout)).toBe(3);
    const variable = await run(["forecast", "y.csv"], {
      ...world,
      env: { YULE_HORIZON: "4", YULE_LEVEL: "50" },
    });
    expect(horizon(variable.stdout)).toBe(4);
    expect(variable.stdout).toContain("lo-50");
    const flag = await run(["forecast", "y.csv", "-n", "5"], { ...world, env: { YULE_HORIZON: "4" } });
    expect(horizon(flag.stdout)).toBe(5);
  });

  test("a loaded model is used in place of the model of the file and of variables", async () => {
    at.write("yule.config.json", JSON.stringify({ horizon: 2, model: ["naive"], quiet: true }));
    await run(["fit", "y.csv", "-m", "drift", "--save", "m.json"], world);
    const { code, stdout } = await run(["forecast", "--load", "m.json"], {
      ...world,
      env: { YULE_MIN: "0" },
    });
    expect(code).toBe(0);
    expect(stdout).toContain("drift");
    const flag = await run(["forecast", "--load", "m.json", "-m", "naive"], world);
    expect(flag.stderr).toContain("--load and --model cannot go together");
  });

  test("several models in a variable, commas inside them kept", async () => {
    const { stdout } = await run(["forecast", "y.csv", "-n", "1"], {
      ...world,
      env: { YULE_MODEL: "ar(1, method=burg), naive" },
    });
    expect(stdout.split("\n").slice(1, 3)).toEqual([
      expect.stringContaining('"ar(1, method=burg)"'),
      expect.stringContaining("naive"),
    ]);
  });

  test("the place of a bad value is named", async () => {
    const env = await run(["forecast", "y.csv"], { ...world, env: { YULE_HORIZON: "0" } });
    expect(env.code).toBe(2);
    expect(env.stderr).toContain("YULE_HORIZON must be a whole number");
    at.write("yule.config.json", JSON.stringify({ level: [80, 101] }));
    const file = await run(["forecast", "y.csv"], world);
    expect(file.code).toBe(2);
    expect(file.stderr).toContain('"level" in yule.config.json must be percentages');
  });

  test("an unknown key of the file is named with the nearest setting", async () => {
    at.write("yule.config.json", JSON.stringify({ horizn: 3 }));
    const { code, stderr } = await run(["forecast", "y.csv"], world);
    expect(code).toBe(2);
    expect(stderr).toContain('has the key "horizn", which is not a setting; did you mean "horizon"?');
  });

  test.each([
    ["{", "is not JSON"],
    ["[1]", "must be a JSON object"],
    ['{"quiet": "yes"}', '"quiet" in yule.config.json must be true or false, not "yes"'],
    ['{"time": ["a"]}', '"time" in yule.config.json must be a text'],
    ['{"__proto__": 3}', '"__proto__"'],
  ])("the file %s is refused", async (text, sentence) => {
    at.write("yule.config.json", text);
    const { code, stderr } = await run(["forecast", "y.csv"], world);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });

  test("a variable that is no setting is told", async () => {
    at.write("yule.config.json", "{}");
    const { code, stderr } = await run(["forecast", "y.csv", "--model", "naive", "-q"], {
      ...world,
      env: { YULE_HORIZN: "3" },
    });
    expect(code).toBe(0);
    expect(stderr).toContain("YULE_HORIZN is not a setting of yule; did you mean YULE_HORIZON?");
  });
});
