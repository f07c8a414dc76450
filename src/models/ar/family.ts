import type { Process } from "../../core/model.js";
import type { Family, ModelCall } from "../family.js";
import { badModel } from "../notation.js";
import { type ArModelOptions, ar } from "./ar.js";
import type { ArMethod } from "./estimation/estimate.js";
import type { Criterion } from "./likelihood/prepare.js";
import { arProcess } from "./process.js";

/** `ar(3)`, `ar(auto)`, `ar(3, method=burg)`. */
export const arFamily: Family = {
  name: "ar",
  summary: "autoregression of a given or chosen order, with exact normal intervals",
  forms: ["ar(3)", "ar(auto)", "ar(3, method=burg)"],
  options: [
    {
      name: "method",
      values: ["mle", "yule-walker", "burg", "ols"],
      default: "mle",
      summary: "exact maximum likelihood, Yule-Walker, Burg, or least squares",
    },
    { name: "criterion", values: ["aic", "aicc", "bic"], default: "aic", summary: "what ar(auto) minimises" },
    {
      name: "max-order",
      values: "integer",
      default: "10 log10 n, for mle at most 12",
      summary: "highest order ar(auto) considers",
    },
    {
      name: "mean",
      values: ["true", "false"],
      default: "true",
      summary: "whether there is a mean other than 0",
    },
  ],
  inputs: true,
  seasonal: false,
  processes: [arProcess as Process<unknown, unknown>],
  build: (call) => ar(optionsOf(call)),
};

function optionsOf({ groups, options }: ModelCall): ArModelOptions {
  const method = options.get("method") as ArMethod | undefined;
  const criterion = options.get("criterion") as Criterion | undefined;
  const maxOrder = options.get("max-order");
  return {
    order: orderOf(groups),
    ...(method === undefined ? {} : { method }),
    ...(criterion === undefined ? {} : { criterion }),
    ...(maxOrder === undefined ? {} : { maxOrder: Number(maxOrder) }),
    mean: options.get("mean") !== "false",
  };
}

function orderOf(groups: ModelCall["groups"]): number | "auto" {
  const written = groups.map((group) => `(${group.join(",")})`).join("");
  const [order = "auto", ...more] = groups.flat();
  if (groups.length > 1 || more.length > 0) {
    throw badModel(
      `ar${written}`,
      "takes one order, as in ar(3); differences and moving averages are arima's",
    );
  }
  if (order === "auto") return order;
  if (!/^\d+$/.test(order))
    throw badModel(`ar${written}`, "needs a whole number or auto as its order, as in ar(3)");
  return Number(order);
}
