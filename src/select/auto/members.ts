import type { Model } from "../../core/model.js";
import { parseModel } from "../../models/registry.js";
import type { Kind } from "./kind.js";

/**
 * The models that are pooled for each kind of series, in the order they are reported. They differ in what they take trend and
 * season to be, and in how far they trust them, so their errors differ too, which is what makes an average good.
 */
const MEMBERS: Readonly<Record<Kind, readonly string[]>> = {
  short: ["naive", "mean"],
  intermittent: ["croston(variant=sba)", "tsb", "ses"],
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
  "long-season": ["mstl(auto-ets)", "mstl(auto-arima)", "snaive"],
  "with-inputs": ["auto-arima", "mstl(auto-arima)"],
};

/** Logarithms are for series that are above 0 throughout; others are taken as they are. */
export function membersFor(kind: Kind, positive: boolean): readonly Model[] {
  const notations = MEMBERS[kind].map((notation) =>
    positive ? notation : notation.replace(/^log\((.*)\)$/, "$1"),
  );
  return [...new Set(notations)].map(parseModel);
}
