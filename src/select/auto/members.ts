import type { Model } from "../../core/model.js";
import { parseModel } from "../../models/registry.js";
import type { Classification, Kind } from "./kind.js";

/**
 * The models that are pooled for each kind of series, in the order they are reported; PERIODS stands for the seasons of the
 * series, SHORTEST and LONGEST for two of them. They differ in what they take trend and season to be, and in how far they trust them, so
 * their errors differ too, which is what makes an average good.
 */
const MEMBERS: Readonly<Record<Kind, readonly string[]>> = {
  short: ["naive", "mean"],
  "with-inputs": ["auto-arima", "mstl(auto-arima)"],
  intermittent: ["tsb", "imapa"],
  "non-seasonal": [
    "auto-arima",
    "auto-ets",
    "theta(method=dynamic)",
    "theta",
    "log(theta(method=dynamic))",
    "naive",
  ],
  seasonal: [
    "auto-arima",
    "auto-ets",
    "theta(method=dynamic)",
    "theta",
    "log(mstl(theta(method=dynamic)))",
    "snaive",
  ],
  "long-season": ["mstl(auto-ets)", "mstl(auto-arima)", "log(mstl(theta(method=dynamic)))", "snaive"],
  "several-seasons": [
    "mstl(auto-ets, periods=PERIODS)",
    "mstl(auto-arima, periods=PERIODS)",
    "log(mstl(theta(method=dynamic), periods=PERIODS))",
    "mstl(auto-ets)[SHORTEST]",
    "snaive[LONGEST]",
  ],
};

/**
 * The members for a series. Logarithms are for series that are above 0 throughout, others are taken as they are; nothing is
 * decomposed where there is no season.
 */
export function membersFor({ kind, periods }: Classification, positive: boolean): readonly Model[] {
  const notations = MEMBERS[kind].map((notation) =>
    (positive ? notation : notation.replace(/^log\((.*)\)$/, "$1"))
      .replace("PERIODS", periods.join("+"))
      .replace("SHORTEST", String(periods[0]))
      .replace("LONGEST", String(periods.at(-1))),
  );
  const suited = notations.filter((notation) => periods.length > 0 || !notation.startsWith("mstl"));
  return [...new Set(suited)].map(parseModel);
}
