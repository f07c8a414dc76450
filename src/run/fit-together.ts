import type { YuleError } from "../core/errors.js";
import type { FitOptions, Fitted, Model } from "../core/model.js";
import { random } from "../core/random.js";
import type { Panel, Series } from "../core/series.js";
import { foundOf } from "../models/partly-fitted.js";
import { asFailure } from "./outcome.js";

/** A model that learns from many series together. */
export type PanelModel = Model & Required<Pick<Model, "fitPanel">>;

export function learnsTogether(model: Model): model is PanelModel {
  return model.fitPanel !== undefined;
}

/** Why a model cannot take a series whatever the others are; null where it can. */
export function refusalOf(model: PanelModel, series: Series): YuleError | null {
  try {
    return model.refusal?.(series) ?? null;
  } catch (error) {
    return asFailure(series.id, error);
  }
}

/**
 * Fits one model to all series of a panel that it can take.
 *
 * @returns one entry a series: the fitted model, or why the series could not be taken or fitted.
 */
export async function fitTogether(
  panel: Panel,
  model: PanelModel,
  seed: number,
  options: FitOptions = {},
): Promise<(Fitted | YuleError)[]> {
  const refusals = panel.map((series) => refusalOf(model, series));
  const taken = panel.filter((_, at) => refusals[at] === null);
  const found =
    taken.length === 0 ? [] : await foundOf(model.fitPanel(taken, { ...options, rng: random(seed) }));
  let next = 0;
  return refusals.map((refusal, at) => refusal ?? fitOrFailure(panel[at]!, found[next++]!));
}

function fitOrFailure({ id }: Series, found: Fitted | Error): Fitted | YuleError {
  return found instanceof Error ? asFailure(id, found) : found;
}
