import { main } from "../../src/cli/main.js";
import type { Shell } from "../../src/cli/shell.js";
import { type Rng, random } from "../../src/core/random.js";
import { type Attack, type Fuzzer, judged } from "./outcome.js";

function pick<T>(list: readonly T[], rng: Rng): T {
  return list[Math.floor(rng.uniform() * list.length)]!;
}

const CELLS = [
  "",
  "NA",
  "1,5",
  "1.234,5",
  "-",
  "1e400",
  "\u001b[31m",
  "=1+1",
  '"',
  "€ 5",
  "12%",
  "Total",
  "2020-13-45",
  "é",
  "\u0000",
];

function table(rng: Rng): string {
  const mark = pick([",", ";", "\t", "|"], rng);
  const rows = 3 + Math.floor(30 * rng.uniform());
  const ids = rng.uniform() < 0.3;
  const time = pick(
    [
      (t: number) => `${2000 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, "0")}`,
      (t: number) => new Date(Date.UTC(2020, 0, 1 + t)).toISOString().slice(0, 10),
      (t: number) => `${(t % 4) + 1}Q${18 + Math.floor(t / 4)}`,
      (t: number) => String(1900 + t),
    ],
    rng,
  );
  const lines = [[...(ids ? ["id"] : []), "time", "value", "price"].join(mark)];
  for (let t = 0; t < rows; t++) {
    const cells = [
      ...(ids ? [t % 2 === 0 ? "a" : "b"] : []),
      time(ids ? t >> 1 : t),
      String(10 + (t % 5)),
      String(t),
    ];
    if (rng.uniform() < 0.05) cells[Math.floor(rng.uniform() * cells.length)] = pick(CELLS, rng);
    lines.push(cells.join(mark));
  }
  return lines.join(pick(["\n", "\r\n", "\r"], rng)) + (rng.uniform() < 0.5 ? "\n" : "");
}

function records(rng: Rng): string {
  const list = Array.from({ length: 12 }, (_, t) => ({
    date: `2020-${String(t + 1).padStart(2, "0")}-01`,
    value: rng.uniform() < 0.1 ? pick([null, "x", [1], { a: 1 }, 1e300], rng) : t,
  }));
  return rng.uniform() < 0.5 ? JSON.stringify(list) : list.map((one) => JSON.stringify(one)).join("\n");
}

/** Bytes flipped, cut, doubled and put in. */
function damaged(text: string, rng: Rng): Uint8Array {
  let bytes = new TextEncoder().encode(text);
  for (let times = Math.floor(4 * rng.uniform()); times > 0 && bytes.length > 0; times--) {
    const at = Math.floor(rng.uniform() * bytes.length);
    const kind = rng.uniform();
    if (kind < 0.4) bytes[at] = Math.floor(256 * rng.uniform());
    else if (kind < 0.6) bytes = bytes.slice(0, at);
    else if (kind < 0.8) bytes = Uint8Array.from([...bytes.slice(0, at), ...bytes.slice(at >> 1)]);
    else bytes = Uint8Array.from([...bytes.slice(0, at), 34, ...bytes.slice(at)]);
  }
  return bytes;
}

/** Runs a command line here; what it prints is judged: a raw error is an internal one, NaN in a result is silent. */
export async function ran(
  what: string,
  argv: readonly string[],
  input: Uint8Array,
  env: Readonly<Record<string, string>> = {},
  cwd = "/nonexistent",
): Promise<Attack> {
  let [out, err] = ["", ""];
  async function* chunks() {
    yield input;
  }
  const sink = (take: (text: string) => void) => ({
    write(text: string | Uint8Array, done?: (error?: Error | null) => void) {
      take(typeof text === "string" ? text : new TextDecoder().decode(text));
      queueMicrotask(() => done?.(null));
    },
  });
  const shell: Shell = {
    stdin: Object.assign(chunks(), { isTTY: false }),
    stdout: sink((text) => {
      out += text;
    }),
    stderr: sink((text) => {
      err += text;
    }),
    env: { YULE_JOBS: "1", ...env },
    cwd,
  };
  let code = 0;
  const judgement = await judged(what, async () => {
    code = await main(argv, shell);
    if (code === 0 && /\b(NaN|undefined|\[object)/.test(out))
      return `printed ${/.*(NaN|undefined|\[object).*/.exec(out)?.[0]}`;
    return null;
  });
  if (judgement.outcome !== "ok" || code === 0) return judgement;
  const raw = code === 1 || err.trim() === "" || /TypeError|RangeError|inside yule|\n\s+at /.test(err);
  return raw
    ? { outcome: "raw error", story: `${what}: exit ${code}, ${err.slice(0, 300)}` }
    : { outcome: "coded error", story: "" };
}

/** Tables and records, well made and damaged, read by inspect and by a cheap forecast. */
export const files: Fuzzer = {
  name: "files",
  async attack(seed) {
    const rng = random(seed);
    const bytes = damaged(rng.uniform() < 0.8 ? table(rng) : records(rng), rng);
    const argv =
      rng.uniform() < 0.7 ? ["forecast", "-", "-m", "naive", "-n", "2", "--quiet"] : ["inspect", "-"];
    return ran(`seed ${seed}, ${argv.join(" ")}`, argv, bytes);
  },
};
