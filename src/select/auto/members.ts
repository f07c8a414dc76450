import type { Model } from "../../core/model.js";
import { mean, naive, snaive } from "../../models/baselines/index.js";
import { withSeasons } from "../../models/decomposed/index.js";
import { imapa, tsb } from "../../models/intermittent/index.js";
import { theta } from "../../models/theta/index.js";
import { logged } from "../../models/transformed/index.js";
import { autoArima } from "../auto-arima/index.js";
import { autoEts } from "../auto-ets.js";
import type { Classification, Kind } from "./kind.js";

/** What members are made from: the seasons of a series, and logarithms where it allows them. */
interface Means {
  readonly periods: readonly number[];
  /** The model on logarithms where all values are above 0, else the model itself. */
  readonly logarithmic: (model: Model) => Model;
}

const dynamic = () => theta({ method: "dynamic" });

/**
 * The models that are pooled for each kind of series, in the order they are reported. They differ in what they take trend and
 * season to be, and in how far they trust them, so their errors differ too, which is what makes an average good.
 */
const MEMBERS: Readonly<Record<Kind, (means: Means) => readonly Model[]>> = {
  short: () => [naive(), mean()],
  "with-inputs": ({ periods }) => [autoArima(), ...(periods.length > 0 ? [withSeasons(autoArima())] : [])],
  intermittent: () => [tsb(), imapa()],
  "non-seasonal": ({ logarithmic }) => [
    autoArima(),
    autoEts(),
    dynamic(),
    theta(),
    logarithmic(dynamic()),
    naive(),
  ],
  seasonal: ({ logarithmic }) => [
    autoArima(),
    autoEts(),
    dynamic(),
    theta(),
    logarithmic(withSeasons(dynamic())),
    snaive(),
  ],
  "long-season": ({ logarithmic }) => [
    withSeasons(autoEts()),
    withSeasons(autoArima()),
    logarithmic(withSeasons(dynamic())),
    snaive(),
  ],
  "several-seasons": ({ periods, logarithmic }) => [
    withSeasons(autoEts(), { periods }),
    withSeasons(autoArima(), { periods }),
    logarithmic(withSeasons(dynamic(), { periods })),
    withSeasons(autoEts(), { periods: periods.slice(0, 1) }),
    snaive({ period: periods.at(-1)! }),
  ],
};

/** The members for a series, each once. */
export function membersFor({ kind, periods }: Classification, positive: boolean): readonly Model[] {
  const members = MEMBERS[kind]({ periods, logarithmic: positive ? logged : (model) => model });
  return [...new Map(members.map((model) => [model.notation, model])).values()];
}
