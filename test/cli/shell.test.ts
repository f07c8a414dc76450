import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands/all.js";
import { manPage } from "../../src/cli/completion/man.js";
import { completions } from "../../src/cli/completion/words.js";
import type { Context } from "../../src/cli/context.js";
import { OPTIONS } from "../../src/cli/options/options.js";
import { barSize, paceText } from "../../src/cli/output/progress.js";
import type { Shell } from "../../src/cli/shell.js";
import { folder, run } from "./run.js";

const at = folder();
at.write("sales.csv", "month,region,sales\n2024-01,n,1\n2024-02,n,2\n");

function complete(...words: string[]): Promise<string[]> {
  return completions(words, { cwd: at.path } as Shell, COMMANDS);
}

function has(program: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
}

describe("completion", () => {
  test("commands, options of the command, their values", async () => {
    expect(await complete("fo")).toEqual(["forecast"]);
    expect(await complete("help", "back")).toEqual(["backtest"]);
    expect(await complete("forecast", "--hor")).toEqual(["--horizon"]);
    expect(await complete("inspect", "--hor")).toEqual([]);
    expect(await complete("forecast", "--missing", "")).toEqual(["interpolate", "keep", "error"]);
    expect(await complete("forecast", "-m", "auto-")).toEqual(["auto-arima", "auto-ets"]);
    expect(await complete("completion", "")).toEqual(["bash", "zsh", "fish"]);
    expect(await complete("datasets", "air")).toContain("airpassengers");
  });

  test("an option that was given is not offered again, unless it may be repeated", async () => {
    expect(await complete("forecast", "--horizon", "3", "--hor")).toEqual([]);
    expect(await complete("forecast", "--model", "naive", "--mod")).toEqual(["--model"]);
  });

  test("columns are those of the file on the line, in lists too", async () => {
    expect(await complete("forecast", "sales.csv", "--value", "")).toEqual(["month", "region", "sales"]);
    expect(await complete("forecast", "-n", "3", "sales.csv", "--time", "m")).toEqual(["month"]);
    expect(await complete("forecast", "sales.csv", "--id", "region,s")).toEqual(["region,sales"]);
    expect(await complete("forecast", "none.csv", "--value", "")).toEqual([]);
  });

  test("files are left to the shell", async () => {
    expect(await complete("forecast", "sal")).toEqual([]);
    expect(await complete("forecast", "sales.csv", "--save", "")).toEqual([]);
  });

  test.each(["bash", "zsh", "fish"])("%s takes its script", async (shell) => {
    const { code, stdout } = await run(["completion", shell]);
    expect(code).toBe(0);
    expect(stdout).toContain("yule completion words --");
    const script = at.write(`yule.${shell}`, stdout);
    if (has(shell)) execFileSync(shell, ["-n", script]);
  });

  /** A `yule` that answers what it was asked. The built program may be older than the sources; the script is what is tested here. */
  const asked = (answer: string) => {
    const bin = join(at.path, "bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "yule"), `#!/bin/sh\nshift 3\n${answer}\n`, { mode: 0o755 });
    return { ...process.env, PATH: `${bin}:${process.env.PATH}`, HOME: at.path };
  };
  const ALL = 'printf "%s\\n" "got $# words" "$@"';

  test.runIf(has("bash"))("bash completes through the script", async () => {
    const { stdout } = await run(["completion", "bash"]);
    const text = `${stdout}
COMP_WORDS=(yule forecast "my file.csv" --value ""); COMP_CWORD=4; _yule
printf '%s|' "\${COMPREPLY[@]}"`;
    const found = execFileSync("bash", ["-c", text], { env: asked(ALL) });
    expect(String(found)).toBe("got 4 words|forecast|my file.csv|--value|");
  });

  test.runIf(has("fish"))("fish does", async () => {
    const { stdout } = await run(["completion", "fish"]);
    const text = `${stdout}\ncomplete -C'yule forecast "my file.csv" --value '`;
    const found = execFileSync("fish", ["--no-config", "-c", text], { env: asked(ALL) });
    expect(String(found).split("\n")).toEqual(
      expect.arrayContaining(["got 4 words", "forecast", "my file.csv", "--value"]),
    );
  });

  test.runIf(has("zsh"))("zsh does, without the quotes of the line", async () => {
    const { stdout } = await run(["completion", "zsh"]);
    const text = `compdef() { :; }; compadd() { print -rl -- "$@"; }
${stdout}
words=(yule forecast '"my file.csv"' --value ""); CURRENT=5; _yule`;
    const found = execFileSync("zsh", ["-f", "-c", text], { env: asked(ALL) });
    expect(String(found)).toContain("'got 4 words'\nforecast\n'my file.csv'\n--value\n");
  });

  test("another shell is refused with the nearest", async () => {
    const { code, stderr } = await run(["completion", "bsh"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/did you mean bash\?/);
  });
});

describe("help", () => {
  test("yule help COMMAND is its --help, yule help the list, -V the version", async () => {
    for (const { name } of COMMANDS)
      expect((await run(["help", name])).stdout).toBe((await run([name, "--help"])).stdout);
    expect((await run(["help"])).stdout).toBe((await run(["--help"])).stdout);
    expect((await run(["-V"])).stdout).toMatch(/^\d+\.\d+\.\d+/);
    const wrong = await run(["help", "forcast"]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('There is no command "forcast"; did you mean forecast?');
  });

  test("the manual has every command and every option that --help has", async () => {
    const page = manPage();
    const plain = page.replaceAll("\\-", "-");
    for (const { name } of COMMANDS) {
      expect(plain).toContain(`.B yule ${name}\n`);
      const help = (await run([name, "--help"])).stdout;
      for (const [, flag] of help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm))
        if (flag !== "--help") expect(plain, flag).toContain(flag);
    }
    expect(plain).toContain(OPTIONS.horizon.summary);
    if (has("man")) {
      at.write("yule.1", page);
      const warnings = execFileSync("sh", [
        "-c",
        `man --warnings -l ${join(at.path, "yule.1")} 2>&1 >/dev/null`,
      ]);
      expect(String(warnings)).toBe("");
    }
  });
});

test("a bar says how fast it goes and how long it takes", () => {
  expect(paceText(10, 100, 2)).toBe(", 5.0 a second, 18 s left");
  expect(paceText(2, 100, 10)).toBe(", 5 s each, 8 min 10 s left");
  expect(paceText(5000, 1_000_000, 10)).toBe(", 500 a second, 33 min 10 s left");
  expect(paceText(0, 100, 2)).toBe("");
  expect(paceText(100, 100, 2)).toBe("");
});

test("a bar leaves room for its words", () => {
  const sizes = [40, 47, 48, 60, 80].map((columns) =>
    barSize({ shell: { stderr: { columns } } } as unknown as Context),
  );
  expect(sizes).toEqual([0, 0, 4, 16, 24]);
});
