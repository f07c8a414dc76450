import { requireInteger } from "../../core/checks.js";
import { acf } from "../correlation/acf.js";
import { pacf } from "../correlation/pacf.js";
import { toFloats, type Values } from "../values.js";

/** Orders that the correlations of a stationary series suggest: a first guess, not a search. */
export interface SuggestedOrders {
  readonly ar: number;
  readonly ma: number;
  readonly seasonalAr: number;
  readonly seasonalMa: number;
  /** Lags at which the autocorrelation, and the partial one, leave their band. */
  readonly acfLags: readonly number[];
  readonly pacfLags: readonly number[];
  /** One sentence that says why. */
  readonly reason: string;
}

/** Beyond a lag inside the band, only a correlation this many bands long still counts as its continuation. */
const CLEARLY = 1.5;
/** Correlations significant for more lags than this are said to die out instead of to break off. */
const LONG = 4;

/**
 * Reads orders off the correlogram: the autocorrelation of an MA(q) breaks off after q lags, the partial one of an AR(p)
 * after p; where both die out slowly ARMA(1,1) is a start. Seasonal orders from the lags of one and two periods.
 *
 * @param values complete values after differencing, not all the same, at least 8.
 * @param period values in a season, 1 for none.
 * @param subject what `reason` calls the series.
 * @returns orders with the reasons for them.
 * @throws YuleError `too-short`, `constant-series`.
 * @see G. E. P. Box, G. M. Jenkins, Time Series Analysis (1970), section 6.2.
 * @example suggestOrders(difference(difference(values.map(Math.log), 12)), 12); // ma 1, seasonalMa 1
 */
export function suggestOrders(values: Values, period = 1, subject = "the series"): SuggestedOrders {
  requireInteger("period", period, 1, Number.MAX_SAFE_INTEGER);
  const stationary = toFloats(values);
  const n = stationary.length;
  const maxLag = Math.min(n - 1, Math.max(Math.floor(10 * Math.log10(n)), 2 * period + 1));
  const r = acf(stationary, { maxLag });
  const partial = pacf(stationary, { maxLag });
  const band = r.band[1];
  const correlations = r.values.subarray(1);
  const reach = period > 2 ? Math.min(period - 1, 8) : 8;
  const p = breakOff(partial.values.subarray(0, reach), band);
  const q = breakOff(correlations.subarray(0, reach), band);
  const ordinary = ordinaryOrders(p, q, correlations);
  const seasonal = seasonalOrders(correlations, partial.values, period, band);
  return {
    ...ordinary,
    ...seasonal,
    acfLags: outside(correlations, band),
    pacfLags: outside(partial.values, band),
    reason: [reasonOf(p, q, ordinary, subject), seasonalReason(seasonal, period)]
      .filter((part) => part !== "")
      .join(" "),
  };
}

function outside(values: Float64Array, band: number): number[] {
  return Array.from(values.keys(), (i) => i + 1).filter((lag) => Math.abs(values[lag - 1]) > band);
}

/** The last lag of the first run outside the band; a gap of one lag does not end it when what follows is clear. */
function breakOff(values: Float64Array, band: number): number {
  let lag = 0;
  for (;;) {
    const size = (ahead: number) => Math.abs(values[lag + ahead - 1] ?? 0);
    if (size(1) > band) lag += 1;
    else if (lag > 0 && size(2) > CLEARLY * band) lag += 2;
    else return lag;
  }
}

function ordinaryOrders(p: number, q: number, r: Float64Array): { ar: number; ma: number } {
  if (p === 0 && q === 0) return { ar: 0, ma: 0 };
  if (p > LONG && q > LONG) return { ar: 1, ma: 1 };
  // One of each: a negative first correlation is what differencing leaves for an MA term, a positive one asks for AR.
  if (p === 1 && q === 1) return r[0] < 0 ? { ar: 0, ma: 1 } : { ar: 1, ma: 0 };
  if (q > 0 && (p === 0 || q < p)) return { ar: 0, ma: q };
  return { ar: p, ma: 0 };
}

function seasonalOrders(r: Float64Array, partial: Float64Array, period: number, band: number) {
  const none = { seasonalAr: 0, seasonalMa: 0 };
  const first = r[period - 1];
  if (period < 2 || first === undefined || Math.abs(first) <= band) return none;
  const dies = Math.abs(r[2 * period - 1] ?? 0) > band;
  const breaks = Math.abs(partial[2 * period - 1] ?? 0) <= band;
  const autoregressive = first > 0 && (dies || breaks);
  return autoregressive ? { seasonalAr: 1, seasonalMa: 0 } : { seasonalAr: 0, seasonalMa: 1 };
}

function reasonOf(p: number, q: number, { ar, ma }: { ar: number; ma: number }, subject: string): string {
  if (ar === 0 && ma === 0)
    return `Neither correlation of ${subject} leaves its band at the first lags: no AR or MA term.`;
  if (ar > 0 && ma > 0)
    return `Both correlations of ${subject} decay slowly: start with one AR and one MA term.`;
  const after = (lag: number) =>
    lag > LONG ? "decays slowly" : lag === 0 ? "stays inside its band" : `cuts off after lag ${lag}`;
  const terms =
    ar > 0 ? `${ar} AR ${ar === 1 ? "term" : "terms"}` : `${ma} MA ${ma === 1 ? "term" : "terms"}`;
  return `The autocorrelation of ${subject} ${after(q)}, the partial one ${after(p)}: try ${terms}.`;
}

function seasonalReason(orders: { seasonalAr: number; seasonalMa: number }, period: number): string {
  if (orders.seasonalAr > 0)
    return `At lag ${period} the autocorrelation is positive: add a seasonal AR term.`;
  if (orders.seasonalMa > 0)
    return `At lag ${period} the autocorrelation leaves its band: add a seasonal MA term.`;
  return "";
}
