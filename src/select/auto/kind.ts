import type { Series } from "../../core/series.js";

/** What sort of series this is, as far as the choice of models goes. */
export type Kind = "short" | "intermittent" | "non-seasonal" | "seasonal" | "long-season" | "with-inputs";

export interface Classification {
  readonly kind: Kind;
  /** Why, in words that can stand in a note. */
  readonly reason: string;
}

const SHORT = 5;
/** Seasons longer than this are taken out by decomposition rather than modelled. */
const LONGEST_MODELLED = 24;
/** Above this share of zeros demand is intermittent: many of its intervals between demands exceed 1.32 (Syntetos et al. 2005). */
const INTERMITTENT_ZEROS = 0.3;

/** Sorts a series by its length, its period and its zeros. */
export function classify({ y, period, inputs }: Series): Classification {
  const seen = y.filter((value) => !Number.isNaN(value));
  const zeros = seen.filter((value) => value === 0).length;
  if (seen.length <= SHORT) return { kind: "short", reason: `${seen.length} values` };
  if (inputs.names.length > 0) return { kind: "with-inputs", reason: `inputs ${inputs.names.join(", ")}` };
  const countable = seen.every((value) => value >= 0);
  if (countable && zeros / seen.length > INTERMITTENT_ZEROS && zeros < seen.length) {
    return { kind: "intermittent", reason: `${Math.round((100 * zeros) / seen.length)} % zeros` };
  }
  if (period === 1) return { kind: "non-seasonal", reason: "no season" };
  if (seen.length < 2 * period + 2)
    return { kind: "non-seasonal", reason: `fewer than two seasons of ${period}` };
  if (period > LONGEST_MODELLED) return { kind: "long-season", reason: `season of ${period}` };
  return { kind: "seasonal", reason: `season of ${period}` };
}
