import * as v from "valibot";
import { network } from "../../neural/network.js";
import {
  ascendingLags,
  axis,
  count,
  finite,
  flawIn,
  flawOf,
  floatsOrNone,
  frequency,
  LONGEST,
  notNegative,
  positive,
  scaledInputs,
  singles,
  wholeFrom,
  wrongSizes,
} from "../saved/shapes.js";
import { isCycleName } from "../shared/calendar-cycles.js";
import { type NetworkConfig, type NetworkParams, shapeOf } from "./data/config.js";
import { MOST_TOKENS } from "./data/tokens.js";
import { memoryOf, type NetworkState } from "./stepping/state.js";

/** The longest list of regressors, lags or codes; a file of that many would have millions of weights. */
const MOST = 100_000;

const vocabulary = (count: number): boolean => count >= 4 && count <= MOST_TOKENS && count % 4 === 0;

const tokens = v.variant("kind", [
  v.object({
    kind: v.literal("counts"),
    count: v.pipe(v.number(), v.check(vocabulary, "is no number of tokens")),
  }),
  v.object({
    kind: v.literal("bins"),
    edges: v.pipe(
      v.array(finite),
      v.check((edges) => vocabulary(edges.length + 1), "are no multiple of 4"),
      v.check((edges) => edges.every((edge, k) => k === 0 || edge > edges[k - 1]!), "must ascend"),
    ),
    start: v.nullable(v.literal(0)),
    below: positive,
    above: positive,
  }),
]);

const config = v.pipe(
  v.object({
    core: v.exactOptional(v.picklist(["wavenet", "raster", "transformer"])),
    likelihood: v.picklist(["student-t", "normal", "negative-binomial", "categorical"]),
    hidden: v.pipe(wholeFrom(4, 512), v.multipleOf(4)),
    layers: wholeFrom(1, 8),
    lags: ascendingLags,
    period: wholeFrom(1, LONGEST),
    frequency: v.nullable(frequency),
    cycles: v.array(v.custom<string>(isCycleName, "is no cycle")),
    inputs: scaledInputs,
    categories: v.array(
      v.object({
        source: v.string(),
        values: v.pipe(v.array(v.union([v.string(), finite])), v.maxLength(MOST)),
      }),
    ),
    fade: v.pipe(finite, v.gtValue(0), v.maxValue(1)),
    logScale: v.object({ mean: finite, deviation: positive }),
    low: v.nullable(finite),
    high: v.nullable(finite),
    span: v.exactOptional(wholeFrom(1, LONGEST)),
    tokens: v.exactOptional(tokens),
  }),
  v.check(
    ({ low, high }) => low === null || high === null || low < high,
    "the bounds are the wrong way round",
  ),
  v.check(
    ({ inputs, categories }) =>
      categories.every(({ source }) => source === "id" || inputs.some(({ name }) => name === source)),
    "a category is none of the inputs",
  ),
  v.check(
    ({ core, period }) => core !== "raster" || (period >= 2 && period <= 1000),
    "the period makes no raster",
  ),
  v.check(
    ({ likelihood, tokens: found }) => (likelihood === "categorical") === (found !== undefined),
    "the tokens are those of another likelihood",
  ),
  v.check(
    ({ core, span }) => (core === "transformer") === (span !== undefined),
    "the span is that of another network",
  ),
);

const SHAPES = {
  params: v.object({ config: v.unknown(), weights: v.instance(Float32Array) }),
  state: v.object({
    t: count,
    time: v.nullable(axis),
    code: count,
    started: v.boolean(),
    lastObserved: v.boolean(),
    scale: v.object({ sum: notNegative, mass: notNegative, total: notNegative, count }),
    recent: floatsOrNone,
  }),
};

/** Series of one training share their estimates, which are looked at once. */
const known = new WeakMap<object, string | null>();

function flawOfParams(params: NetworkParams): string | null {
  let flaw = known.get(params);
  if (flaw === undefined) {
    flaw = flawIn(config, params.config) ?? flawIn(singles, params.weights) ?? wrongWeights(params);
    known.set(params, flaw);
  }
  return flaw;
}

function wrongWeights({ config: found, weights }: NetworkParams): string | null {
  return wrongSizes({ weights: [weights.length, network(shapeOf(found)).size] });
}

export function networkFlaw(params: unknown, state: unknown, inputs: number): string | null {
  return flawOf<NetworkParams, NetworkState>(
    SHAPES as never,
    params,
    state,
    (found, now) => flawOfParams(found) ?? misfit(found.config, now, inputs),
  );
}

function misfit(found: NetworkConfig, now: NetworkState, count: number): string | null {
  const { lags, categories, inputs } = found;
  const byId = categories.find(({ source }) => source === "id");
  if (now.code > (byId?.values.length ?? 0)) return "state, the code is none of the categories";
  if (now.started && now.recent.some(Number.isNaN)) return "state, recent values are missing";
  const { core } = network(shapeOf(found));
  const memory = memoryOf(now, core);
  for (const name of Object.keys(core.memory)) {
    const flaw = flawIn(singles, memory[name]);
    if (flaw !== null) return `state, ${name}: ${flaw}`;
  }
  return wrongSizes({
    inputs: [inputs.length, count],
    recent: [now.recent.length, lags.at(-1)!],
    ...Object.fromEntries(
      Object.entries(core.memory).map(([name, cells]) => [name, [memory[name]!.length, cells] as const]),
    ),
  });
}
