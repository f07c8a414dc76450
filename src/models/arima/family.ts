import type { Process } from "../../core/model.js";
import type { Family, ModelCall } from "../family.js";
import { badModel } from "../notation.js";
import { arima } from "./arima.js";
import type { ArimaMethod, ArimaOptions } from "./definition/options.js";
import { arimaProcess } from "./process.js";

/** `arima(2,1,2)`, `arima(0,1,1)(0,1,1)[12]`, `arima(1,0,0, mean=false)`. */
export const arimaFamily: Family = {
  name: "arima",
  summary: "seasonal ARIMA with inputs, by exact maximum likelihood",
  forms: [
    "arima(2,1,2)",
    "arima(0,1,1)(0,1,1)[12]",
    "arima(1,0,0, mean=false)",
    "arima(1,1,1, drift=true)",
    "arima(0,1,2, fixed=ma1:0)",
  ],
  options: [
    {
      name: "mean",
      values: ["true", "false"],
      default: "true without differences, else false",
      summary: "whether the series moves around a level other than 0",
    },
    {
      name: "drift",
      values: ["true", "false"],
      default: "false",
      summary: "a straight line in time: the average change per step after one difference",
    },
    {
      name: "method",
      values: ["ml", "css-ml", "css"],
      default: "ml",
      summary: "exact maximum likelihood, the same started from conditional least squares, or these alone",
    },
    {
      name: "fixed",
      values: "text",
      default: "none",
      summary: "coefficients held at values, as in fixed=ar1:0.5;ma2:0",
    },
    {
      name: "starts",
      values: "integer",
      default: "0",
      summary: "random starting points on top of the chosen ones",
    },
  ],
  inputs: true,
  seasonal: true,
  processes: [arimaProcess as Process<unknown, unknown>],
  build: (call) => arima(optionsOf(call)),
};

function optionsOf(call: ModelCall): ArimaOptions {
  const { groups, season, options } = call;
  if (groups.length < 1 || groups.length > 2) {
    throw badModel(written(call), "needs its orders, as in arima(0,1,1) or arima(0,1,1)(0,1,1)[12]");
  }
  const starts = options.get("starts");
  const fixed = options.get("fixed");
  const mean = options.get("mean");
  const drift = options.get("drift");
  const method = options.get("method");
  return {
    order: orders(call, groups[0]!),
    ...(groups[1] === undefined ? {} : { seasonal: orders(call, groups[1]) }),
    ...(season === null ? {} : { period: season }),
    ...(mean === undefined ? {} : { mean: mean === "true" }),
    ...(drift === undefined ? {} : { drift: drift === "true" }),
    ...(method === undefined ? {} : { method: method as ArimaMethod }),
    ...(fixed === undefined ? {} : { fixed: heldValues(call, fixed) }),
    ...(starts === undefined ? {} : { starts: Number(starts) }),
  };
}

function written({ groups }: ModelCall): string {
  return `arima${groups.map((group) => `(${group.join(",")})`).join("")}`;
}

function orders(call: ModelCall, group: readonly string[]): [number, number, number] {
  const numbers = group.map((text) => (/^\d+$/.test(text) ? Number(text) : Number.NaN));
  if (numbers.length !== 3 || numbers.some(Number.isNaN)) {
    throw badModel(
      written(call),
      `needs three whole numbers in each pair of parentheses, not (${group.join(",")}), as in arima(0,1,1)(0,1,1)[12]`,
    );
  }
  return [numbers[0]!, numbers[1]!, numbers[2]!];
}

function heldValues(call: ModelCall, text: string): Record<string, number> {
  const held: Record<string, number> = {};
  for (const item of text.split(";")) {
    const at = item.lastIndexOf(":");
    const value = Number(item.slice(at + 1));
    if (at < 1 || item.slice(at + 1).trim() === "" || !Number.isFinite(value)) {
      throw badModel(written(call), `has fixed=${text}, which must be like fixed=ar1:0.5;ma2:0`);
    }
    held[item.slice(0, at).trim()] = value;
  }
  return held;
}
