import { type Rng, random } from "../../src/core/random.js";
import { families, parseModel } from "../../src/select/catalogue.js";
import { type Fuzzer, judged } from "./outcome.js";

const PIECES = [
  "(",
  ")",
  "[",
  "]",
  ",",
  "=",
  " ",
  "-",
  ".",
  "1e9",
  "-1",
  "0",
  "NaN",
  "é",
  "\u0000",
  "auto",
  '"',
  "12",
];

function pick<T>(list: readonly T[], rng: Rng): T {
  return list[Math.floor(rng.uniform() * list.length)]!;
}

function mutate(text: string, rng: Rng): string {
  const at = Math.floor(rng.uniform() * (text.length + 1));
  const kind = rng.uniform();
  if (kind < 0.3) return text.slice(0, at) + pick(PIECES, rng) + text.slice(at);
  if (kind < 0.5) return text.slice(0, at) + text.slice(at + 1 + Math.floor(3 * rng.uniform()));
  if (kind < 0.7) return text.replace(/\d+/, pick(["0", "1", "999999999999", "-3", "1e308", "0.5"], rng));
  if (kind < 0.85) return `${pick(["log", "calibrated", "uncertain", "box-cox", "mstl"], rng)}(${text})`;
  return `ensemble(${text},${text})`;
}

/** Notations with letters, numbers and brackets moved: a model whose own notation reads back, or a coded error. */
export const notations: Fuzzer = {
  name: "notations",
  async attack(seed) {
    const rng = random(seed);
    const forms = families().flatMap((family) => family.forms);
    let text = pick(forms, rng);
    const times = rng.uniform() < 0.02 ? 40 : Math.ceil(4 * rng.uniform());
    for (let i = 0; i < times && text.length < 20_000; i++) text = mutate(text, rng);
    return judged(`seed ${seed}, ${JSON.stringify(text).slice(0, 300)}`, () => {
      const model = parseModel(text);
      const again = parseModel(model.notation).notation;
      return again === model.notation ? null : `${model.notation} reads back as ${again}`;
    });
  },
};
