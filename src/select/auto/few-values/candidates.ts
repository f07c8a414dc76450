import type { Model } from "../../../core/model.js";
import { type ArimaParams, arima } from "../../../models/arima/index.js";
import { drift, mean, naive } from "../../../models/baselines/index.js";
import { holt } from "../../../models/ets/index.js";
import { log } from "../../../models/transformed/index.js";
import { usualAutoArima } from "../../auto-arima/index.js";
import type { Candidate } from "../../ensemble/members.js";
import { special, usual, weighed } from "../contenders.js";
import type { Traits } from "../traits.js";

/** Prior weight of the model whose form a criterion selects from all values. */
const SELECTED = 3;
/** Prior weights of the last value and of the mean before a season is complete, whose rise or fall looks like a trend, and most values for that. */
const FIRST_SEASON = { last: 2, mean: 3, most: 12 };

/** Level, random walk, straight line and exponential growth, and what the criterion selects among them. */
export function candidatesOfFew(traits: Traits): Candidate[] {
  const { accelerates, decelerates, rises, positive, grows } = traits;
  if (decelerates !== null) return usual([approaching(decelerates)]);
  // Few values that only rise do not go back to their mean.
  const levels = accelerates ? [] : rises ? [naive()] : [naive(), mean()];
  const chosen = traits.nonnegative ? withLevel(shortArima) : shortArima;
  if (isWithinASeason(traits) && !accelerates)
    return [
      ...weighed(FIRST_SEASON.last, [naive()]),
      ...(rises ? usual([drift(), straight]) : weighed(FIRST_SEASON.mean, [mean()])),
      ...(rises ? [] : special([drift(), chosen])),
    ];
  const levelsOff = accelerates && positive ? usual([log(levelling)]) : [];
  return [
    ...usual([...levels, drift()]),
    ...(grows ? special([log(drift())]) : levelsOff),
    ...weighed(SELECTED, [rises ? straight : chosen]),
  ];
}

/** Whether a few values are less than one season. */
export const isWithinASeason = ({ tooLong, observed }: Traits) =>
  tooLong !== null && observed < tooLong && observed <= FIRST_SEASON.most;

/** Growth that levels off, its parameters given: a few values do not estimate them. */
export const levelling = holt({ damped: true, alpha: 0.9, beta: 0.2, phi: 0.7 });
/** Bounds of the ratio of coming steps. */
const RATIO = { least: 0.4, most: 0.8 };

/** A way to a limit whose steps go on shrinking as the last one did; to 0 where values fall by the same share each time. */
function approaching({ exponential, ratio }: NonNullable<Traits["decelerates"]>): Model {
  if (exponential) return log(drift());
  const phi = Math.max(RATIO.least, Math.min(RATIO.most, ratio));
  return holt({ damped: true, alpha: 0.9, beta: 0.8, phi });
}

const straight = arima({ order: [0, 1, 0], drift: true });
const shortArima = usualAutoArima({ search: "quick", period: 1 });

/** ARIMA of selected orders with a mean: zero-mean noise is implausible for a few values that are all positive. */
function withLevel(model: Model): Model {
  return {
    ...model,
    fit(series, options) {
      const fitted = model.fit(series, options);
      const { order, seasonal, period, mean } = fitted.params as ArimaParams;
      return order[1] > 0 || mean !== null ? fitted : arima({ order, seasonal, period }).fit(series, options);
    },
  };
}
