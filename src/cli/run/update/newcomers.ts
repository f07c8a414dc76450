import { nearest } from "../../../core/checks.js";
import { dataError } from "../../../core/errors.js";
import type { Fitted } from "../../../core/model.js";
import { random } from "../../../core/random.js";
import type { Series } from "../../../core/series.js";
import { alignInputs, apply } from "../../../engine/update.js";
import { withMissing } from "../../../models/missing.js";
import { loadFamilies } from "../../../select/catalogue.js";
import type { Context } from "../../context.js";
import { modelOf } from "../../families.js";
import { modelByItself, WITHOUT_HIGH_EFFORT } from "./by-itself.js";

/** More ids than this are counted, not named. */
const NAMED = 5;

/**
 * Series among the new rows that no model of the file follows, dealt with as --new says: told and left out, refused, or to
 * be fitted.
 *
 * @returns those to be fitted.
 * @throws YuleError `unknown-series` with `--new error`.
 */
export function newcomersOf(
  context: Context,
  name: string,
  models: readonly Fitted[],
  unknown: readonly Series[],
): readonly Series[] {
  const known = [...new Set(models.map(({ origin }) => origin.id))];
  return admitted(context, name, known, unknown);
}

/** The same of anything that has an id. */
export function admitted<T extends { readonly id: string }>(
  context: Context,
  name: string,
  known: readonly string[],
  unknown: readonly T[],
): readonly T[] {
  const what = context.settings.new ?? "skip";
  if (unknown.length === 0 || what === "fit") return unknown;
  const which = `${name} has no model for ${idsText(unknown, known)}`;
  if (what === "error") {
    throw dataError(
      "unknown-series",
      name,
      unknown[0]!.id,
      `${which}; nothing was changed: correct the ids, or use --new skip or --new fit.`,
    );
  }
  context.warn(
    `${which}; ${unknown.length === 1 ? "its rows were" : "their rows were"} left out (--new fit fits models to them, --new error refuses them).`,
  );
  return [];
}

/** `the series UNKNOWN, S01 (did you mean s01?) and 3 others`. */
function idsText(unknown: readonly { readonly id: string }[], known: readonly string[]): string {
  const candidates = known.slice(0, 10_000);
  const names = unknown.slice(0, NAMED).map(({ id }) => {
    const guess = nearest(id, candidates);
    const alike = guess !== undefined && guess.toLowerCase().trim() === id.toLowerCase().trim();
    return alike ? `${id} (did you mean ${guess}?)` : id;
  });
  const more = unknown.length - names.length;
  return `the series ${names.join(", ")}${more > 0 ? ` and ${more} other${more === 1 ? "" : "s"}` : ""}`;
}

/** A model for a series that has none: by what was learned from the whole panel, else fitted as the others were. */
export async function fitNewcomer(
  context: Context,
  models: readonly Fitted[],
  series: Series,
): Promise<Fitted> {
  const first = models[0]!;
  const shared = models.length > 1 && models.every(({ params }) => params === first.params);
  if (shared) return apply(first, series);
  const notations = new Set(models.map(({ notation }) => notation));
  const notation = notations.size === 1 ? modelByItself(first.notation) : "auto";
  if (notations.size === 1 && notation !== first.notation)
    context.warn(`${series.id} is fitted by ${notation}: ${WITHOUT_HIGH_EFFORT}.`);
  await loadFamilies([notation]);
  return withMissing(modelOf(notation), "keep").fit(withMadeInputs(first, series), {
    rng: random(context.settings.seed ?? 1),
  });
}

/** A series with the regressors that follow from the times, made as another model of the file learned them. */
function withMadeInputs(fitted: Fitted, series: Series): Series {
  return fitted.origin.inputRules === undefined ? series : alignInputs(fitted, series);
}
