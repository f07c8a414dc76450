import { OPTION_NAMES } from "../../src/cli/options/options.js";
import { type Rng, random } from "../../src/core/random.js";
import { ran } from "./files.js";
import type { Fuzzer } from "./outcome.js";

function pick<T>(list: readonly T[], rng: Rng): T {
  return list[Math.floor(rng.uniform() * list.length)]!;
}

const COMMANDS = [
  "forecast",
  "forecast",
  "inspect",
  "simulate",
  "backtest",
  "models",
  "datasets",
  "frobnicate",
];
const VALUES = [
  "",
  "0",
  "1",
  "-1",
  "3",
  "1e9",
  "NaN",
  "abc",
  "value",
  "time",
  "1,2",
  "auto",
  "naive",
  "80,95",
  "json",
  "M",
  "\u001b[2J",
  "é",
  "-",
  "2020-01-01",
  "0.5",
  "--seed",
];

/** Options that write files, and stack traces, which are asked for. */
const LEFT_OUT = new Set(["output", "save", "plot", "jobs", "load", "verbose"]);

/** Flags, YULE_* variables and values that fit and do not fit, on a good small file. */
export const options: Fuzzer = {
  name: "options and settings",
  async attack(seed) {
    const rng = random(seed);
    const names = OPTION_NAMES.filter((name) => !LEFT_OUT.has(name));
    const argv = [pick(COMMANDS, rng), ...(rng.uniform() < 0.9 ? ["-"] : []), "-m", "naive"];
    const env: Record<string, string> = {};
    for (let times = Math.ceil(3 * rng.uniform()); times > 0; times--) {
      const name = pick(names, rng);
      if (rng.uniform() < 0.3) env[`YULE_${name.toUpperCase().replaceAll("-", "_")}`] = pick(VALUES, rng);
      else argv.push(`--${name}`, ...(rng.uniform() < 0.8 ? [pick(VALUES, rng)] : []));
    }
    const rows = Array.from({ length: 30 }, (_, t) => `${1990 + t},${20 + (t % 7)},${t % 3}`);
    const input = new TextEncoder().encode(`time,value,price\n${rows.join("\n")}\n`);
    return ran(`seed ${seed}, ${JSON.stringify(argv)} ${JSON.stringify(env)}`, argv, input, env);
  },
};
