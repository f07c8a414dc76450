import * as v from "valibot";
import { count, finite, flawOf, share, wrongSizes } from "../../models/saved/shapes.js";
import type { FlawOf } from "../../models/saved/wrappers.js";

const weights = v.array(share);

const SHAPES = {
  params: v.object({
    members: v.array(v.unknown()),
    weights,
    origin: count,
    lowest: v.optional(finite),
    highest: v.optional(finite),
    closed: v.optional(v.object({ period: count, positions: v.array(count), certainty: share })),
    stopped: v.optional(v.object({ from: count })),
  }),
  state: v.object({
    rows: count,
    members: v.array(v.unknown()),
    weights,
    zeros: v.optional(v.pipe(finite, v.integer(), v.minValue(-1))),
  }),
};

/** Rounding that weights may have gathered. */
const NEAR = 1e-6;

export function ensembleFlaw(members: readonly FlawOf[]): FlawOf {
  return (params, state, inputs) =>
    flawOf(SHAPES, params, state, (found, now) => {
      const sizes = wrongSizes({
        members: [found.members.length, members.length],
        weights: [found.weights.length, members.length],
        "state members": [now.members.length, members.length],
        "state weights": [now.weights.length, members.length],
      });
      if (sizes !== null) return sizes;
      for (const list of [found.weights, now.weights]) {
        const total = list.reduce((sum, weight) => sum + weight, 0);
        if (Math.abs(total - 1) > NEAR) return `the weights add up to ${total}`;
      }
      for (const [k, flawIn] of members.entries()) {
        const flaw = flawIn(found.members[k], now.members[k], inputs);
        if (flaw !== null) return `member ${k + 1}, ${flaw}`;
      }
      return null;
    });
}
