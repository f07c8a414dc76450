import { waveNames } from "../models/decomposed/index.js";
import { arFlaw, arimaFlaw, meanFlaw, walkFlaw } from "../models/saved/linear.js";
import { nnarFlaw } from "../models/saved/nnar.js";
import { pooledFlaw } from "../models/saved/pooled.js";
import { aggregatedFlaw, crostonFlaw, etsFlaw, robustFlaw, thetaFlaw } from "../models/saved/smoothing.js";
import {
  clippedFlaw,
  type FlawOf,
  fourierFlaw,
  seasonalFlaw,
  transformedFlaw,
} from "../models/saved/wrappers.js";
import { processOfKind } from "./catalogue.js";
import { memberKinds } from "./ensemble/process.js";
import { ensembleFlaw } from "./ensemble/saved.js";

/**
 * Checks of saved models by the kind of the process. They are apart from the processes, so that bundles that load no
 * models leave them out.
 */
const KINDS: ReadonlyMap<string, FlawOf> = new Map([
  ["ar", arFlaw],
  ["arima", arimaFlaw],
  ["mean", meanFlaw],
  ["random-walk", walkFlaw],
  ["ets", etsFlaw],
  ["theta", thetaFlaw],
  ["robust-ses", robustFlaw],
  ["nnar", nnarFlaw],
  ["pooled", pooledFlaw],
  ["croston", crostonFlaw],
  ["aggregated-demand", aggregatedFlaw],
]);

/** The same of processes around another, by what their kind begins with. */
const WRAPPERS: ReadonlyMap<string, (inner: FlawOf) => FlawOf> = new Map([
  ["transformed:", transformedFlaw],
  ["clipped:", clippedFlaw],
  ["seasonal:", seasonalFlaw],
  ["fourier:", (inner: FlawOf) => fourierFlaw(inner, (harmonics) => waveNames(harmonics).length)],
]);

/** The check of the parameters and state of this kind of process; null where the kind is unknown. */
export function flawOfKind(kind: string): FlawOf | null {
  const known = KINDS.get(kind);
  if (known !== undefined) return known;
  const wrapper = WRAPPERS.get(kind.slice(0, kind.indexOf(":") + 1));
  if (wrapper !== undefined) return wrapper(flawWithin(kind.slice(kind.indexOf(":") + 1)));
  const members = memberKinds(kind);
  if (members !== null) return ensembleFlaw(members.map(flawWithin));
  const { flaw } = processOfKind(kind);
  return flaw === undefined ? null : (params, state, inputs) => flaw(params, state, inputs);
}

function flawWithin(kind: string): FlawOf {
  return flawOfKind(kind) ?? (() => null);
}
