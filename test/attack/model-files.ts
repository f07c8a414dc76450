import type { Fitted } from "../../src/core/model.js";
import { type Rng, random } from "../../src/core/random.js";
import { type Series, series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { update } from "../../src/engine/update.js";
import { checksum, load, save } from "../../src/io/model-file.js";
import { loadFamilies, parseModel } from "../../src/select/catalogue.js";
import { type Fuzzer, judged } from "./outcome.js";

/** A fitted model of every family and wrapper, as text. */
const NOTATIONS = [
  "ar(3)",
  "arima(1,1,1)",
  "arima(0,1,1)(0,1,1)[4]",
  "auto-arima",
  "ets(A,N,N)",
  "ets(A,A,A)[4]",
  "ets(M,Md,M)[4]",
  "theta",
  "theta(method=dynamic)",
  "croston",
  "tsb",
  "adida",
  "imapa",
  "mean",
  "naive",
  "drift",
  "snaive[4]",
  "robust-ses",
  "nnar(2,1,networks=2)[4]",
  "mstl(ses)[4]",
  "fourier(arima(1,0,0), harmonics=1)[4]",
  "log(ar(1))",
  "box-cox(naive, lambda=0.5)",
  "bounded(naive, min=0, max=1000)",
  "calibrated(naive, method=conformal)",
  "uncertain(ar(1))",
  "ensemble(theta,ar(1), weights=errors)",
  "auto",
];

function data(gaps: boolean): Series {
  const y = Array.from({ length: 44 }, (_, t) =>
    gaps && t % 9 === 4 ? Number.NaN : 30 + (t % 4) * 5 + ((t * 7919) % 11) + t / 3,
  );
  return series(y, { id: "store", period: 4, start: "2015 Q1", frequency: "Q" });
}

let texts: Promise<readonly string[]> | null = null;

async function fittedTexts(): Promise<readonly string[]> {
  await loadFamilies();
  const plain = NOTATIONS.map((notation) => save(parseModel(notation).fit(data(false))));
  const gappy = ["ar(3)", "arima(1,1,1)", "ets(A,A,A)[4]"].map((notation) =>
    save(parseModel(notation).fit(data(true))),
  );
  const network = parseModel("deepar(hidden=4, layers=1, epochs=1, batches=1, context=8, horizon=4)");
  const [deep] = await network.fitPanel!([data(false)]);
  return [...plain, ...gappy, save(deep!)];
}

type Place = { holder: Record<string, unknown> | unknown[]; key: string | number };

/** Every place of a JSON tree. */
function placesOf(tree: unknown, found: Place[] = []): Place[] {
  if (typeof tree !== "object" || tree === null) return found;
  for (const key of Array.isArray(tree) ? tree.keys() : Object.keys(tree)) {
    found.push({ holder: tree as Place["holder"], key });
    placesOf((tree as Record<string | number, unknown>)[key], found);
  }
  return found;
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { inner: value };
  return value;
}

/** What may stand in a place instead: absurd sizes, numbers JSON lacks, other types, deep nesting. */
const INSTEAD: readonly ((rng: Rng, old: unknown) => unknown)[] = [
  () => 1e9,
  () => -1,
  () => 0,
  () => 0.5,
  () => 1e308,
  () => 1e-320,
  () => ({ $: "NaN" }),
  () => ({ $: "Infinity" }),
  () => ({ $: "-0" }),
  () => ({ $f64: [] }),
  () => ({ $f64: [1, { $: "NaN" }] }),
  () => ({ $f32: "AAAA" }),
  () => ({ $unknown: 1 }),
  () => null,
  () => "",
  () => "x".repeat(1000),
  () => true,
  () => [],
  () => ({}),
  () => nested(2000),
  (rng, old) => (typeof old === "number" ? old * 10 ** Math.round(20 * (rng.uniform() - 0.5)) : [old]),
  (rng, old) => (typeof old === "number" ? Math.round(2 * old + 4 * rng.uniform()) : { inner: old }),
  (_, old) => (Array.isArray(old) ? old.slice(1) : old),
  (_, old) => (Array.isArray(old) ? [...old, ...old] : [old, old]),
];

function edit(text: string, rng: Rng): { text: string; what: string } {
  const { checksum: _, ...body } = JSON.parse(text) as Record<string, unknown>;
  const edits: string[] = [];
  for (let times = rng.uniform() < 0.8 ? 1 : 3; times > 0; times--) {
    const places = placesOf(body);
    const { holder, key } = places[Math.floor(rng.uniform() * places.length)]!;
    const tree = holder as Record<string | number, unknown>;
    if (rng.uniform() < 0.1) {
      delete tree[key];
      edits.push(`delete ${key}`);
    } else {
      const at = Math.floor(rng.uniform() * INSTEAD.length);
      tree[key] = INSTEAD[at]!(rng, tree[key]);
      edits.push(`${key} = ${(JSON.stringify(tree[key]) ?? "nothing").slice(0, 60)}`);
    }
  }
  const written = JSON.stringify(body);
  return { text: `${written.slice(0, -1)},"checksum":"${checksum(written)}"}`, what: edits.join("; ") };
}

/** What a loaded model is asked for; a sentence where a number is no number. */
function used(fitted: Fitted): string | null {
  const ahead = forecast(fitted, { horizon: 6, paths: 50 });
  const lower = ahead.distributions.map((one) => one.quantile(0.1));
  const moved = update(fitted, data(false).y);
  save(moved);
  if ([...ahead.mean, ...lower].some(Number.isNaN)) return "NaN in the forecast, without an error";
  return null;
}

export const modelFiles: Fuzzer = {
  name: "model files",
  async attack(seed) {
    texts ??= fittedTexts();
    const rng = random(seed);
    const all = await texts;
    const original = all[Math.floor(rng.uniform() * all.length)]!;
    const { text, what } = edit(original, rng);
    const notation = (JSON.parse(original) as { notation: string }).notation;
    return judged(`seed ${seed}, ${notation}, ${what}`, () => used(load(text)));
  },
};
