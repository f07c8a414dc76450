import type { Model } from "../../core/model.js";
import { ar } from "../../models/ar/index.js";
import { drift, mean, naive, snaive } from "../../models/baselines/index.js";
import { withSeasons } from "../../models/decomposed/index.js";
import { croston, imapa, tsb } from "../../models/intermittent/index.js";
import { theta } from "../../models/theta/index.js";
import { logged } from "../../models/transformed/index.js";
import { autoArima } from "../auto-arima/index.js";
import { autoEts } from "../auto-ets.js";
import type { Candidate } from "../ensemble/members.js";
import type { Traits } from "./traits.js";

/** Up to this many values only models with at most two estimates take part. */
const FEW = 4;
const SHORT = 9;
/** Values from which an autoregression of chosen order takes part. */
const ENOUGH_FOR_AR = 20;
/** Seasons longer than this are taken out by decomposition rather than modelled. */
const LONGEST_MODELLED = 24;
/** Share of zeros from which models of intermittent demand take part. */
const SOME_ZEROS = 0.1;

const dynamic = (period?: number) =>
  theta({ method: "dynamic", ...(period === undefined ? {} : { period }) });

/**
 * The models that may take part for a series of these traits, in the order they are reported. They differ in what they take
 * trend and season to be, so that their errors differ too; which of them do take part, past errors decide.
 */
export function candidatesFor(traits: Traits): readonly Candidate[] {
  const list = traits.inputs.length > 0 ? withInputs(traits) : plain(traits).map((model) => ({ model }));
  return [...new Map(list.map((one) => [one.model.notation, one])).values()];
}

function withInputs({ periods }: Traits): Candidate[] {
  const models = [autoArima(), ...(periods.length > 0 ? [withSeasons(autoArima())] : [])];
  return models.map((model) => ({ model }));
}

function plain(traits: Traits): Model[] {
  const { observed, periods, tooLong } = traits;
  if (traits.line && !traits.constant) return [drift()];
  if (observed <= FEW || traits.constant) return [naive(), mean()];
  if (observed <= SHORT)
    return [naive(), theta({ period: 1 }), theta({ method: "dynamic", period: 1 }), autoEts({ period: 1 })];
  const seasonal = periods.length > 0 || tooLong !== null;
  return [
    ...(seasonal && tooLong === null ? seasonalModels(traits) : nonSeasonal(traits)),
    ...intermittent(traits),
  ];
}

/** On the logarithm where all values are above 0, else as it is. */
const byRatio = ({ positive }: Traits) => (positive ? logged : (model: Model) => model);

function nonSeasonal(traits: Traits): Model[] {
  const long = traits.observed >= ENOUGH_FOR_AR;
  return [
    autoArima(),
    autoEts(),
    dynamic(),
    theta(),
    byRatio(traits)(dynamic()),
    naive(),
    drift(),
    ...(long ? [ar(), byRatio(traits)(ar()), mean()] : []),
  ];
}

function seasonalModels(traits: Traits): Model[] {
  const { periods } = traits;
  const ratio = byRatio(traits);
  const [first, second] = periods;
  if (second === undefined && first! <= LONGEST_MODELLED) {
    return [
      autoArima(),
      autoEts(),
      dynamic(),
      theta(),
      ratio(withSeasons(dynamic())),
      snaive(),
      withSeasons(ar()),
      ar(),
    ];
  }
  return [
    withSeasons(autoEts(), { periods }),
    withSeasons(autoArima(), { periods }),
    ratio(withSeasons(dynamic(), { periods })),
    withSeasons(ar(), { periods }),
    snaive({ period: periods.at(-1)! }),
    ...(second === undefined
      ? [autoEts({ period: 1 }), ar()]
      : [withSeasons(autoEts(), { periods: [first!] }), snaive()]),
  ];
}

function intermittent({ zeros, nonnegative }: Traits): Model[] {
  return nonnegative && zeros >= SOME_ZEROS ? [tsb(), imapa(), croston()] : [];
}
