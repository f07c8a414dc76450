import type { Model } from "../../core/model.js";
import { usualAr } from "../../models/ar/index.js";
import { fourier, mstl } from "../../models/decomposed/index.js";
import { withMissing } from "../../models/missing.js";
import { usualAutoArima } from "../auto-arima/index.js";
import { autoEts } from "../auto-ets/index.js";
import type { Candidate } from "../ensemble/members.js";
import {
  inside,
  likeliestAr,
  quickArima,
  settledAr,
  settledArima,
  settledEts,
  settledWaves,
} from "./settled.js";

/** The highest order of an autoregression. */
const HIGHEST_ORDER = 12;

/** A candidate; for a model that selects its form, past forecasts use the selected form. */
export type Contender = Model | Choosing;
export type Choosing = Required<Pick<Candidate, "model" | "settled">> & Pick<Candidate, "final">;

/** A model is a constant: it is made once for all series that want it. */
function once(make: (period?: number) => Choosing): (period?: number) => Choosing {
  const made = new Map<number | undefined, Choosing>();
  return (period) => {
    const known = made.get(period) ?? make(period);
    made.set(period, known);
    return known;
  };
}

export const chosenArima = once((period) => ({
  model: usualAutoArima({ search: "quick", ...(period === undefined ? {} : { period }) }),
  settled: settledArima,
}));
export const chosenEts = once((period) => ({
  model: autoEts({ search: "quick", ...(period === undefined ? {} : { period }) }),
  settled: settledEts,
}));
/** Burg's method selects the order quickly, with gaps interpolated; maximum likelihood then estimates this order only. */
export const chosenAr = once(() => ({
  model: withMissing(usualAr({ method: "burg", maxOrder: HIGHEST_ORDER }), "interpolate"),
  settled: settledAr,
  final: likeliestAr,
}));

/** The same, wrapped in another model. */
export const within = ({ model, settled, final }: Choosing, wrap: (model: Model) => Model): Choosing => ({
  model: wrap(model),
  settled: inside(settled, wrap),
  ...(final === undefined ? {} : { final: inside(final, wrap) }),
});
export const adjusted = (one: Choosing, options: Parameters<typeof mstl>[1] = {}) =>
  within(one, (model) => mstl(model, options));

/** Fourier terms of the season with a small ARIMA for the residuals. */
export const waves = (
  period: number,
  order: readonly [number, number, number],
  harmonics?: number,
): Choosing => ({
  model: fourier(quickArima(order), {
    periods: [period],
    ...(harmonics === undefined ? {} : { harmonics: [harmonics] }),
  }),
  settled: settledWaves,
});

/** Prior weight of models that help with some kinds of series and are slightly worse on most. */
export const SPECIAL = 0.5;

export const weighed = (prior: number, contenders: readonly Contender[]): Candidate[] =>
  contenders.map((one) => ("model" in one ? { ...one, prior } : { model: one, prior }));
export const usual = (contenders: readonly Contender[]): Candidate[] => weighed(1, contenders);
export const special = (contenders: readonly Contender[]): Candidate[] => weighed(SPECIAL, contenders);
