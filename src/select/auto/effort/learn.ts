import { YuleError } from "../../../core/errors.js";
import type { FitOptions, Fitted, Model, Note } from "../../../core/model.js";
import { type Series, slice } from "../../../core/series.js";
import type { Candidate } from "../../ensemble/members.js";
import type { Prepared } from "../fit/index.js";
import { LEAST_SERIES, notLearnedNote } from "./notes.js";
import type { Parts } from "./parts.js";

/** A model that learns from a panel, and how often it is fitted to the beginnings of the series for past forecasts. */
export interface Learner {
  readonly model: Model & Required<Pick<Model, "fitPanel">>;
  readonly pastFits: number;
}

/** The candidates for the series that it learned from, and what there is to say. */
export interface Learned {
  readonly candidates: ReadonlyMap<Prepared, Candidate>;
  readonly notes: readonly Note[];
}

/**
 * Weight before past errors speak: what was learned from many series is less likely to have done well by chance. Chosen on the last
 * two years of the training part of monthly tourism.
 */
const PRIOR = 2;

/** A fit to the first rows of each series. */
interface Stage {
  readonly rows: number;
  readonly fitted: Fitted;
}

/**
 * Fits a model to the beginnings of the series of a group, cut where the past forecasts of each begin, and to the whole series.
 * Where it cannot learn, there are no candidates, and a note says why.
 *
 * @throws the reason of `options.signal` when aborted.
 */
export async function learn(
  { model, pastFits }: Learner,
  group: readonly Prepared[],
  options: FitOptions,
  { pastOrigins, apply }: Pick<Parts, "pastOrigins" | "apply">,
): Promise<Learned> {
  const stages = new Map<Prepared, Stage[]>();
  try {
    for (let k = 0; k < pastFits; k++)
      await learnFrom((one) => beginning(one, pastOrigins(one)?.rows ?? [], k / pastFits));
    await learnFrom(({ series }) => series);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!(error instanceof YuleError)) throw error;
    return { candidates: new Map(), notes: [notLearnedNote(model.notation, error.message)] };
  }
  const complete = [...stages].filter(([, all]) => all.length === pastFits + 1);
  const candidates = complete.map(
    ([one, all]) => [one, { model: memberOf(all, apply), prior: PRIOR }] as const,
  );
  return { candidates: new Map(candidates), notes: [] };

  async function learnFrom(part: (one: Prepared) => Series | null): Promise<void> {
    const parts = group.flatMap((one) => {
      const series = part(one);
      return series !== null && suits(model, series) ? [{ one, series }] : [];
    });
    if (parts.length < LEAST_SERIES) throw tooFew(model, parts.length);
    const fits = await model.fitPanel(
      parts.map(({ series }) => series),
      options,
    );
    options.signal?.throwIfAborted();
    for (const [i, { one, series }] of parts.entries()) {
      const { calibration: _, ...fitted } = fits[i]!;
      stages.set(one, [...(stages.get(one) ?? []), { rows: series.y.length, fitted }]);
    }
  }
}

/** The rows before a share of the past forecasts of a series; null where it has none. */
function beginning(one: Prepared, origins: readonly number[], share: number): Series | null {
  if (origins.length === 0) return null;
  return slice(one.series, 0, origins[Math.floor(share * origins.length)]!);
}

/** Whether a model can learn from a series: it takes it, and its inputs are known in every row. */
function suits(model: Model, series: Series): boolean {
  const known = series.inputs.columns.every((column) => column.every(Number.isFinite));
  return known && series.y.length >= 2 && (model.refusal?.(series) ?? null) === null;
}

/** The latest fit that has seen no later row than a series has, taken over to it. */
function memberOf(stages: readonly Stage[], apply: Parts["apply"]): Model {
  const last = stages.at(-1)!;
  return {
    notation: last.fitted.notation,
    missing: "keep",
    fit(series) {
      const stage = stages.findLast(({ rows }) => rows <= series.y.length) ?? last;
      return stage.fitted.history === series ? stage.fitted : apply(stage.fitted, series);
    },
  };
}

function tooFew({ notation }: Model, count: number): YuleError {
  return new YuleError({
    code: "series-too-short",
    category: "data",
    argument: "panel",
    value: count,
    message: `${count} series leave ${notation} enough rows for past forecasts, and ${LEAST_SERIES} are needed.`,
  });
}
