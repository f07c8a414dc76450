import { differenceOnce } from "../differencing.js";
import { meanOf, varianceOf } from "../summary.js";
import { aroundLine } from "../unit-root/kpss.js";
import { longRunVariance } from "../unit-root/regression/long-run-variance.js";
import { dropMissing } from "../values.js";
import { possible } from "./possible.js";
import { type SuggestedOrders, suggestOrders } from "./suggest-orders.js";
import type { Verdict } from "./types.js";
import { listed } from "./words.js";

/** What a first ARIMA is chosen from. */
export interface FirstModel {
  readonly orders: SuggestedOrders | null;
  readonly model: string | null;
  /** The series that the orders are read from; null where it is the series as it came. */
  readonly differenced: Float64Array | null;
  /** What sentences and tables call that series. */
  readonly differencedName: string;
}

export interface Choice {
  readonly period: number;
  readonly ordinary: number | null;
  readonly seasonal: number;
  readonly verdict: Verdict;
  readonly cycle: number | null;
  /** The transformation that came first. */
  readonly transformed: "log" | "box-cox" | null;
}

/** Fewer values do not show a correlogram. */
const LEAST_VALUES = 8;
/** An average change of so many of its standard errors is a drift. */
const CLEAR_DRIFT = 3;

/** An ARIMA to begin with: differences as the tests ask, orders by the correlogram of what they leave. */
export function firstModel(scaled: Float64Array, choice: Choice): FirstModel {
  const { period, ordinary, seasonal, verdict, cycle, transformed } = choice;
  if (ordinary === null) return { orders: null, model: null, differenced: null, differencedName: "series" };
  let rest = scaled;
  for (let i = 0; i < seasonal; i++) rest = differenceOnce(rest, period);
  for (let i = 0; i < ordinary; i++) rest = differenceOnce(rest, 1);
  const line = verdict === "trend-stationary" && ordinary + seasonal === 0;
  if (line) rest = aroundLine(rest);
  const changed = line || transformed !== null || ordinary + seasonal > 0;
  const subject = changed ? seriesAfter(choice, line) : "series";
  const orders =
    rest.length < LEAST_VALUES ? null : possible(() => suggestOrders(rest, period, `the ${subject}`));
  const model =
    orders === null ? null : notationOf(orders, choice, line || hasDrift(rest, ordinary + seasonal));
  const cyclic = cycle !== null && (orders === null || orders.ar < 2) && ordinary === 0 && seasonal === 0;
  return {
    orders,
    model: cyclic ? "ar(auto)" : model,
    differenced: changed && orders !== null ? rest : null,
    differencedName: subject,
  };
}

/** `logs differenced at lags 12 and 1`, short enough to stand above a correlogram. */
function seriesAfter({ ordinary, seasonal, transformed, period }: Choice, line: boolean): string {
  const name = transformed === null ? "series" : transformed === "log" ? "logs" : "Box-Cox values";
  if (line) return `${name} around a line`;
  if (seasonal === 0 && ordinary === 2) return `${name} differenced twice`;
  const lags = [...(seasonal > 0 ? [String(period)] : []), ...((ordinary ?? 0) > 0 ? ["1"] : [])];
  if (lags.length === 0) return name;
  return `${name} differenced at ${lags.length === 1 ? "lag" : "lags"} ${listed(lags)}`;
}

/** Whether a series differenced once moves by more than chance each step. */
function hasDrift(rest: Float64Array, differences: number): boolean {
  if (differences !== 1) return false;
  const changes = dropMissing(rest);
  if (changes.length < 2 * LEAST_VALUES || !(varianceOf(changes) > 0)) return false;
  const mean = meanOf(changes);
  const lags = Math.floor(4 * Math.sqrt(Math.sqrt(changes.length / 100)));
  const variance = longRunVariance(
    changes.map((value) => value - mean),
    lags,
  );
  return Math.abs(mean) > CLEAR_DRIFT * Math.sqrt(variance / changes.length);
}

function notationOf(orders: SuggestedOrders, { ordinary, seasonal, period }: Choice, drift: boolean): string {
  const plain = `arima(${orders.ar},${ordinary},${orders.ma}${drift ? ", drift=true" : ""})`;
  const parts = [orders.seasonalAr, seasonal, orders.seasonalMa];
  return parts.every((part) => part === 0) ? plain : `${plain}(${parts.join(",")})[${period}]`;
}
