import { expect, test } from "vitest";
import { folder, run } from "./run.js";

const at = folder();
const ESCAPE = "\u001b[31mRED\u001b[2J\u0007\u001b]0;title\u0007";
const file = at.write(
  "escape.csv",
  `unique_id,ds,y\n${["2023-01-01", "2023-01-02", "2023-01-03"].map((ds, i) => `"${ESCAPE}",${ds},${i}\nb,${ds},${i}`).join("\n")}\n`,
);

test("escapes in ids reach no terminal, and stay as they are in data", async () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const raw = /\u001b\[2J|\u001b\]|\u0007|\u001b\[31mRED/;
  const shown = await run(["forecast", file, "-m", "naive", "-n", "1"], { terminal: 100 });
  expect(shown.stdout).not.toMatch(raw);
  expect(shown.stderr).not.toMatch(raw);
  expect(shown.stdout).toContain("\\x1b[31mRED\\x1b[2J");
  const failed = await run(["forecast", file, "--value", ESCAPE]);
  expect(failed.stderr).not.toMatch(raw);
  const data = await run(["forecast", file, "-m", "naive", "-n", "1", "--format", "csv", "--quiet"]);
  expect(data.stdout).toContain(ESCAPE);
});
