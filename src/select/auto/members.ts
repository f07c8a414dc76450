import type { Model } from "../../core/model.js";
import { families, parseModel } from "../../models/registry.js";
import type { Kind } from "./kind.js";

/**
 * The models that are pooled for each kind of series, in the order they are reported. They differ in what they take a
 * trend and a season to be, so their errors differ too, which is what makes an average good.
 */
const MEMBERS: Readonly<Record<Kind, readonly string[]>> = {
  short: ["naive", "mean"],
  intermittent: ["croston(variant=sba)", "tsb", "ses"],
  "non-seasonal": ["auto-arima", "auto-ets", "theta(method=dynamic)"],
  seasonal: ["auto-arima", "auto-ets", "theta(method=dynamic)"],
  "long-season": ["mstl(auto-ets)", "mstl(auto-arima)", "snaive"],
};

/** What stands in for a kind none of whose members is available. */
const FALLBACK = ["ar(auto)", "auto-ets"];

export function membersFor(kind: Kind): readonly Model[] {
  const known = new Set(families().map(({ name }) => name));
  const available = MEMBERS[kind].filter((notation) => known.has(/^[a-z-]+/.exec(notation)![0]));
  return (available.length > 1 ? available : FALLBACK).map(parseModel);
}
