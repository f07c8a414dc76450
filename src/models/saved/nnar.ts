import * as v from "valibot";
import { weightCount } from "../nnar/index.js";
import {
  finite,
  flawOf,
  floats,
  floatsOrNone,
  LONGEST,
  notNegative,
  count as whole,
  wholeFrom,
  wrongSizes,
} from "./shapes.js";

const MOST_UNITS = 200_000;
const MOST_INPUTS = 100_000;

const NNAR = {
  params: v.object({
    lags: v.pipe(
      v.array(wholeFrom(1, 100 * LONGEST)),
      v.minLength(1),
      v.check((lags) => lags.every((lag, i) => i === 0 || lag > lags[i - 1]!), "must ascend"),
    ),
    inputs: v.pipe(
      v.array(v.object({ name: v.string(), centre: finite, scale: notNegative })),
      v.maxLength(MOST_INPUTS),
    ),
    hidden: wholeFrom(1, MOST_UNITS),
    weights: floats,
    centre: finite,
    scale: notNegative,
    sigma2: notNegative,
  }),
  state: v.object({ count: whole, recent: floatsOrNone }),
};

export function nnarFlaw(params: unknown, state: unknown, count: number): string | null {
  return flawOf(NNAR, params, state, ({ lags, inputs, hidden, weights }, { recent }) =>
    wrongSizes({
      inputs: [inputs.length, count],
      weights: [weights.length, weightCount({ inputs: lags.length + inputs.length, hidden })],
      recent: [recent.length, lags.at(-1)!],
    }),
  );
}
