import type { ArmaOrders } from "../definition/orders.js";
import type { Design } from "../problem/design.js";

/** How the likelihood of a series with gaps is best had. */
export type GapMethod = "pulses" | "filter" | "bridge first";

/**
 * Compares rough counts of multiplications a row: a pulse for each gap, or a filter over them; where the filter costs
 * several times what a series without gaps does, searches are best begun on the series with its gaps bridged.
 */
export function gapMethod({ gaps, how, observed }: Design, orders: ArmaOrders): GapMethod {
  const { p, q, P, Q, period } = orders;
  const few = gaps.length;
  const rows = Math.max(p + P * period, q + Q * period + 1);
  const open = (how.d + how.D * period) * (few / (few + observed));
  const filter = 20 + 1.5 * (rows + open) * (rows + open) * Math.min(1, (few * 20) / observed);
  if (few * (20 + few) < filter) return "pulses";
  return filter < 60 ? "filter" : "bridge first";
}
