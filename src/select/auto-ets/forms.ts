import type { Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { unseenPositions } from "../../diagnostics/seasonality/unseen-positions.js";
import type { EtsForm } from "../../models/ets/index.js";
import type { AutoEtsChoice } from "./options.js";

/** Longer seasons need a free state for each step, which the criterion penalises heavily; `mstl` and `fourier` model them. */
const LONGEST_SEASON = 100;

/** Forms in the order of their size, ets(A,N,N) first. A constant series has a level only. */
export function formsFor(series: Series, y: Float64Array, options: AutoEtsChoice): EtsForm[] {
  const period = options.period ?? series.period;
  const seen = y.filter((value) => !Number.isNaN(value));
  const smallest: EtsForm = { error: "A", trend: "N", damped: false, season: "N", period: 1 };
  if (seen.every((value) => value === seen[0])) return [smallest];
  const relative = options.multiplicative && seen.every((value) => value > 0);
  const seasonal =
    period > 1 && period <= LONGEST_SEASON && y.length > period && unseenPositions(y, period).length === 0;
  const trends: [EtsForm["trend"], boolean][] = [["N", false]];
  for (const trend of options.multiplicativeTrend && relative ? (["A", "M"] as const) : (["A"] as const)) {
    if (options.damped !== true) trends.push([trend, false]);
    if (options.damped !== false) trends.push([trend, true]);
  }
  const forms: EtsForm[] = [];
  for (const season of seasonal ? (["N", "A", "M"] as const) : (["N"] as const)) {
    for (const [trend, damped] of trends) {
      for (const error of relative ? (["A", "M"] as const) : (["A"] as const)) {
        // Additive errors with multiplicative parts divide by states that may vanish; so does an additive season of a growing level.
        if (error === "A" && (trend === "M" || season === "M")) continue;
        if (trend === "M" && season === "A") continue;
        if (season === "M" && !relative) continue;
        forms.push({ error, trend, damped, season, period: season === "N" ? 1 : period });
      }
    }
  }
  return forms;
}

export function seasonNotes(series: Series, period: number): Note[] {
  if (period <= LONGEST_SEASON) return [];
  return [
    {
      code: "season-too-long",
      severity: "warning",
      message: `The season of ${period} of ${series.id} is longer than ${LONGEST_SEASON} and was left out by auto-ets; mstl(auto-ets) or fourier(auto-arima) model it.`,
      details: { period },
    },
  ];
}
